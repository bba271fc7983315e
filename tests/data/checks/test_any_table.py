"""Whatever the table: no traceback, every check exactly accounted for, and never passed where pandas counts otherwise."""

import datetime
import math
import os

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.data import checks
from components.data.checks.declaration import Check, Finding
from components.data.checks.measuring import measure
from components.data.checks.missing_values import MissingValues
from components.data.records import Expectation
from components.errors import BadInput

NAMES = st.one_of(
    st.sampled_from(
        ["id", "ID", "row", "data", "c0", "kept1", 'a"b', "';drop table data;--", "select", "手書き", " ", "", "label", "Label"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
WORDS = st.sampled_from(["NA", "?", "yes", "Yes", "1", " 2"])
CELLS = (
    st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=6), WORDS),
    st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True)),
    st.integers(-(2**63), 2**63 - 1),
    st.integers(0, 2),
    st.one_of(st.none(), st.booleans()),
    st.none(),
    st.datetimes(min_value=datetime.datetime(1, 1, 1), max_value=datetime.datetime(9999, 1, 1)),
    st.dates(),
    st.one_of(st.none(), st.integers(), st.text(max_size=3), st.floats(), st.booleans()),
    st.binary(max_size=4),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**6), max_value=10**6),
    st.timedeltas(),
)


RULES = (
    {"rule": "range", "low": 0, "high": 10},
    {"rule": "range", "high": "2020-01-01"},
    {"rule": "type", "type": "number"},
    {"rule": "type", "type": "time"},
    {"rule": "pattern", "pattern": "[a-z]+"},
    {"rule": "allowed_set", "values": ["1", "yes", "true"]},
    {"rule": "length", "low": 1, "high": 3},
    {"rule": "missing"},
    {"rule": "key"},
    {"rule": "monotonic"},
    {"rule": "freshness", "days": 30},
    {"rule": "determines"},
    {"rule": "never", "operator": "is", "value": "1"},
    {"rule": "never", "operator": "at least", "value": "1"},
    {"rule": "never", "operator": "contains", "value": "a"},
)
TABLES = int(os.environ.get("GROUNDWORK_TABLES", "300"))
"""How many tables are made in a run; docs/checks.md says what came of a longer one."""


@st.composite
def tables(draw):
    rows = draw(st.integers(1, 12))
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    columns = {name: draw(st.lists(draw(st.sampled_from(CELLS)), min_size=rows, max_size=rows)) for name in names}
    frame = pd.DataFrame({name: pd.Series(cells, dtype=object).infer_objects() for name, cells in columns.items()})
    some = st.sampled_from(names)
    role = st.one_of(st.none(), some)
    rules = {}
    for rule in draw(st.lists(st.sampled_from(RULES), max_size=3)):
        column = draw(some)
        others = [name for name in names if name and name != column]
        if rule["rule"] == "determines" and not others:
            continue
        if rule["rule"] == "never":
            if not column:
                continue
            clause = {"column": column, "operator": rule["operator"], "value": rule["value"]}
            made = Expectation(rule="never", condition={"clauses": [clause]})
            rules[made.id] = made
            continue
        more = {"determined": draw(st.sampled_from(others))} if rule["rule"] == "determines" else {}
        made = Expectation(columns=[column], **rule, **more)
        rules[made.id] = made
    roles = {name: draw(role) for name in ("label", "id", "split", "group", "time")}
    structured = draw(st.sampled_from([None, True, False]))
    return frame, checks.Plan(**roles, structured=structured, expectations=tuple(rules.values()))


@pytest.mark.timeout(3600)
@given(tables(), st.integers(0, 100))
@settings(max_examples=TABLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_table_gets_an_answer_of_every_check(table, place):
    frame, plan = table
    report = checks.run(frame, plan)
    assert set(report.results["code"]) == {check.code for check in checks.CHECKS}
    assert set(report.results["status"]) <= {"passed", "warned", "failed", "not applicable"}
    assert report.rows == len(frame)
    assert (report.results["rows"].between(0, len(frame))).all()
    _missing_are_counted(frame, plan, report.results)
    _keys_are_counted(frame, plan, report.results)
    firing = [result for result in report.to_records() if result["status"] in {"warned", "failed"}]
    for result in firing[place % len(firing) :][:1] if firing else []:
        rows = checks.rows_concerned(frame, plan, result["code"], result["column"])
        assert len(rows)
        assert rows.iloc[:, 0].between(1, len(frame)).all()
        assert rows.shape[1] == frame.shape[1] + 1


def _keys_are_counted(frame, plan, results):
    """A key or a label that is missing, or a key that stands there twice, never passes."""
    status = results.groupby("code")["status"].agg(set)
    if plan.id is not None and (frame[plan.id].isna().any() or frame[plan.id].dropna().map(repr).duplicated().any()):
        assert status["T09"] == {"failed"}
    if plan.label is not None and frame[plan.label].isna().any():
        assert status["L03"] == {"failed"}


def _missing_are_counted(frame, plan, results):
    """A column with many missing cells never passes."""
    failed = set(results.loc[(results["code"] == "T01") & (results["status"] == "failed"), "column"])
    for name in frame.columns:
        if name != plan.label and frame[name].isna().mean() > 0.05:
            assert str(name) in failed


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["a", "b", None])), min_size=2, max_size=30))
@settings(max_examples=30)
def test_repetitions_and_conflicts_are_those_that_pandas_counts(rows):
    frame = pd.DataFrame(rows, columns=["x", "label"]).astype({"label": object})
    results = checks.run(frame, checks.Plan(label="label")).results.set_index("code")
    assert results.loc["T08", "rows"] == frame.duplicated().sum()
    labels = frame.groupby("x")["label"].transform("nunique")
    conflicts = results.loc[["L01"], "rows"].iloc[0]
    assert conflicts == (labels > 1).sum()


