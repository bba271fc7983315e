"""Bringing data in and checking it, as jobs do."""

import io
import zipfile

import pandas as pd
import pytest
from PIL import Image

from components.data.records import CheckRun
from components.data.work import check, ingest, rows_concerned
from components.errors import BadInput
from components.jobs.work import Work
from components.project.data_sets import DataSet, DataVersion
from components.project.tables import read_table

TABLE = b"id,size,label,split\n1,0.5,a,train\n2,0.5,b,test\n3,0.7,a,train\n3,0.9,,test\n"


@pytest.fixture
def bring(store, files, settings, project):
    """Bring a file in, as the screen does."""

    def run(content, name="forms.csv", **params):
        work = Work(store, files, settings, project.id, {"name": name, "file": files.put(content), **params}, "ana")
        return ingest(work)

    return run


@pytest.fixture
def saved(store, project):
    """What a project holds of a kind."""
    return lambda kind: [record.body for record in store.all(project.id, kind)]


def test_a_file_becomes_a_data_set_with_a_version_that_is_checked(bring, saved, files):
    result = bring(TABLE, id_column="id")
    (data_set,), (version,), (run,) = saved(DataSet), saved(DataVersion), saved(CheckRun)
    assert (data_set.name, data_set.structured, data_set.target, data_set.split_column) == ("forms", True, "label", "split")
    assert (version.number, version.rows, version.source) == (1, 4, "forms.csv")
    assert version.columns == {"id": "number", "size": "number", "label": "category", "split": "category"}
    assert read_table(files, version.table)["size"].tolist() == [0.5, 0.5, 0.7, 0.9]
    assert run.data_version == result["data_version"]
    assert run.rows == 4
    assert run.count("failed") >= 2
    assert "to fix" in result["sentence"]
    codes = [group[0]["code"] for group in run.firing()]
    assert {"L01", "S01", "L03"} <= set(codes)
    assert all(result["figure"] is None or isinstance(result["figure"], float) for result in run.results)


def test_what_was_said_wins_over_what_was_guessed(bring, saved):
    bring(TABLE, id_column="id", structured=False, target="size", note="first")
    assert (saved(DataSet)[0].id_column, saved(DataSet)[0].structured, saved(DataSet)[0].target) == ("id", False, "size")
    assert saved(DataVersion)[0].note == "first"
    assert any(result["code"] == "T09" and result["status"] == "failed" for result in saved(CheckRun)[0].results)


def test_the_same_content_says_so_and_adds_no_version(bring, saved, store, project):
    first = bring(TABLE)
    data_set = store.all(project.id, DataSet)[0].id
    again = bring(TABLE, data_set=data_set, name="another name.csv")
    assert again["unchanged"]
    assert again["data_version"] == first["data_version"]
    assert "no version was added" in again["sentence"]
    assert len(saved(DataVersion)) == 1


def test_other_content_is_the_next_version(bring, saved, store, project):
    bring(TABLE)
    bring(TABLE + b"5,1.0,b,train\n", data_set=store.all(project.id, DataSet)[0].id)
    assert [version.number for version in saved(DataVersion)] == [1, 2]
    assert len(saved(DataSet)) == 1
    assert len(saved(CheckRun)) == 2


@pytest.mark.parametrize(
    ("content", "name", "params"),
    [
        (b"", "a.csv", {}),
        (b"a,b\n1\n", "a.csv", {}),
        (b"a\n1\n", "a.csv", {"target": "gone"}),
        (b"a\n1\n", "a.csv", {"data_set": "gone"}),
        (b"PK", "a.zip", {}),
        ("é\n1\n".encode("latin-1"), "a.csv", {}),
    ],
)
def test_bad_input_changes_nothing(bring, saved, content, name, params):
    with pytest.raises(BadInput):
        bring(content, name, **params)
    assert not saved(DataSet)
    assert not saved(DataVersion)
    assert not saved(CheckRun)


def test_images_are_kept_in_one_archive(bring, saved, files):
    picture, target = io.BytesIO(), io.BytesIO()
    Image.new("L", (8, 8)).save(picture, "PNG")
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("manifest.csv", "path,label\na.png,zero\nb.png,one\n")
        archive.writestr("a.png", picture.getvalue())
        archive.writestr("b.png", picture.getvalue())
    bring(target.getvalue(), "images.zip")
    (version,) = saved(DataVersion)
    assert saved(DataSet)[0].structured is False
    with zipfile.ZipFile(files.path(version.archive)) as kept:
        assert kept.namelist() == ["a.png", "b.png"]
    assert any(result["code"] == "L01" and result["rows"] == 2 for result in saved(CheckRun)[0].results)


def test_a_version_can_be_checked_again_and_its_rows_looked_at(bring, store, files, settings, project):
    version = bring(TABLE, id_column="id")["data_version"]
    work = Work(store, files, settings, project.id, {"data_version": version}, "ben")
    assert "to fix" in check(work)["sentence"]
    assert store.get(project.id, CheckRun, version).version == 2
    work.params = {"data_version": version, "code": "L01", "column": "label"}
    rows = read_table(files, rows_concerned(work)["table"])
    assert list(rows["row"]) == [1, 2]
    assert list(rows["label"]) == ["a", "b"]


def test_a_role_that_a_version_lacks_is_left_out(bring, store, project, saved):
    bring(TABLE)
    data_set = store.all(project.id, DataSet)[0].id
    bring(b"size\n1\n2\n", data_set=data_set)
    run = next(run for run in saved(CheckRun) if run.columns == 1)
    assert all(result["status"] == "not applicable" for result in run.results if result["code"].startswith(("L", "S")))


def test_a_version_that_is_gone(store, files, settings, project):
    with pytest.raises(BadInput, match="isn't here"):
        check(Work(store, files, settings, project.id, {"data_version": "gone"}, "ana"))


def test_names_of_files_are_only_names(bring, saved):
    bring(TABLE, "<script>alert(1)</script>.csv")
    assert saved(DataSet)[0].name == "<script>alert(1)</script>"


def test_rows_of_tables_with_a_column_called_row(store, files, settings, project, bring):
    version = bring(b"row,x\n9,\n8,1\n")["data_version"]
    work = Work(store, files, settings, project.id, {"data_version": version, "code": "T01", "column": "x"}, "ana")
    rows = read_table(files, rows_concerned(work)["table"])
    pd.testing.assert_frame_equal(rows[["row number", "row"]], pd.DataFrame({"row number": [1], "row": [9]}))
