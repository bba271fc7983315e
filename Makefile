# make run starts Groundwork; make test runs every test. Both install what they need, once.
.DEFAULT_GOAL := run
SHELL := /bin/bash
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8501
BIN := .venv/bin
WORKERS ?= 2
SEED ?= 1
UV := $(shell command -v uv 2>/dev/null)

.PHONY: run install test test-tools check benchmarks screenshots mlflow clean

run: .venv/installed ## Start on http://localhost:8501 (PORT=, HOST=)
	@HOST=$(HOST) PORT=$(PORT) exec $(BIN)/python app.py

install: .venv/installed ## Only set up

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Groundwork needs Python 3.11 or newer: make PYTHON=python3.12 run"; exit 1; }
	@$(if $(UV),$(UV) venv --quiet --python $(PYTHON) .venv,$(PYTHON) -m venv .venv) || { rm -rf .venv; exit 1; }

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Installing what Groundwork needs (a few minutes, once) ..."
	@$(if $(UV),VIRTUAL_ENV=.venv $(UV) pip install --quiet -r $<,$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $<)
	@touch $@

.venv/tested: tests/requirements.txt .venv/installed
	@echo "Installing what the tests need ..."
	@$(if $(UV),VIRTUAL_ENV=.venv $(UV) pip install --quiet -r $<,$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $<)
	@touch $@

test-tools: .venv/tested
	@bash tests/tools.sh

test: test-tools ## Run every test
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --randomly-seed $(SEED)

check: .venv/tested ## Style, types, layers, docs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q -p no:randomly tests/contracts/test_readme.py tests/contracts/test_screens_and_words.py

benchmarks: test-tools ## Ratios against a hello-world app and against peers
	@$(BIN)/python -m pytest tests/benchmarks --override-ini addopts= -p no:randomly -q -s

screenshots: test-tools ## Every screen, on contact sheets in .screenshots/
	@$(BIN)/python -m tests.screenshots.sheets $(SCREENS)

mlflow: .venv/installed ## MLflow's own screen on the same store
	@$(BIN)/mlflow ui --backend-store-uri "$${MLFLOW_TRACKING_URI:-sqlite:///$${GROUNDWORK_HOME:-.groundwork}/mlflow.db}" --host 127.0.0.1 --port $${MLFLOW_PORT:-5000}

clean:
	@rm -rf .venv .screenshots .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
