"""A project as one JSON: what comes back is what went out, and what isn't whole changes nothing."""

import base64
import copy
import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.errors import BadInput
from components.kinds import KINDS
from components.project.data_sets import DataSet, DataVersion
from components.project.exchange import export, export_text, exported_name, import_, read_document
from components.project.files import Files
from components.project.store import Store
from components.project.tables import put_table
from components.project.target import Target

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.fixture
def any_files(tmp_path):
    return Files(tmp_path / "any")


@pytest.fixture
def filled(any_store, any_files):
    """A project with everything: two authors, changes, a deletion, a file."""
    any_store.name_person("x1", "Ana")
    any_store.name_person("x2", "Ben <script>")
    project = any_store.create_project("Handwriting", "x1").id
    any_store.save(project, Target(value=0.98), person="x1", id="target")
    any_store.save(project, Target(value=0.99, why="=cmd()"), person="x2", id="target", read=1)
    table = put_table(any_files, pd.DataFrame({"image": ["a", "b"], "label": [1, 2]}))
    version = DataVersion(data_set="d", number=1, table=table, source="a.csv", rows=2, columns={"image": "text", "label": "number"})
    any_store.save(project, version, person="x1", id="v")
    any_store.save(project, DataSet(name="ü 漢字 \0"), person="nameless", id="d")
    any_store.save(project, DataSet(name="wrong"), person="x2", id="gone")
    any_store.delete(project, DataSet, "gone", read=1, person="x1")
    any_store.rename_project(project, "Digits", "x2")
    return project


@pytest.fixture
def exported(any_store, any_files, filled):
    return export(any_store, any_files, filled)


def other_store(folder):
    home = Path(folder)
    return Store(f"sqlite:///{home / 'other.db'}", KINDS), Files(home)


def test_the_round_trip_is_the_identity(exported, any_store, any_files, filled, tmp_path):
    store, files = other_store(tmp_path / "there")
    done = import_(store, files, json.loads(json.dumps(exported)), "x9")
    assert (done.project_id, done.renamed, done.missing_files) == (filled, False, ())
    assert export(store, files, filled) == exported
    assert store.get(filled, Target, "target") == any_store.get(filled, Target, "target")
    assert store.all(filled, DataSet) == any_store.all(filled, DataSet)
    assert store.history(filled) == any_store.history(filled)
    assert store.project(filled) == any_store.project(filled)
    assert store.people(filled) == any_store.people(filled)
    table = store.get(filled, DataVersion, "v").body.table
    assert files.read(table) == any_files.read(table)
    assert store.save(filled, Target(value=1), person="x1", id="target", read=2).seq == any_store.seq(filled) + 1
    store.close()


def test_where_the_id_is_taken_it_becomes_a_new_project_beside_the_old_one(exported, any_store, any_files, filled):
    done = import_(any_store, any_files, exported, "x9")
    assert done.renamed
    assert {project.id for project in any_store.projects()} == {filled, done.project_id}
    again = export(any_store, any_files, done.project_id)
    assert again["records"] == exported["records"]
    assert again["project"] == exported["project"] | {"id": done.project_id}
    assert export(any_store, any_files, filled) == exported
    assert any_store.history(done.project_id, kind="project", id=done.project_id)[0].after["name"] == "Digits"


def test_a_deleted_project_keeps_its_id(exported, any_store, any_files, filled):
    any_store.delete_project(filled, "x1")
    assert import_(any_store, any_files, exported, "x9").renamed


def test_four_imports_at_once_are_four_projects(exported, any_store, any_files, filled):
    any_store.erase_project(filled)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: import_(any_store, any_files, exported, "x9"), range(4)))
    assert len({one.project_id for one in done}) == 4
    assert sum(not one.renamed for one in done) == 1


def test_somebody_known_by_another_name_here_keeps_it(exported, tmp_path, filled):
    store, files = other_store(tmp_path / "there")
    store.name_person("x1", "Anastasia")
    import_(store, files, exported, "x9")
    assert [person.name for person in store.people(filled)] == ["Anastasia", "Ben <script>"]
    store.close()


