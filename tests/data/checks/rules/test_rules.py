"""Every sort of rule: which rows break it, that it is silent on others, and that it says what it lacks."""

from datetime import datetime

import pandas as pd
import pyarrow as pa
import pytest

from components.data import checks
from components.data.checks.rules.declaration import RuleCheck
from components.data.records import Expectation

FRAME = pd.DataFrame(
    {
        "age": [1, 2, 300, None],
        "text": ["5", "x", "3.5", ""],
        "day": pd.to_datetime(["2020-01-01", "2020-01-03", "2020-01-02", None]),
        "written": ["2020-01-01", "2021-02-29", "2021-01-01 10:00", "?"],
        "key": [1, 1, 2, 2],
        "truth": pd.Series([True, False, True, None], dtype="boolean"),
        "shop": ["a", "a", "a", "b"],
        "label": ["x", "y", "z", "x"],
    }
)
REFERENCES = {("shops", "name"): pa.chunked_array([["b", None, "b"]])}


def never(*clauses):
    return {"rule": "never", "condition": {"clauses": [dict(zip(("column", "operator", "value"), one, strict=True)) for one in clauses]}}


BROKEN = [
    ("T20", {"rule": "type", "columns": ["text"], "type": "number"}, [2]),
    ("T20", {"rule": "type", "columns": ["text"], "type": "whole number"}, [2, 3]),
    ("T20", {"rule": "type", "columns": ["text"], "type": "boolean"}, [1, 2, 3]),
    ("T20", {"rule": "type", "columns": ["text"], "type": "text"}, []),
    ("T20", {"rule": "type", "columns": ["written"], "type": "time"}, [2]),
    ("T20", {"rule": "type", "columns": ["age"], "type": "whole number"}, []),
    ("T20", {"rule": "type", "columns": ["age"], "type": "text"}, [1, 2, 3]),
    ("T20", {"rule": "type", "columns": ["truth"], "type": "boolean"}, []),
    ("T20", {"rule": "type", "columns": ["truth"], "type": "number"}, [1, 2, 3]),
    ("T20", {"rule": "type", "columns": ["day"], "type": "time"}, []),
    ("T21", {"rule": "range", "columns": ["age"], "low": 0, "high": 120}, [3]),
    ("T21", {"rule": "range", "columns": ["age"], "low": 0, "high": 300}, []),
    ("T21", {"rule": "range", "columns": ["text"], "low": 4}, [2, 3]),
    ("T21", {"rule": "range", "columns": ["day"], "low": "2020-01-02"}, [1]),
    ("T21", {"rule": "range", "columns": ["day"], "high": 5}, [1, 2, 3]),
    ("T21", {"rule": "range", "columns": ["written"], "high": "2020-12-31"}, [2, 3]),
    ("T21", {"rule": "range", "columns": ["truth"], "high": 0.5}, [1, 3]),
    ("T22", {"rule": "pattern", "columns": ["shop"], "pattern": "a|bb"}, [4]),
    ("T22", {"rule": "pattern", "columns": ["key"], "pattern": "[12]"}, []),
    ("T23", {"rule": "allowed_set", "columns": ["shop"], "values": ["a", "A"]}, [4]),
    ("T23", {"rule": "allowed_set", "columns": ["key"], "values": ["1.0", "x"]}, [3, 4]),
    ("T23", {"rule": "allowed_set", "columns": ["truth"], "values": ["true"]}, [2]),
    ("L05", {"rule": "allowed_set", "columns": ["label"], "values": ["x", "y"]}, [3]),
    ("T24", {"rule": "length", "columns": ["text"], "low": 1, "high": 2}, [3]),
    ("T24", {"rule": "length", "columns": ["text"], "high": 3}, []),
    ("T25", {"rule": "missing", "columns": ["text"]}, [4]),
    ("T25", {"rule": "missing", "columns": ["label"]}, []),
    ("T26", {"rule": "key", "columns": ["key", "shop"]}, [1, 2]),
    ("T26", {"rule": "key", "columns": ["key", "label"]}, []),
    ("T26", {"rule": "key", "columns": ["age"]}, [4]),
    ("T27", {"rule": "foreign_key", "columns": ["shop"], "reference": "shops", "reference_column": "name"}, [1, 2, 3]),
    ("T30", {"rule": "monotonic", "columns": ["day"]}, [3]),
    ("T30", {"rule": "monotonic", "columns": ["key"]}, []),
    ("T30", {"rule": "monotonic", "columns": ["key"], "strictly": True}, [2, 4]),
    ("T30", {"rule": "monotonic", "columns": ["age"], "descending": True}, [2, 3]),
    ("T31", {"rule": "determines", "columns": ["key"], "determined": "shop"}, [4]),
    ("T31", {"rule": "determines", "columns": ["key", "label"], "determined": "shop"}, []),
    ("T32", never(("key", "is", "2"), ("shop", "is", "a")), [3]),
    ("T32", never(("key", "is", "1"), ("shop", "is", "b")), []),
    ("T32", never(("shop", "is one of", "a, A"), ("age", "at least", "2")), [2, 3]),
    ("T32", never(("age", "is missing", ""), ("gone", "is", "x")), [1, 2, 3, 4]),
    ("T32", never(("text", "at least", "5")), [1, 2, 3, 4]),
    ("T21", {"rule": "range", "columns": ["gone"], "low": 0}, [1, 2, 3, 4]),
    ("T31", {"rule": "determines", "columns": ["key"], "determined": "gone"}, [1, 2, 3, 4]),
]
COUNTS_NOT_ROWS_SHOWN = {"T26"}


