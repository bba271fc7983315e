"""Every screen is listed and documented, every command and setting explained, every shared function described."""

import importlib
import inspect
import re
import tomllib

import pytest
from typer.main import get_command

from components.__main__ import COMMANDS, app
from components.ui.screens import SCREENS
from tests.serving import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHARED = (
    "components.data.agreement.agreement",
    "components.data.checks.run",
    "components.data.contract.from_odcs",
    "components.data.contract.to_odcs",
    "components.data.drift.drift",
    "components.modelling.comparison.compare",
    "components.modelling.human_level.human_level",
    "components.modelling.quick_models.run",
    "components.modelling.transcripts.character_error_rate",
    "components.modelling.transcripts.word_error_rate",
    "components.deployment.simulation.simulate",
    "components.deployment.manifests.argo_rollouts",
    "components.deployment.manifests.flagger",
    "components.deployment.manifests.kserve",
    "components.deployment.monitoring.prometheus_rules",
    "components.readiness.ml_test_score.score",
    "components.stats.intervals.wilson",
    "components.project.store.Store",
)


def test_every_file_under_pages_is_a_screen_and_the_other_way_round():
    files = {str(path.relative_to(ROOT / "pages").with_suffix("")) for path in (ROOT / "pages").rglob("*.py")}
    assert files == {screen.path for screen in SCREENS} | {"frame"}


def test_no_page_lies_beside_the_frame():
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["frame.py"]
    assert not (ROOT / "pages" / "pages").exists()


def test_addresses_and_titles_are_used_once():
    for attribute in ("url_path", "title", "question", "path"):
        values = [getattr(screen, attribute) for screen in SCREENS]
        assert len(values) == len(set(values)), attribute


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.path)
def test_the_readme_names_the_screen(screen):
    assert screen.title in README


def test_a_page_is_short_and_begins_with_what_one_does_there():
    for path in (ROOT / "pages").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 100, path
        assert text.startswith('"""'), path


def test_no_file_is_too_long():
    for folder in ("components", "pages", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_a_shell_command_explains_itself_and_stands_in_the_readme(command):
    name = command.__name__.rstrip("_").replace("_", "-")
    found = get_command(app).commands[name]
    assert found.help
    for parameter in found.params:
        assert parameter.name == "help" or parameter.help, f"{name}: {parameter.name} has no help"
    assert f"python -m components {name} " in README


def test_every_setting_that_is_read_stands_in_the_readme():
    read = set()
    for path in [ROOT / "app.py", ROOT / "Makefile", *(ROOT / "components").rglob("*.py")]:
        read |= set(re.findall(r"\bGROUNDWORK_[A-Z_]+\b|\bMLFLOW_TRACKING_URI\b", path.read_text(encoding="utf-8")))
    assert read
    assert [name for name in sorted(read) if name not in README] == []


@pytest.mark.parametrize("name", SHARED)
def test_what_other_programs_use_is_described(name):
    module, function = name.rsplit(".", 1)
    found = getattr(importlib.import_module(module), function)
    text = inspect.getdoc(found) or ""
    wanted = [parameter for parameter in inspect.signature(found).parameters if parameter != "self"]
    assert "Parameters\n----------" in text or not wanted, f"{name} describes no parameters"
    assert inspect.isclass(found) or "Returns\n-------" in text, f"{name} does not say what it returns"


def test_every_dependency_is_pinned():
    for file in ("requirements.txt", "tests/requirements.txt"):
        lines = [line for line in (ROOT / file).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        assert lines
        assert all(re.fullmatch(r"[a-z0-9-]+(\[[a-z]+\])?==\S+", line) for line in lines), lines


def test_the_server_is_configured_as_it_was_measured():
    found = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert found["server"] == {
        "headless": True,
        "address": "127.0.0.1",
        "maxUploadSize": 200,
        "enableXsrfProtection": True,
        "enableCORS": True,
        "enableStaticServing": False,
        "fileWatcherType": "none",
    }
    assert found["runner"] == {"postScriptGC": False}
    assert found["client"] == {"showErrorDetails": "none", "toolbarMode": "viewer"}
    assert found["browser"] == {"gatherUsageStats": False}
    assert "base" not in found["theme"]


def test_nothing_draws_unsafe_html_or_swallows_what_fails():
    for path in [*(ROOT / "components").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        assert "unsafe_allow_html" not in text, path
        assert not re.search(r"except( Exception)?:\s*(#.*)?\n\s*pass", text), path