def test_files_are_left_out_by_choice_and_named_as_missing(any_store, any_files, filled, tmp_path):
    slim = export(any_store, any_files, filled, with_files=False)
    assert slim["files"] == {}
    store, files = other_store(tmp_path / "there")
    table = any_store.get(filled, DataVersion, "v").body.table
    assert import_(store, files, slim, "x9").missing_files == (table,)
    with pytest.raises(BadInput, match="left out of an import"):
        files.read(table)
    assert export(store, files, filled) == slim
    store.close()


def test_a_damaged_file_is_not_exported_as_if_it_were_whole(any_store, any_files, filled):
    any_files.path(any_store.get(filled, DataVersion, "v").body.table).write_bytes(b"x")
    with pytest.raises(BadInput, match="damaged on the disk"):
        export(any_store, any_files, filled)


@pytest.mark.parametrize("project", ["nope", "", "a\0b"])
def test_a_project_that_is_not_there_is_not_exported(any_store, any_files, project):
    with pytest.raises(BadInput):
        export(any_store, any_files, project)


def test_a_deleted_project_is_not_exported(any_store, any_files, filled):
    any_store.delete_project(filled, "x1")
    with pytest.raises(BadInput, match="no project"):
        export(any_store, any_files, filled)


def test_what_a_quick_check_becomes_elsewhere_is_listed(any_store, any_files, tmp_path):
    quick = any_store.create_project("Quick check", "x1", unlisted=True)
    store, files = other_store(tmp_path / "there")
    import_(store, files, export(any_store, any_files, quick.id), "x9")
    assert [project.id for project in store.projects()] == [quick.id]
    store.close()


def test_the_text_is_json_that_every_reader_takes(any_store, any_files, filled, exported):
    text = export_text(any_store, any_files, filled)
    assert text.isascii()
    assert read_document(text) == read_document(text.encode()) == exported


@pytest.mark.parametrize(("name", "start"), [("Handwriting ü/..", "handwriting-"), ("漢字", "project-"), ("../../x", "x-")])
def test_the_name_of_an_export_is_safe_on_every_disk(name, start):
    assert exported_name(name).startswith(start)
    assert "/" not in exported_name(name)


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["target", "set", "put", "delete", "rename"]),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["ana", "ben", "x3"]),
        TEXT,
        st.floats(allow_nan=False, allow_infinity=False),
    ),
    max_size=15,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ACTIONS, st.binary(max_size=50))
def test_whatever_a_team_did_comes_back(store, actions, content):
    files = Files(Path(str(store.database.engine.url.database)).parent)
    project = store.create_project("p", "ana").id
    for action, id, person, text, figure in actions:
        found = store.get(project, Target if action == "target" else DataSet, id)
        read = found.version if found else 0
        if action == "target":
            store.save(project, Target(value=figure, why=text), person=person, id=id, read=read)
        elif action == "set":
            store.save(project, DataSet(name="n", note=text), person=person, id=id, read=read)
        elif action == "put":
            store.put(project, DataSet(name="n", note=files.put(content)), person=person, id=id)
        elif action == "delete":
            store.delete(project, DataSet, id, read=read, person=person)
        else:
            store.rename_project(project, f"p {text}", person)
    document = export(store, files, project)
    with tempfile.TemporaryDirectory() as folder:
        there, its_files = other_store(folder)
        import_(there, its_files, json.loads(json.dumps(document)), "somebody")
        assert export(there, its_files, project) == document
        assert there.history(project, most=None) == store.history(project, most=None)
        there.close()


