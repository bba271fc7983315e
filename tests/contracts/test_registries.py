"""What is a file of its own is in its tuple, and every code is used once."""

import ast
import importlib
import inspect
import pkgutil
import re

import pytest

from components import kinds
from components.data import checks
from components.data.checks.declaration import Check
from components.deployment import gates, strategies
from components.modelling import quick_models
from components.modelling.quick_models.declaration import QuickModel
from components.project.records import Body
from components.readiness import ml_test_score
from tests.serving import ROOT


def modules(package):
    return [importlib.import_module(found.name) for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]


def declared_here(module, parent):
    return [
        one
        for _, one in inspect.getmembers(module, inspect.isclass)
        if issubclass(one, parent) and one is not parent and one.__module__ == module.__name__ and not inspect.isabstract(one)
    ]


def test_every_check_that_is_written_is_listed_once():
    written = [one for module in modules(checks) for one in declared_here(module, Check)]
    assert written
    assert sorted(one.__name__ for one in written if hasattr(one, "code")) == sorted(one.__name__ for one in checks.CHECKS)


def test_every_check_says_what_it_is():
    for check in checks.CHECKS:
        assert check.title.strip()
        assert check.advice.strip().endswith(".")
        assert check.why.strip().endswith(".")
        assert check.severity in {"failed", "warning", "note", "warned"}
        assert inspect.getdoc(check)


def test_codes_are_used_once_and_say_their_kind():
    codes = [check.code for check in checks.CHECKS]
    assert len(codes) == len(set(codes))
    assert all(code[0] in "TLSI" and code[1:].isdigit() and len(code) == 3 for code in codes), codes


def test_every_quick_model_that_is_written_is_listed_once():
    written = []
    for module in modules(quick_models):
        for _, found in inspect.getmembers(module):
            many = found if isinstance(found, tuple) else (found,)
            written += [one for one in many if isinstance(one, QuickModel)]
    listed = [(one.name, one.task) for one in quick_models.MODELS]
    assert {(one.name, one.task) for one in written} == set(listed)
    assert len(listed) == len(set(listed))
    assert {one.task for one in quick_models.MODELS} == {"classification", "regression"}
    for task in ("classification", "regression"):
        assert [one for one in quick_models.models_for(task) if one.trivial], f"no trivial model for {task}"


@pytest.mark.parametrize(("package", "listed"), [(strategies, "STRATEGIES"), (gates, "GATES")])
def test_every_strategy_and_gate_file_is_listed(package, listed):
    held = getattr(package, listed)
    items = list(held.values()) if isinstance(held, dict) else list(held)
    files = {module.__name__ for module in modules(package)} - {f"{package.__name__}.declaration"}
    assert {(one if inspect.isclass(one) else type(one)).__module__ for one in items} == files
    names = [getattr(one, "code", None) or one.name for one in items]
    assert len(names) == len(set(names))


def test_the_checklist_has_the_28_lines_of_the_ml_test_score_and_no_code_twice():
    lines = next(value for name, value in vars(ml_test_score).items() if name in {"ITEMS", "LINES", "TESTS"})
    codes = [line.code for line in lines]
    assert len(codes) == len(set(codes)) == 28
    assert all(code[0] == "C" for code in codes)


def test_every_kind_of_record_that_is_written_is_kept_by_the_store():
    written = set()
    for path in sorted((ROOT / "components").rglob("*.py")):
        if "class " not in path.read_text(encoding="utf-8"):
            continue
        bases = {
            node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.ClassDef)
        }
        written |= {name for name, parents in bases.items() if "Body" in parents}
    assert written == {one.__name__ for one in kinds.KINDS}
    names = [one.kind for one in kinds.KINDS]
    assert len(names) == len(set(names))
    assert all(issubclass(one, Body) for one in kinds.KINDS)


def test_cards_that_were_merged_into_others_are_no_ideas_of_their_own():
    at_home = {
        "components/scoping/board.py",
        "components/scoping/board_file.py",
        "components/ui/board/desk.py",
        "components/ui/board/exchange.py",
    }
    reading = re.compile(r"\.(all|by_id)\(([\w.]+, )?(Problem|Solution)\)")
    users = {
        str(path.relative_to(ROOT))
        for folder in ("components", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if reading.search(path.read_text(encoding="utf-8"))
    }
    assert users - at_home == set(), "read them by components.scoping.board.cards(store, project_id, Problem)"
