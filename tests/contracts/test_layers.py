"""Who may import whom, and that the server stays light."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.ui.screens import SCREENS
from tests.serving import ROOT, environment, example_id

CODE = [path for folder in ("components", "pages") for path in sorted((ROOT / folder).rglob("*.py"))] + [ROOT / "app.py"]
HEAVY = ("sklearn", "mlflow", "ibis", "duckdb", "statsmodels")
AT_HOME = {
    "streamlit": ("app.py", "pages/", "components/ui/"),
    "sqlalchemy": ("components/project/",),
    "alembic": ("components/project/",),
    "mlflow": ("components/modelling/tracking.py",),
    "ibis": ("components/data/",),
    "duckdb": ("components/data/",),
    "vl_convert": ("components/report/",),
    "distributed": ("components/jobs/",),
    "typer": ("components/shell/", "components/__main__.py"),
}


def imported(path: Path) -> Iterator[str]:
    """Names of the packages that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_the_layers_hold():
    found = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
    assert " kept, 0 broken." in found.stdout


@pytest.mark.parametrize("package", AT_HOME)
def test_a_library_stays_where_it_belongs(package):
    users = [str(path.relative_to(ROOT)) for path in CODE if package in imported(path)]
    assert users or package == "duckdb", f"nothing imports {package}: leave it out of this test, and of requirements.txt"
    assert [user for user in users if not user.startswith(AT_HOME[package])] == []


DRAW = """
import json, sys
from streamlit.testing.v1 import AppTest
import app
from components.ui import screens
drawn = {}
for screen in screens.SCREENS:
    tab = AppTest.from_file(str(screens.ROOT / "pages" / "frame.py"), default_timeout=60)
    tab.query_params["project"] = sys.argv[1]
    tab.run()
    tab.switch_page(str(screens.ROOT / "pages" / f"{screen.path}.py"))
    tab.query_params["project"] = sys.argv[1]
    tab.run()
    drawn[screen.path] = [one.value for one in tab.title] if not tab.exception else [str(one.message) for one in tab.exception]
app.resources.close()
print(json.dumps({"drawn": drawn, "modules": sorted({name.split(".")[0] for name in sys.modules})}))
"""


def test_the_server_never_imports_what_is_heavy(filled_copy):
    from components.kinds import KINDS
    from components.project.store import Store

    store = Store(f"sqlite:///{filled_copy / 'groundwork.db'}", KINDS)
    project = example_id(store)
    store.close()
    settings = {"capture_output": True, "text": True, "timeout": 240, "check": False}
    found = subprocess.run([sys.executable, "-c", DRAW, project], cwd=ROOT, env=environment(filled_copy), **settings)
    assert found.returncode == 0, found.stderr
    told = json.loads(found.stdout.splitlines()[-1])
    assert set(told["drawn"]) == {screen.path for screen in SCREENS}
    assert all(len(titles) == 1 for titles in told["drawn"].values()), told["drawn"]
    assert [name for name in HEAVY if name in told["modules"]] == []


def test_the_server_answers_before_it_imports_what_only_screens_need(tmp_path):
    code = "import sys, app; print([name for name in ('pandas', 'pyarrow', 'altair', 'scipy', 'PIL') if name in sys.modules])"
    settings = {"capture_output": True, "text": True, "timeout": 60, "check": True}
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(tmp_path), **settings).stdout.strip() == "[]"
