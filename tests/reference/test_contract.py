"""Contracts against the published schema, and against a tool that runs them."""

import json
import os
import subprocess
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
import yaml

from components.data import checks
from components.data.condition import Condition
from components.data.contract import from_odcs, to_odcs
from components.data.records import Expectation
from tests.data.contract.conftest import RULES

TABLE = pd.DataFrame(
    {
        "id": [1, 2, 2, 4, 5, 6],
        "shop": ["x", "x", "y", "y", "y", "z"],
        "order": [1, 1, 1, 2, 3, 1],
        "age": [10, 130, 40, 50, 60, 70],
        "wage": [1.5, 2.5, 0.1, 4.5, 5.5, 6.5],
        "code": ["AB12", "AB1", "ab12", "CD345678", "CD34", "EF12"],
        "kind": ["a", "b", None, "b", "c", "a"],
        "zip": ["01", "01", "02", "02", "03", "04"],
        "town": ["A", "B", "C", "C", "D", "E"],
    }
)
WANTED = (
    Expectation(rule="key", columns=["id"]),
    Expectation(rule="key", columns=["shop", "order"]),
    Expectation(rule="range", columns=["age"], low=0, high=120),
    Expectation(rule="range", columns=["age"], low=0, high=200, allowed=0.5),
    Expectation(rule="range", columns=["wage"], low=0.5, allowed=0.2),
    Expectation(rule="pattern", columns=["code"], pattern=r"[A-Z]{2}\d+"),
    Expectation(rule="length", columns=["code"], low=3, high=5),
    Expectation(rule="allowed_set", columns=["kind"], values=["a", "b"]),
    Expectation(rule="missing", columns=["kind"]),
    Expectation(rule="missing", columns=["age"]),
    Expectation(rule="determines", columns=["zip"], determined="town"),
    Expectation(rule="never", condition=Condition.parse("age above 100 and kind is b")),
    Expectation(rule="never", condition=Condition.parse("age is 130 and zip is one of 03, 04")),
    Expectation(rule="never", condition=Condition.parse("kind is missing and code contains b1")),
    Expectation(rule="never", condition=Condition.parse("kind is not a and code begins with EF")),
    Expectation(rule="row_count", low=7),
    Expectation(rule="length", columns=["kind"], low=1),
)


@pytest.mark.parametrize("rules", [RULES, WANTED, (), *[(rule,) for rule in RULES]])
def test_what_is_written_is_valid(reference_data, rules):
    schema = json.loads((reference_data / "schemas" / "odcs-3.1.0.json").read_text())
    document = yaml.safe_load(to_odcs(rules, name="Orders", columns=["id"]))
    jsonschema.Draft201909Validator(schema).validate(document)


@pytest.fixture
def datacontract():
    """The program of datacontract-cli, in an environment of its own."""
    program = os.environ.get("GROUNDWORK_DATACONTRACT", "")
    if not Path(program).is_file():
        pytest.skip("install datacontract-cli[duckdb] in an environment of its own and name its program in GROUNDWORK_DATACONTRACT")
    return program


@pytest.mark.parametrize("rule", WANTED, ids=lambda rule: f"{rule.rule} {rule.name}")
def test_a_tool_that_runs_contracts_gives_the_same_failures(datacontract, tmp_path, rule):
    TABLE.to_csv(tmp_path / "data.csv", index=False)
    text = to_odcs([rule], columns=list(TABLE.columns))
    document = yaml.safe_load(text)
    document["servers"] = [{"server": "local", "type": "local", "path": str(tmp_path / "data.csv"), "format": "csv", "delimiter": ","}]
    (tmp_path / "contract.yaml").write_text(yaml.safe_dump(document, sort_keys=False))
    words = [datacontract, "test", str(tmp_path / "contract.yaml"), "--output", str(tmp_path / "out.json"), "--output-format", "json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=900)
    (back,) = from_odcs(text).rules
    ours = checks.run(TABLE, checks.Plan(expectations=(back,))).results
    ours = ours[
        ours["column"].eq(rule.name) & ours["code"].isin([one.code for one in checks.CHECKS if getattr(one, "rule", "") == rule.rule])
    ]
    failed = ours["status"].isin(["failed"]).any()
    assert (done.returncode != 0) == failed, f"ours {ours[['code', 'status', 'figure']]} theirs {done.stdout[-1500:]} {done.stderr[-800:]}"
