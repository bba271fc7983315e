"""The same figures from DuckDB, PostgreSQL and Spark: every check and drift, with NaN, NULL, infinity and odd names in the table."""

import math
from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from components.data import backends, checks
from components.data.checks.measuring import measure
from components.data.checks.rules.pattern import Pattern
from components.data.drift import drift
from components.data.engine import opened
from components.data.records import Expectation
from components.errors import BadInput

pytestmark = [pytest.mark.xdist_group("spark")]
SPARK = (
    "--master local[1] --driver-memory 1g --conf spark.sql.shuffle.partitions=1 --conf spark.default.parallelism=1 "
    "--conf spark.sql.codegen.wholeStage=false --conf spark.sql.codegen.factoryMode=NO_CODEGEN "
    "--conf spark.sql.adaptive.enabled=false pyspark-shell"
)
RULES = (
    Expectation(rule="range", columns=["num"], low=-1, high=1),
    Expectation(rule="pattern", columns=["text"], pattern="[ab]"),
    Expectation(rule="key", columns=["id"]),
    Expectation(rule="key", columns=["group", "label"]),
    Expectation(rule="allowed_set", columns=["text"], values=["a", "b"]),
    Expectation(rule="length", columns=["text"], high=1),
    Expectation(rule="missing", columns=["flag"]),
    Expectation(rule="determines", columns=["group"], determined="label"),
    Expectation(
        rule="never",
        condition={"clauses": [{"column": "text", "operator": "is", "value": "a"}, {"column": "num", "operator": "above", "value": "0"}]},
    ),
    Expectation(rule="monotonic", columns=["when"]),
    Expectation(rule="type", columns=["mixed"], type="number"),
    Expectation(rule="row_count", low=3),
    Expectation(rule="freshness", columns=["when"], days=3),
)


def table(rows=600):
    rng = np.random.default_rng(0)
    number = np.arange(rows)
    frame = pd.DataFrame(
        {
            "id": [*range(1, rows), 5],
            "num": np.where(number % 11 == 0, np.nan, rng.normal(size=rows)),
            'in"f; --': [math.inf if k == 3 else float(k % 7) for k in number],
            "text": [["a", "A ", "b", None, "NA", "x!y"][k % 6] for k in number],
            "mixed": [str(k) if k % 20 else "word" for k in number],
            "flag": pd.Series([[True, False, None][k % 3] for k in number], dtype="boolean"),
            "when": pd.date_range("2025-01-01", periods=rows),
            "group": [f"g{k // 4}" for k in number],
            "label": [["yes", "no"][(k // 3) % 2] for k in number],
            "split": ["train" if k % 4 else "test" for k in number],
        }
    )
    return pd.concat([frame, frame.iloc[:6].assign(split="test"), frame.iloc[6:9].assign(label="maybe")], ignore_index=True)


def measured(frame):
    plan = checks.Plan(
        label="label", id="id", split="split", group="group", time="when", expectations=RULES, today=datetime(2025, 6, 1), structured=True
    )
    found = checks.run(frame, plan).results.drop(columns=["says", "advice", "title"])
    half = len(frame) // 2
    apart = drift(frame.iloc[:half], frame.iloc[half:].reset_index(drop=True))
    return found.sort_values(["code", "column"], kind="stable").reset_index(drop=True), apart


@pytest.fixture(scope="session")
def embedded():
    """What DuckDB finds."""
    return measured(table())


@pytest.fixture
def engine(request, monkeypatch):
    """Another engine than the embedded one."""
    if request.param == "spark":
        monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", SPARK)
        monkeypatch.setenv("GROUNDWORK_ENGINE", "spark")
    else:
        server = request.getfixturevalue("postgres_server")
        monkeypatch.setenv("GROUNDWORK_ENGINE", server.replace("+psycopg", ""))
    return request.param


@pytest.mark.filterwarnings("ignore")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("engine", ["postgresql", "spark"], indirect=True)
def test_every_check_and_drift_give_the_same_figures(embedded, engine):
    assert set(embedded[0]["code"]) == {check.code for check in checks.CHECKS}
    assert not (embedded[0]["status"] == "error").any()
    found, apart = measured(table())
    pd.testing.assert_frame_equal(found, embedded[0], rtol=1e-9)
    pd.testing.assert_frame_equal(apart, embedded[1], rtol=1e-9)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_what_an_engine_was_given_is_gone_when_it_is_left(engine):
    import psycopg

    def schemas():
        with psycopg.connect(backends.chosen()) as connection:
            found = connection.execute("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'groundwork%'")
            return {name for (name,) in found}

    before = schemas()
    with opened(pd.DataFrame({"x": [1.0, None]})) as (rows, names, _):
        assert rows[names["x"]].isnull().ifelse(1, 0).sum().to_pyarrow().as_py() == 1
        assert len(schemas()) == len(before) + 1
    assert schemas() == before


def test_an_engine_that_is_not_there_is_one_sentence(monkeypatch):
    monkeypatch.setenv("GROUNDWORK_ENGINE", "oracle")
    with pytest.raises(BadInput, match="There is no engine “oracle”"):
        checks.run(pd.DataFrame({"x": [1]}))


TEXTS = ["AB12", "ab12", "a b", "x_1", "é9", "7", "", "AB\n", "a-b", "Straße 5", "[x]", "a\\b", "\ufeffa", "😀"]
PATTERNS = (
    r"[A-Z]{2}\d+", r"\w+", r"[\w-]+", r"\W+", r"\p{L}+", r"[\p{L} ]+ \d", r"(?i)ab\d+", r"a\b.*", r"AB\B12", r"[^\s]+", r"\S+", r"\[x\]",
    r"a\\b", r"\x{FEFF}a", r"\x41B\d\d", r"[\x{1F600}-\x{1F64F}]", r"(a|b)+|\d", r"[]x[]+", r"\D*", r"(?:ab|AB)[[:digit:]]{2}",
)  # fmt: skip


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_patterns_match_the_same_in_another_engine(engine, monkeypatch):
    rules = tuple(Expectation(rule="pattern", columns=["t"], pattern=one) for one in PATTERNS)
    frame = pd.DataFrame({"t": TEXTS})

    def matched():
        found = {}
        for rule in rules:
            result = measure(frame, checks.Plan(expectations=(rule,)), [Pattern]).results.iloc[0]
            found[rule.pattern] = (result["status"], result["rows"])
        return found

    elsewhere = matched()
    monkeypatch.delenv("GROUNDWORK_ENGINE")
    assert elsewhere == matched()