def run(*rules, frame=FRAME, **plan):
    found = checks.Plan(label="label", expectations=tuple(Expectation(**rule) for rule in rules), references=REFERENCES, **plan)
    return checks.run(frame, found).results.set_index("code"), found


@pytest.mark.parametrize(("code", "rule", "rows"), BROKEN, ids=lambda one: str(one)[:60])
def test_exactly_the_rows_that_break_a_rule_are_found(code, rule, rows):
    results, plan = run(rule)
    result = results.loc[code]
    assert result["status"] == ("failed" if rows else "passed")
    assert code in COUNTS_NOT_ROWS_SHOWN or result["rows"] == len(rows)
    assert list(checks.rows_concerned(FRAME, plan, code, result["column"])["row"]) == rows


def test_rules_that_nobody_set_do_not_apply():
    results, _ = run()
    rules = [check.code for check in checks.CHECKS if issubclass(check, RuleCheck)]
    assert len(rules) == 14
    assert (results.loc[rules, "status"] == "not applicable").all()


@pytest.mark.parametrize(("allowed", "status"), [(0.24, "warned"), (0.25, "passed")])
def test_a_rule_has_its_own_limit_and_severity(allowed, status):
    results, _ = run({"rule": "range", "columns": ["age"], "high": 120, "allowed": allowed, "severity": "warned"})
    assert results.loc["T21", "status"] == status
    assert results.loc["T21", "threshold"] == allowed


def test_every_rule_gives_a_result_also_where_it_passes():
    results, _ = run(*({"rule": "missing", "columns": [name]} for name in ("age", "label", "key")))
    assert sorted(results.loc["T25", "status"]) == ["failed", "passed", "passed"]


@pytest.mark.parametrize(
    ("bounds", "status", "threshold"), [({"low": 5}, "failed", 5), ({"low": 2, "high": 3}, "failed", 3), ({"low": 4}, "passed", 4)]
)
def test_the_number_of_rows(bounds, status, threshold):
    result = run({"rule": "row_count", **bounds})[0].loc["T28"]
    assert (result["status"], result["figure"], result["threshold"]) == (status, 4, threshold)


@pytest.mark.parametrize(("column", "age"), [("day", 8), ("written", -355 + 8 + 8)])
def test_the_age_of_the_newest_row(column, age):
    today = datetime(2020, 1, 11)
    rule = {"rule": "freshness", "columns": [column], "days": 8}
    result = run(rule, today=today)[0].loc["T29"]
    assert (result["status"], result["figure"]) == ("passed", max(age, 0))
    assert run(rule, today=datetime(2030, 1, 11))[0].loc["T29", "status"] == "failed"


@pytest.mark.parametrize("column", ["age", "shop", "gone"])
def test_a_column_without_any_time_is_never_fresh(column):
    assert run({"rule": "freshness", "columns": [column], "days": 8})[0].loc["T29", "status"] == "failed"


def test_a_foreign_key_without_its_table_does_not_apply():
    rule = {"rule": "foreign_key", "columns": ["shop"], "reference": "elsewhere", "reference_column": "name"}
    assert run(rule)[0].loc["T27", "status"] == "not applicable"


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": "range", "columns": ["a"]},
        {"rule": "range", "columns": ["a"], "low": 2, "high": 1},
        {"rule": "range", "columns": ["a", "b"], "low": 2},
        {"rule": "range", "low": 2},
        {"rule": "row_count", "columns": ["a"], "low": 2},
        {"rule": "pattern", "columns": ["a"], "pattern": "(?=a)"},
        {"rule": "pattern", "columns": ["a"], "pattern": "("},
        {"rule": "allowed_set", "columns": ["a"]},
        {"rule": "foreign_key", "columns": ["a"], "reference": "b"},
        {"rule": "determines", "columns": ["a"]},
        {"rule": "determines", "columns": ["a"], "determined": "a"},
        {"rule": "type", "columns": ["a"]},
        {"rule": "never", "columns": ["a"]},
        {"rule": "never", "condition": {"clauses": [{"column": "a", "operator": "is", "value": ""}]}},
        {"rule": "freshness", "columns": ["a"], "days": 0},
    ],
)
def test_half_a_rule_is_refused(wrong):
    with pytest.raises(ValueError, match="validation error"):
        Expectation(**wrong)


def test_the_same_rule_has_the_same_id_and_another_one_another():
    one = Expectation(rule="range", columns=["a"], low=1)
    assert one.id == Expectation(rule="range", columns=["a"], low=2).id
    assert one.id != Expectation(rule="range", columns=["b"], low=1).id
    assert one.id != Expectation(rule="range", columns=["a"], low=1, data_set="d").id


def test_a_rule_comes_back_from_json_as_it_was():
    one = Expectation(rule="range", columns=["a"], low=datetime(2020, 1, 1), high="2021-01-01T12:00:00+02:00")
    assert one.high == datetime(2021, 1, 1, 10)
    assert Expectation.model_validate_json(one.model_dump_json()) == one


def test_a_threshold_of_the_team_decides():
    frame = pd.DataFrame({"x": [None] * 2 + [1.0] * 8})
    results = checks.run(frame, checks.Plan(thresholds={"T01": 0.2})).results.set_index("code")
    assert (results.loc["T01", "status"], results.loc["T01", "threshold"]) == ("passed", 0.2)
    assert checks.run(frame).results.set_index("code").loc["T01", "status"] == "failed"
