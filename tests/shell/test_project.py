"""`export` and `import`, as somebody types them."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from jsonschema import ValidationError, validate

from components.modelling.records import Entry, Leaderboard
from components.project.data_sets import DataVersion
from components.project.exchange import export
from components.project.files import Files
from components.project.store import Store
from components.project.tables import put_table
from components.project.target import Target

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def filled(store, files, project):
    store.name_person("ana", "Ana")
    store.save(project.id, Target(value=0.98), person="ana", id="target")
    table = put_table(files, pd.DataFrame({"a": [1, 2]}))
    body = DataVersion(data_set="d", number=1, table=table, source="a.csv", rows=2, columns={"a": "number"})
    store.save(project.id, body, person="ana", id="v")
    return project


def refused(done):
    """Return the one line of a command that could not be done."""
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def test_a_project_goes_out_and_comes_back_elsewhere_as_it_was(shell, filled, store, files, tmp_path):
    out = shell("export", "Handwriting", tmp_path / "p.json", "--json")
    assert (out.returncode, out.stderr) == (0, "")
    assert json.loads(out.stdout)["project"] == filled.id
    back = shell("import", tmp_path / "p.json", "--json", home=tmp_path / "there")
    assert json.loads(back.stdout) == {"project": filled.id, "renamed": False, "missing_files": []}
    there = Store(f"sqlite:///{tmp_path / 'there' / 'groundwork.db'}", store.kinds.values())
    assert export(there, Files(tmp_path / "there"), filled.id) == export(store, files, filled.id)
    there.close()


def test_import_says_where_the_project_is_now_and_what_is_missing(shell, filled, store, tmp_path):
    shell("export", filled.id, tmp_path / "p.json", "--without-files")
    assert json.loads((tmp_path / "p.json").read_text())["files"] == {}
    same = shell("import", tmp_path / "p.json")
    (other,) = {project.id for project in store.projects()} - {filled.id}
    assert same.stdout.splitlines() == [
        f"Imported “Handwriting” as {other}.",
        "Its id was taken: this is a new project beside the old one.",
    ]
    elsewhere = shell("import", tmp_path / "p.json", home=tmp_path / "there")
    assert elsewhere.stdout.splitlines()[1] == "The export left out 1 file: bring the data in again."


def test_an_export_replaces_a_file_whole(shell, filled, tmp_path):
    (tmp_path / "p.json").write_text("old")
    assert shell("export", filled.id, tmp_path / "p.json").stdout == f"Wrote {tmp_path / 'p.json'}.\n"
    assert json.loads((tmp_path / "p.json").read_text())["project"]["id"] == filled.id
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["p.json"]


def test_an_export_into_a_pipe_leaves_the_pipe_where_it_is(shell, filled, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        text = pool.submit(pipe.read_text)
        shell("export", filled.id, pipe)
        assert json.loads(text.result())["project"]["id"] == filled.id
    assert pipe.is_fifo()


def test_a_name_that_two_projects_have_is_not_guessed(shell, filled, store, tmp_path):
    other = store.create_project("Handwriting", "ben")
    line = refused(shell("export", "Handwriting", tmp_path / "p.json"))
    assert filled.id in line
    assert other.id in line
    assert not (tmp_path / "p.json").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("export", "nope", "p.json"), "There is no project “nope”"),
        (("import", "nope.json"), "nope.json can't be read"),
        (("import", "requirements.txt"), "its JSON is damaged"),
        (("export", "nope"), "Missing argument"),
        (("import", "x.json", "--force"), "No such option"),
    ],
)
def test_what_cannot_be_done_is_one_line(shell, words, sentence):
    assert sentence in refused(shell(*words))


def test_a_folder_that_is_not_there_is_one_line(shell, filled, tmp_path):
    assert "can't be written" in refused(shell("export", filled.id, tmp_path / "no" / "p.json"))


def test_settings_that_name_nothing_say_so(shell):
    assert "There is no place “dask” for GROUNDWORK_JOBS" in refused(shell("export", "a", "b", GROUNDWORK_JOBS="dask"))
    assert "There is no engine “oracle”" in refused(shell("export", "a", "b", GROUNDWORK_ENGINE="oracle"))
    said = refused(shell("export", "a", "b", GROUNDWORK_DATA_DATABASES="mysql://root:secret@x/y"))
    assert "isn't PostgreSQL's" in said
    assert "secret" not in said


def test_the_same_in_a_process_of_its_own_without_a_word_from_a_log(settings):
    environment = os.environ | {"GROUNDWORK_HOME": str(settings.home), "GROUNDWORK_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    command = [sys.executable, "-m", "components", "export", "a", "b"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert "The database doesn't answer, so nothing was read" in refused(done)


def test_a_simulation_starts_from_what_a_project_measured(shell, filled, store, tmp_path):
    estimates = {
        "linear": {"value": 0.95, "low": 0.93, "high": 0.97, "n": 400},
        "forest": {"value": 0.98, "low": 0.96, "high": 0.99, "n": 400},
    }
    entries = [
        Entry(name=name, title=name.title(), trivial=False, estimate=estimate, fit_seconds=1, memory_megabytes=1)
        for name, estimate in estimates.items()
    ]
    about = {"data_version": "v", "target": "label", "task": "classification", "metric": "accuracy", "convention": "", "notes": []}
    store.put(filled.id, Leaderboard(**about, folds=5, seed=0, n=400, models=entries, planned=2, finished=True), person="ana", id="v")
    plan = tmp_path / "plan.yaml"
    plan.write_text("steps: [{share: .5, windows: 20}]\n")
    asked = ("simulate", plan, "--runs", "200", "--project", filled.name)
    found = json.loads(shell(*asked, "--current", "forest", "--new", "Linear", "--json").stdout)
    assert found["rolled_back"] == 1
    assert found["taken"]["current"] == {"title": "Forest", "on": "400 rows", "value": 0.02, "low": 0.01, "high": 0.04, "n": 400} | {
        limit: pytest.approx(value) for limit, value in (("low", 0.01), ("high", 0.04))
    }
    text = shell(*asked, "--current", "forest").stdout
    assert "Bad decisions of the current version: 2.0 % [1.0, 4.0], n = 400. Measured: Forest, 400 rows." in text
    assert "There are: Linear and Forest." in refused(shell(*asked, "--new", "Oracle"))
    assert "--current" in refused(shell(*asked))
    assert "--project" in refused(shell("simulate", plan, "--new", "Linear"))


def test_a_report_holds_the_sections_that_are_named(shell, filled, tmp_path):
    target = tmp_path / "report.md"
    assert shell("report", "Handwriting", target, "--section", "data", "--section", "summary").returncode == 0
    assert [line for line in target.read_text().splitlines() if line.startswith("## ")] == ["## Summary", "## Data"]
    assert "no section “money”" in refused(shell("report", "Handwriting", target, "--section", "money"))


def test_the_schema_that_is_written_holds_for_what_is_exported(shell, filled, tmp_path):
    assert shell("export", "Handwriting", tmp_path / "p.json").returncode == 0
    assert shell("schema", tmp_path / "s.json").stdout == f"Wrote {tmp_path / 's.json'}.\n"
    written = json.loads((tmp_path / "s.json").read_text())
    validate(json.loads((tmp_path / "p.json").read_text()), written)
    with pytest.raises(ValidationError):
        validate({"project": {}}, written)
