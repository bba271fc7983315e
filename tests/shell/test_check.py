"""`check`, as somebody types it or a pipeline runs it."""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import psycopg
import pytest

from components.data import places
from components.data.contract import to_odcs
from components.data.records import Expectation
from components.project.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"code", "title", "column", "status", "figure", "threshold", "rows", "advice"}


@pytest.fixture
def check(shell):
    """Run `check` in this process."""
    return partial(shell, "check")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("key,x,label,split\n1,5,a,train\n2,5,b,test\n2,7,a,train\n")
    return path


def strict(text):
    return json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


def test_json_of_a_table_that_fails(check, table):
    done = check(table, "--label", "label", "--id", "key", "--split", "split", "--json")
    assert done.returncode == 1
    found = strict(done.stdout)
    assert set(found) == {"rows", "results"}
    assert found["rows"] == 3
    assert all(set(result) == KEYS for result in found["results"])
    rows = {result["title"].lower(): result["rows"] for result in found["results"] if result["status"] == "failed"}
    assert rows["duplicate keys"] == 1
    assert rows["conflicting labels"] == 2
    assert rows["duplicate rows across splits"] == 2
    titles = {result["title"].lower() for result in found["results"]}
    assert {"duplicate rows", "duplicate keys", "conflicting labels", "spelling variants", "missing values"} <= titles


def test_text_says_what_to_do(check, table):
    done = check(table, "--label", "label", "--id", "key", "--split", "split")
    assert done.returncode == 1
    assert done.stdout.startswith("3 rows: 4 things to fix before you train.")
    assert "Judge these rows again" in done.stdout


def test_important_cases_are_held_against_what_they_need(check, tmp_path):
    (tmp_path / "many.csv").write_text("age\n" + "\n".join(str(20 + n % 70) for n in range(200)))
    done = check(tmp_path / "many.csv", "--case", "old: age at least 80", "--case-width", ".3", "--json")
    (case,) = [row for row in strict(done.stdout)["results"] if row["code"] == "L06"]
    assert (case["column"], case["status"], case["figure"], case["threshold"]) == ("old", "passed", 20.0, 17.0)
    assert "has no name" in check(tmp_path / "many.csv", "--case", "age at least 80").stderr
    assert "is no condition" in check(tmp_path / "many.csv", "--case", "old: age > 80").stderr


def test_a_table_that_passes(check, tmp_path):
    (tmp_path / "good.csv").write_text("x\n1\n2\n")
    done = check(tmp_path / "good.csv", "--json")
    assert done.returncode == 0
    assert not done.stderr


@pytest.mark.parametrize("words", [["--label", "gone"], ["--id", "gone"], ["--split", "gone"], ["--contract", "rules.yaml"]])
def test_bad_options_are_one_line(check, table, words):
    done = check(table, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1


def test_rules_of_a_contract_are_checked_and_what_is_not_understood_is_named(check, table, tmp_path):
    rules = tmp_path / "rules.yaml"
    rules.write_text(to_odcs([Expectation(rule="range", columns=["x"], high=6), Expectation(rule="row_count", low=3)]))
    done = check(table, "--contract", rules, "--json")
    assert done.returncode == 1
    found = {(one["code"], one["column"]): one for one in strict(done.stdout)["results"]}
    assert (found["T21", "x"]["status"], found["T21", "x"]["rows"]) == ("failed", 1)
    assert found["T28", ""]["status"] == "passed"
    rules.write_text(to_odcs([]).replace("properties: []", "properties: [{name: x, quality: [{type: sql, query: SELECT 1, mustBe: 1}]}]"))
    assert check(table, "--contract", rules).stderr == "not checked: x: a rule in SQL of another tool\n"


def test_a_contract_that_unfolds_is_refused(check, table, tmp_path):
    rules = tmp_path / "rules.yaml"
    rules.write_text("kind: DataContract\napiVersion: v3.1.0\na: &a [1]\nb: [*a, *a]\n")
    done = check(table, "--contract", rules)
    assert (done.returncode, done.stdout) == (2, "")
    assert "names for its parts" in done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [("gone.csv", None), ("a.csv", b""), ("a.csv", b"x\n"), ("a.csv", b"x\n1,2\n"), ("a.csv", b"\xff\xfa\n1\n"), ("a.xlsx", b"PK")],
)
def test_bad_files_are_one_line(check, tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = check(tmp_path / name)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_in_a_process_of_its_own(table):
    words = [sys.executable, "-m", "components", "check", str(table), "--json"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert strict(done.stdout)["rows"] == 3


def test_junit_for_a_pipeline(check, table, tmp_path):
    assert check(table, "--id", "key", "--junit", tmp_path / "checks.xml").returncode == 1
    suite = ElementTree.parse(tmp_path / "checks.xml").getroot()
    assert suite.get("name") == "data.csv"
    assert int(suite.get("failures")) == 1
    done = check(table, "--junit", tmp_path / "no" / "folder.xml")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)


def test_parquet_where_it_lies_and_a_damaged_one(check, tmp_path):
    pd.DataFrame({"key": [1, 2, 2], "who": ["a", "b", "b"], "part": ["train", "test", "train"]}).to_parquet(tmp_path / "a.parquet")
    found = strict(check(tmp_path / "a.parquet", "--split", "part", "--group", "who", "--json").stdout)
    assert next(one["rows"] for one in found["results"] if one["code"] == "S05") == 2
    (tmp_path / "b.parquet").write_bytes(b"PAR1")
    done = check(tmp_path / "b.parquet")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)


def test_texts_are_checked_as_texts(check, tmp_path):
    english = [f"The view of the house by the lake was far better than we had hoped it would be, said number {n}." for n in range(60)]
    texts = [*english, "Der Blick vom Haus am See war viel besser als wir alle gehofft hatten."]
    pd.DataFrame({"text": texts}).to_csv(tmp_path / "a.csv", index=False)
    found = strict(check(tmp_path / "a.csv", "--unstructured", "--json").stdout)
    assert next(one["rows"] for one in found["results"] if one["code"] == "I21") == 1


@pytest.fixture
def database(postgres_url, monkeypatch):
    """The name, as a shell writes it, of a table in a database that the owner allowed."""
    url = postgres_url.replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE visits (id int, age int, day date)")
        connection.execute("INSERT INTO visits SELECT n, n % 40, DATE '2026-01-01' + n FROM generate_series(1, 60) n")
    monkeypatch.setenv("GROUNDWORK_DATA_DATABASES", url)
    settings = Settings.from_environment()
    (name,) = places.databases(settings)
    return f"postgresql:{name}/{next(table for table in places.tables(url) if table.endswith('visits'))}"


def test_a_table_of_an_allowed_database_is_named_like_a_file(check, database, monkeypatch):
    done = check(database, "--id", "id", "--json")
    assert (done.returncode, strict(done.stdout)["rows"]) == (0, 60)
    host, _, table = database.rpartition("/")
    assert "There is no table “public.secret”" in check(f"{host}/public.secret").stderr
    assert "isn't among those that may be read. Allowed are" in check(f"postgresql:elsewhere/shop/{table}").stderr
    monkeypatch.setenv("GROUNDWORK_DATA_DATABASES", "")
    refused = check(database)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "GROUNDWORK_DATA_DATABASES names those" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
