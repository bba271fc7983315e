"""What a database can do with files, the network and its own settings, tried inside the engine and through everything that reaches it."""

from contextlib import suppress

import duckdb
import pandas as pd
import pytest
from pydantic import ValidationError

from components.data import engine
from components.data.checks import run
from components.data.checks.table import Plan
from components.data.condition import OPERATORS, Clause, Condition
from components.data.contract import from_odcs
from components.data.engine import opened
from components.data.records import Expectation
from components.errors import BadInput
from tests.hostile.watch import nothing_is_done

SECRET = "nobody outside may read this"
TOLD = """SELECT * FROM read_csv('{secret}')
SELECT * FROM read_csv_auto('{secret}')
SELECT * FROM read_text('{secret}')
SELECT * FROM read_blob('{secret}')
SELECT * FROM sniff_csv('{secret}')
SELECT * FROM read_json('{secret}')
SELECT * FROM read_ndjson_objects('{secret}')
SELECT * FROM read_parquet('{secret}')
SELECT * FROM parquet_metadata('{secret}')
SELECT * FROM parquet_schema('{secret}')
SELECT * FROM '{secret}'
SELECT * FROM '{folder}/*.csv'
SELECT * FROM read_csv('/etc/passwd')
SELECT * FROM read_text(['/etc/passwd', '{secret}'])
SELECT * FROM read_text('/proc/self/environ')
SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')
SELECT * FROM read_parquet('s3://bucket/x.parquet')
SELECT * FROM read_csv('/dev/stdin')
SELECT * FROM glob('{folder}/*')
SELECT * FROM glob('/etc/*')
CREATE TABLE t AS FROM read_csv('{secret}')
CREATE VIEW v AS FROM read_csv('{secret}'); SELECT * FROM v
CREATE MACRO m() AS TABLE FROM read_csv('{secret}'); SELECT * FROM m()
COPY (SELECT 1) TO '{folder}/written.csv'
COPY data TO '{folder}/written.parquet' (FORMAT parquet)
COPY data FROM '{secret}'
EXPORT DATABASE '{folder}/written'
IMPORT DATABASE '{folder}'
ATTACH '{folder}/written.db'
ATTACH '{folder}/written.sqlite' (TYPE sqlite)
ATTACH 'postgres:host=127.0.0.1' AS other (TYPE postgres)
INSTALL httpfs
INSTALL spatial FROM 'http://127.0.0.1:9'
FORCE INSTALL json FROM community
LOAD httpfs
LOAD '{folder}/evil.duckdb_extension'
SET enable_external_access=true
RESET enable_external_access
SET lock_configuration=false
SET allowed_paths=['{secret}']
SET allowed_directories=['/']
SET home_directory='{folder}'
SET temp_directory='{folder}/written'
SET extension_directory='{folder}/written'
SET allow_unsigned_extensions=true
SET custom_extension_repository='http://127.0.0.1:9'
SET logging_level='trace'
SET memory_limit='100TB'
PRAGMA enable_profiling='json'; PRAGMA profiling_output='{folder}/written.json'
SELECT getenv('PATH')
CREATE SECRET s (TYPE s3, KEY_ID 'x', SECRET 'y')
CREATE PERSISTENT SECRET s (TYPE s3, KEY_ID 'x', SECRET 'y')
SELECT * FROM sqlite_scan('{folder}/x.db', 't')
SELECT * FROM postgres_scan('host=127.0.0.1', 'public', 't')
SELECT * FROM iceberg_scan('{folder}')
SELECT load_aws_credentials()
USE other
DETACH memory; DETACH data""".splitlines()
INJECTED = (
    "read_csv('/etc/passwd')",
    "x' UNION SELECT content FROM read_text('{secret}') --",
    "x\" FROM read_text('{secret}') --",
    "'; COPY (SELECT 1) TO '{folder}/written.csv'; --",
    "'); ATTACH '{folder}/written.db'; --",
    "(SELECT content FROM read_text('{secret}'))",
    "getenv('PATH')",
    "{secret}",
    "$1",
    "?",
    ":name",
    "{{0}}",
    "%s",
    "c0",
    "row",
    "*",
    "COLUMNS(*)",
    "lambda x: x",
    "ibis.read_csv('{secret}')",
    "__import__('os').system('touch {folder}/written')",
    "\\'; SELECT 1; --",
    "a\x00b",
    "\u202e\u2066",
    "(a+)+$",
)


