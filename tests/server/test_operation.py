"""Figures, logs and the status of an installation say what runs, and nothing of what anybody typed."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from components.errors import BadInput
from components.server import changes, health, logs, metrics, resources
from tests.serving import ROOT

SECRET = "nobody else may read this"


@pytest.fixture
def installation(tmp_path, monkeypatch):
    monkeypatch.setenv("GROUNDWORK_HOME", str(tmp_path / "home"))
    resources.close()
    yield resources
    resources.close()


def test_figures_count_and_name_nobody(installation):
    project = installation.store().create_project(SECRET, "ana")
    app = Starlette(routes=list(metrics.ROUTES), middleware=[Middleware(metrics.Counted)])
    client = TestClient(app)
    client.get(f"/overview?project={project.id}")
    text = client.get("/metrics").text
    assert "groundwork_projects 1.0" in text
    assert "groundwork_database_up 1.0" in text
    assert 'groundwork_requests_total{place="screen",status="4xx"}' in text
    assert SECRET not in text
    assert project.id not in text


def test_figures_say_that_the_database_is_silent(installation, monkeypatch):
    def silent(_):
        raise BadInput("It doesn't answer.")

    monkeypatch.setattr(type(installation.store()), "counts", silent)
    text = TestClient(Starlette(routes=list(metrics.ROUTES))).get("/metrics").text
    assert "groundwork_database_up 0.0" in text


def test_each_part_says_whether_it_answers(installation, monkeypatch):
    assert [(one.name, one.well) for one in health.answers()] == [(name, True) for name in health.PARTS]
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")
    resources.settings.cache_clear()
    assert [one.name for one in health.answers() if not one.well] == ["Tracked runs"]


def test_a_logged_failure_names_places_and_not_what_somebody_typed():
    try:
        raise ValueError(SECRET)
    except ValueError:
        record = logging.LogRecord("streamlit.x", logging.ERROR, "f", 1, "It failed: %s", (SECRET,), sys.exc_info())
    line = logs.AsJson().format(record)
    assert SECRET not in line
    assert json.loads(line)["failure"] == "ValueError"
    assert any("test_operation.py" in place for place in json.loads(line)["at_code"])


def test_a_form_of_log_that_is_unknown_is_refused(monkeypatch):
    monkeypatch.setenv("GROUNDWORK_LOG", "xml")
    with pytest.raises(BadInput, match="GROUNDWORK_LOG"):
        logs.set_up()


def test_what_is_deployed_names_only_settings_that_there_are():
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(compose["services"]) == {"app", "database", "mlflow"}
    assert [name for name in compose["services"]["app"]["environment"] if name not in readme] == []
    copied = [line.split()[1] for line in (ROOT / "deploy" / "Dockerfile").read_text().splitlines() if line.startswith("COPY")]
    assert [name for name in copied if not (Path(ROOT) / name).exists()] == []
    assert "proxy_set_header Upgrade" in (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")


def test_the_compose_file_is_valid_by_its_specification():
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(ROOT / "deploy" / "compose.yaml")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_whether_something_changed_is_told_to_who_may_look_and_to_nobody_else(installation):
    store = installation.store()
    project = store.create_project(SECRET, "ana", everyone="").id
    store.set_role(project, "vera", "viewer", by="ana")
    client = TestClient(Starlette(routes=list(changes.ROUTES)))

    def told(**asked):
        return client.get("/changes", params={"project": project, "seen": str(store.seq(project)), **asked}).json()["changed"]

    assert told(**changes.asker("vera", "")) is False
    assert told(**{**changes.asker("vera", ""), "who": "ana"}) is True  # somebody else's mark
    assert told() is True
    store.end_session("over")
    assert told(**changes.asker("vera", "over")) is True
    store.set_role(project, "vera", None, by="ana")
    assert told(**changes.asker("vera", "")) is True
