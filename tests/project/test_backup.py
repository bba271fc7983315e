"""A backup holds everything, is taken while others write, and comes back on either database."""

import json
import zipfile

import pytest

from components.errors import BadInput
from components.kinds import KINDS
from components.project.backup import back_up, restore
from components.project.files import Files
from components.project.store import Store
from components.project.target import Target


@pytest.fixture
def full(any_store, files):
    """A store with a project, its history, a member and a file."""
    id_ = any_store.create_project("Handwriting", "ana", everyone="").id
    any_store.name_person("ana", "Ana")
    any_store.set_role(id_, "ben", "editor", by="ana")
    for read, value in enumerate((0.9, 0.95)):
        any_store.save(id_, Target(value=value), person="ana", id="target", read=read)
    files.put(b"a table")
    return any_store, id_


def test_everything_comes_back_on_the_other_database(full, files, postgres_url, tmp_path):
    store, id_ = full
    done = back_up(store, files, tmp_path / "all.zip")
    assert (done.projects, done.records, done.files) == (1, 1, 1)
    other = f"sqlite:///{tmp_path / 'other.db'}" if not store.database.is_sqlite else postgres_url
    again, kept = Store(other, KINDS), Files(tmp_path / "other")
    restore(again, kept, tmp_path / "all.zip")
    assert again.project(id_) == store.project(id_)
    assert again.history(id_) == store.history(id_)
    assert again.members(id_) == store.members(id_)
    assert again.get(id_, Target, "target") == store.get(id_, Target, "target")
    assert [path.name for path in kept.all()] == [path.name for path in files.all()]
    assert again.save(id_, Target(value=0.99), person="ben", id="target", read=2).version == 3
    again.close()


def test_a_backup_never_falls_onto_work_that_is_there(full, files, tmp_path):
    store, id_ = full
    back_up(store, files, tmp_path / "all.zip")
    store.save(id_, Target(value=0.99), person="ana", id="target", read=2)
    with pytest.raises(BadInput, match="projects here already"):
        restore(store, files, tmp_path / "all.zip")
    assert store.get(id_, Target, "target").body.value == 0.99


@pytest.mark.parametrize("damage", ["no zip", "no head", "other format", "newer", "bad line", "wrong file", "slip"])
def test_a_damaged_archive_changes_nothing(store, files, tmp_path, damage):
    path = tmp_path / "bad.zip"
    head = {"format": "groundwork-backup", "revision": "0001"}
    if damage == "no zip":
        path.write_bytes(b"PK nothing")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            if damage != "no head":
                changed = {"other format": {"format": "x"}, "newer": {"revision": "9999"}}.get(damage, {})
                archive.writestr("backup.json", json.dumps(head | changed))
            if damage == "bad line":
                archive.writestr("tables/project.jsonl", "{nothing")
            if damage == "wrong file":
                archive.writestr(f"files/{'0' * 64}", b"x")
            if damage == "slip":
                archive.writestr("files/../../outside", b"x")
    with pytest.raises(BadInput):
        restore(store, files, path)
    assert store.projects() == []
    assert not (tmp_path / "outside").exists()