DAMAGES = {
    "no project": lambda d: d.pop("project"),
    "a key of a newer format": lambda d: d.update(sketches=[]),
    "records as a dict": lambda d: d.update(records={}),
    "a record without a body": lambda d: d["records"][0].pop("body"),
    "a body that is text": lambda d: d["records"][0].update(body="x"),
    "a body without its fields": lambda d: d["records"][0].update(body={}),
    "a body with unknown fields": lambda d: d["records"][0]["body"].update(more=1),
    "an unknown kind": lambda d: d["records"][0].update(kind="spell"),
    "a kind of another body": lambda d: d["records"][0].update(kind="label_set"),
    "a body of a newer version": lambda d: d["records"][0]["body"].update(schema_version=99),
    "a body of no version": lambda d: d["records"][0]["body"].update(schema_version="x"),
    "a version that is text": lambda d: d["records"][0].update(version="1"),
    "a version that is true": lambda d: d["records"][0].update(version=True),
    "a version 0": lambda d: d["records"][0].update(version=0),
    "a huge version": lambda d: d["records"][0].update(version=2**70),
    "a number that is none": lambda d: d["records"][0]["body"].update(rows=float("nan")),
    "a record twice": lambda d: d["records"].append(copy.deepcopy(d["records"][0])),
    "a seq beyond the project's": lambda d: d["history"][0].update(seq=10**6),
    "a seq below 0": lambda d: d["project"].update(seq=-1),
    "a time without a zone": lambda d: d["records"][0].update(updated_at="2026-01-01T00:00:00"),
    "a time beyond all times": lambda d: d["records"][0].update(updated_at="0001-01-01T00:00:00+14:00"),
    "a time that is a number": lambda d: d["records"][0].update(updated_at=1),
    "a time that is nonsense": lambda d: d["history"][0].update(at="yesterday"),
    "a change that is text": lambda d: d["history"][0].update(after="x"),
    "an id as a path": lambda d: d["project"].update(id="../x"),
    "an id that is too long": lambda d: d["project"].update(id="x" * 65),
    "an id of a record with a null": lambda d: d["records"][0].update(id="a\0"),
    "an empty name": lambda d: d["project"].update(name=""),
    "a person with a null": lambda d: d["people"].update(x1="\0"),
    "people as a list": lambda d: d.update(people=["x1"]),
    "a file cut off": lambda d: d["files"].update({k: v[:-5] for k, v in d["files"].items()}),
    "a file of other content": lambda d: d["files"].update(dict.fromkeys(d["files"], base64.b64encode(b"x").decode())),
    "a file that is no base64": lambda d: d["files"].update(dict.fromkeys(d["files"], "ü=")),
    "a file that is a number": lambda d: d["files"].update(dict.fromkeys(d["files"], 1)),
    "a file named as a path": lambda d: d["files"].update({"../../x": base64.b64encode(b"x").decode()}),
    "another format": lambda d: d.update(format="other"),
    "a version of the format that is text": lambda d: d.update(version="1"),
    "nothing": lambda d: d.clear(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_project_says_so_and_changes_nothing(exported, tmp_path, damage):
    store, files = other_store(tmp_path / "there")
    document = copy.deepcopy(exported)
    document["records"].sort(key=lambda record: record["kind"] != "data_version")
    DAMAGES[damage](document)
    with pytest.raises(BadInput) as caught:
        import_(store, files, document, "x9")
    assert caught.value.todo
    assert store.projects() == []
    assert list(files.folder.rglob("*/*")) == []
    store.close()


def test_a_newer_project_says_that_it_is_newer(exported, any_store, any_files):
    for newer in (2, 99):
        with pytest.raises(BadInput, match="newer version of Groundwork. Update"):
            import_(any_store, any_files, exported | {"version": newer, "votes": []}, "x9")


def test_nesting_that_would_break_the_reader_is_refused(exported, any_store, any_files):
    deep = value = {}
    for _ in range(500):
        value["a"] = value = {}
    with pytest.raises(BadInput, match="nested too deeply"):
        import_(any_store, any_files, exported | {"people": deep}, "x9")


NO_PROJECTS = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'{"format": "other"}',
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b'{"format": ' + b"9" * 5000 + b"}",
    b'"\xed\xa0\x80"',
]


@pytest.mark.parametrize("text", NO_PROJECTS, ids=range(len(NO_PROJECTS)))
def test_what_is_no_exported_project_says_so(text):
    with pytest.raises(BadInput):
        read_document(text)


def test_figures_beyond_all_numbers_in_the_text_are_refused(exported, any_store, any_files):
    text = json.dumps(exported).replace("0.99", "1e999", 1)
    with pytest.raises(BadInput, match="a number that is none"):
        import_(any_store, any_files, read_document(text), "x9")


def test_a_failure_in_the_middle_leaves_nothing(exported, tmp_path, monkeypatch):
    store, files = other_store(tmp_path / "there")

    def fail(*_):
        raise BadInput("The disk is full.")

    monkeypatch.setattr(store.database, "insert_missing", fail)
    with pytest.raises(BadInput):
        import_(store, files, exported, "x9")
    assert store.projects() == []
    monkeypatch.undo()
    assert not import_(store, files, exported, "x9").renamed
    store.close()