@pytest.fixture
def folder(tmp_path):
    """A folder with a file that nobody may read; in the end nothing was added to it."""
    (tmp_path / "secret.csv").write_text(f"a,b\n{SECRET},1\n")
    yield tmp_path
    assert [one.name for one in tmp_path.iterdir() if one.name not in {"secret.csv", "data.parquet"}] == []


def filled(text, folder):
    return text.format(secret=folder / "secret.csv", folder=folder)


@pytest.fixture(params=["in memory", "read where it lies"])
def connection(request, folder, monkeypatch):
    """The engine as checks, drift and slices are given it."""
    frame = pd.DataFrame({"a": ["x", "y"], "b": [1, 2]})
    if request.param == "in memory":
        with opened(frame) as (rows, _, _):
            yield rows.get_backend()
        return
    frame.to_parquet(folder / "data.parquet")
    monkeypatch.setattr(engine, "MOST_CELLS_HELD", 0)
    with opened(folder / "data.parquet") as (rows, _, _):
        assert rows.count().to_pyarrow().as_py() == 2
        yield rows.get_backend()


def test_the_engine_refuses_every_statement_that_leads_out_of_it(connection, folder):
    answered = {}
    for sql in TOLD:
        try:
            answered[sql] = str(connection.raw_sql(filled(sql, folder)).fetchall())
        except duckdb.Error:
            continue
    assert answered == {}


def table_of(texts):
    """A table whose columns, cells, labels and splits are these texts."""
    cells = [*texts, *texts]
    return pd.DataFrame(
        {**dict.fromkeys(texts, cells), "n": range(len(cells)), "label": cells[::-1], "part": ["train", texts[0]] * len(texts)}
    )


def test_text_that_looks_like_a_statement_is_only_text_in_checks_and_rules(folder):
    texts = [filled(text, folder) for text in INJECTED]
    rules = tuple(rule for text in texts for rule in rules_on(text))
    with nothing_is_done():
        report = run(table_of(texts), Plan(label="label", split="part", expectations=rules))
    assert len(rules) > 5 * len(texts)
    assert report.results[report.results["status"] == "error"].empty
    assert SECRET not in report.results.to_csv()


def test_text_that_looks_like_a_statement_is_only_text_in_a_condition(folder):
    texts = [filled(text, folder) for text in INJECTED]
    said, frame = [], table_of(texts)
    with nothing_is_done(), opened(frame) as (rows, names, _):
        for text in texts:
            for operator in OPERATORS:
                for column in (text, "n"):
                    one = Condition(clauses=(Clause(column=column, operator=operator, value=text),))
                    try:
                        found = rows.filter(one.on_engine(rows, names)).count().to_pyarrow().as_py()
                    except BadInput as error:
                        said.append(str(error))
                    else:
                        assert found == one.on_frame(frame).sum()
                        said.append(str(found))
    assert len(said) == len(texts) * len(OPERATORS) * 2
    assert SECRET not in "".join(said)


def rules_on(text):
    """The rules that can be set with this text: some are refused before they are kept, such as a pattern that is none."""
    told = (
        {"rule": "pattern", "columns": [text], "pattern": text},
        {"rule": "allowed_set", "columns": [text], "values": [text]},
        {"rule": "determines", "columns": [text], "determined": "label"},
        {"rule": "foreign_key", "columns": [text], "reference": text, "reference_column": text},
        {"rule": "key", "columns": [text, "n"]},
        {"rule": "missing", "columns": [text]},
    )
    rules = []
    for one in told:
        with suppress(ValidationError):
            rules.append(Expectation(**one))
    return tuple(rules)


@pytest.mark.parametrize("sql", [sql for sql in TOLD if sql.startswith(("SELECT", "COPY", "ATTACH"))][::3])
def test_sql_of_a_contract_is_named_and_never_run(sql, folder):
    text = f"""apiVersion: v3.1.0
kind: DataContract
schema:
- name: data
  quality:
  - {{type: sql, query: "{filled(sql, folder)}", mustBe: 0}}
  - {{type: custom, engine: soda, implementation: "{filled(sql, folder)}"}}
  properties:
  - name: a
    quality:
    - {{type: sql, query: "{filled(sql, folder)}", mustBe: 0}}
    - {{metric: "{filled(sql, folder)}", mustBe: 0}}
"""
    with nothing_is_done():
        contract = from_odcs(text)
    assert contract.rules == ()
    assert len(contract.unread) == 4
