"""What the README shows works as it stands there."""

import re
import shlex

import pandas as pd
import pytest
import yaml
from typer.main import get_command

from components.__main__ import app
from components.data import checks
from components.data.checks.measuring import measure
from components.data.checks.table import Plan
from components.deployment.plan import Plan as RolloutPlan
from components.deployment.simulation import simulate
from tests.serving import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^python -m components (.+)$", README, re.MULTILINE)


def block(language):
    return re.search(rf"```{language}\n(.*?)```", README, re.DOTALL).group(1)


def test_the_check_that_is_shown_can_be_added():
    namespace = {}
    exec(compile(block("python"), "README.md", "exec"), namespace)
    check = namespace["NegativeNumbers"]
    assert check.code not in {other.code for other in checks.CHECKS}
    report = measure(pd.DataFrame({"amount": [3.0, -1.0, 2.0, -7.0], "age": [1, 2, 3, 4]}), Plan(), (*checks.CHECKS, check), None)
    found = report.results.query("code == 'T90'").set_index("column")
    assert found.loc["amount", "rows"] == 2
    assert found.loc["amount", "status"] == "warned"


def test_the_plan_that_is_shown_is_rolled_back():
    plan = RolloutPlan.model_validate(yaml.safe_load(block("yaml")))
    assert simulate(plan, 200, 0).rolled_back.value > 0.95


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_that_is_shown_is_understood(line):
    name, *arguments = shlex.split(line)
    command = get_command(app).commands[name]
    command.make_context(name, list(arguments))


def test_every_link_leads_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)|(?:src|srcset)=\"([^\"]+)\"", README)
    files = [first or second for first, second in links if not (first or second).startswith("http")]
    assert files
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_every_make_target_that_is_named_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"make (run|install|test|check|benchmarks|screenshots|mlflow|clean)\b", README))
    assert {"run", "test", "check", "benchmarks", "screenshots", "mlflow"} <= named
    assert [name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []


def test_the_number_of_checks_is_the_one_it_names():
    assert f"{len(checks.CHECKS)} checks" in README
    assert f"{len(checks.CHECKS)} checks" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