def test_five_hundred_columns():
    rng = np.random.default_rng(0)
    numbers = {f"n{place}": rng.normal(size=20) for place in range(400)}
    words = {f"t{place}": rng.choice(["a", "b"], 20) for place in range(99)}
    report = checks.run(pd.DataFrame({**numbers, **words, "label": rng.choice(["x", "y"], 20)}), checks.Plan(label="label"))
    assert report.columns == 500
    assert report.count("error") == 0


def test_an_arrow_table_gives_the_same_as_its_frame():
    frame = pd.DataFrame({"x": [1.0, math.nan, math.inf], "t": ["a", " a", None], "d": pd.to_datetime(["2020-01-01", None, "2021-01-01"])})
    arrow = pa.table({"x": [1.0, math.nan, math.inf], "t": ["a", " a", None], "d": pa.array(frame["d"], from_pandas=True)})
    one, other = (checks.run(table).results.drop(columns="figure") for table in (frame, arrow))
    pd.testing.assert_frame_equal(one, other)


class Broken(Check):
    code, title, severity, threshold = "T99", "Broken", "failed", 0
    says, advice, why = "It broke.", "Mend it.", "To see what happens."

    def judge(self, table, counted):
        raise ZeroDivisionError


class BrokenCount(Broken):
    code = "T98"

    def counts(self, table):
        return {("x", "impossible"): table["x"].cast("string").cast("timestamp").max()}

    def judge(self, table, counted):
        yield Finding("x", counted["x", "impossible"], 0)


def test_a_check_that_errs_says_so_and_leaves_the_others_alone():
    report = measure(pd.DataFrame({"x": [-1.0, None, 2.0]}), checks.Plan(), [Broken, BrokenCount, MissingValues])
    by_code = report.results.set_index("code")
    assert list(by_code.loc[["T99", "T98", "T01"], "status"]) == ["error", "error", "failed"]
    assert "the log of the server says why" in by_code.loc["T99", "advice"]
    assert by_code.loc["T01", "rows"] == 1
    assert "could not be computed" in by_code.loc["T99", "note"]
    assert report.failed


def test_codes_titles_and_advice_are_there_and_codes_are_unique():
    codes = [check.code for check in checks.CHECKS]
    assert len(set(codes)) == len(codes)
    for check in checks.CHECKS:
        assert check.code[0] in "TLSI"
        assert check.title
        assert check.why.endswith(".")
        assert check.says.format(figure=1, threshold=2, rows="3 rows", note="this").endswith(".")
        assert check.advice.endswith(".")


@pytest.mark.parametrize("frame", [pd.DataFrame({"a": []}), pd.DataFrame(), pd.DataFrame(index=[1, 2])])
def test_a_table_without_rows_is_bad_input(frame):
    with pytest.raises(BadInput, match="no rows"):
        checks.run(frame)


def test_a_column_that_is_not_there_is_bad_input():
    frame = pd.DataFrame({"a": [1]})
    with pytest.raises(BadInput, match="no column “b” for the label"):
        checks.run(frame, checks.Plan(label="b"))
    with pytest.raises(BadInput, match="no check"):
        checks.rows_concerned(frame, checks.Plan(), "X99", "a")


def test_two_columns_of_one_name_are_bad_input():
    with pytest.raises(BadInput, match="Two columns"):
        checks.run(pd.DataFrame([[1, 2]], columns=["a", "a"]))


def test_progress_is_told_and_can_stop_it():
    told = []
    checks.run(pd.DataFrame({"a": ["x"]}), checks.Plan(), lambda share, message: told.append(share))
    assert told == sorted(told)
    assert told[-1] <= 1

    def stop(share, message):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        checks.run(pd.DataFrame({"a": ["x"]}), checks.Plan(), stop)
