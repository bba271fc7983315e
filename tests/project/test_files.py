"""Files by their content: whole or not at all, once, and never changed unnoticed."""

import errno
import hashlib
import os
import time

import pytest

from components.errors import BadInput
from components.project import files as module
from components.project.files import Files


def everything(files):
    return sorted(path for path in files.folder.rglob("*") if path.is_file())


def test_a_file_is_named_by_its_content_and_kept_once(files):
    sha = files.put(b"pixels")
    assert sha == hashlib.sha256(b"pixels").hexdigest() == files.put(b"pixels")
    assert files.read(sha) == b"pixels"
    assert files.has(sha)
    assert everything(files) == [files.path(sha)]


@pytest.mark.parametrize("size", [0, 1, module.CHUNK, 3 * module.CHUNK + 7])
def test_a_file_at_a_path_is_copied_by_parts_of_any_size(files, tmp_path, size):
    content = os.urandom(size)
    (tmp_path / "a").write_bytes(content)
    sha = files.put_path(tmp_path / "a")
    assert files.put_path(tmp_path / "a") == sha
    (tmp_path / "a").unlink()
    assert files.read(sha) == content


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 63, "A" * 64, "g" * 64, "0" * 64 + "\n"])
def test_what_is_no_sha_is_no_name_of_a_file(files, name):
    for ask in (files.path, files.has, files.read):
        with pytest.raises(BadInput):
            ask(name)


def test_a_missing_file_says_so(files):
    assert not files.has("0" * 64)
    with pytest.raises(BadInput, match="isn't here"):
        files.read("0" * 64)
    with pytest.raises(BadInput, match="can't be read"):
        files.put_path(files.folder / "nothing")


@pytest.mark.parametrize("damage", [b"", b"pixelz"])
def test_a_damaged_file_says_so_and_bringing_it_again_repairs_it(files, tmp_path, damage):
    sha = files.put(b"pixels")
    files.path(sha).write_bytes(damage)
    with pytest.raises(BadInput, match="damaged on the disk"):
        files.read(sha)
    assert files.put(b"pixels") == sha
    assert files.read(sha) == b"pixels"
    files.path(sha).write_bytes(damage)
    (tmp_path / "a").write_bytes(b"pixels")
    files.put_path(tmp_path / "a")
    assert files.read(sha) == b"pixels"


@pytest.mark.parametrize(
    ("number", "sentence"), [(errno.ENOSPC, "disk is full"), (errno.EDQUOT, "disk is full"), (errno.EIO, "couldn't be written")]
)
def test_a_write_that_fails_leaves_nothing_behind(files, monkeypatch, number, sentence):
    def fail(_):
        raise OSError(number, "no")

    monkeypatch.setattr(module.os, "fsync", fail)
    with pytest.raises(BadInput, match=sentence):
        files.put(b"pixels")
    assert everything(files) == []
    monkeypatch.undo()
    assert files.read(files.put(b"pixels")) == b"pixels"


def test_a_file_is_synced_before_it_gets_its_name_and_its_folders_after(files, monkeypatch):
    steps, sync, replace = [], os.fsync, module.Path.replace
    monkeypatch.setattr(module.os, "fsync", lambda handle: (steps.append("sync"), sync(handle))[1])
    monkeypatch.setattr(module.Path, "replace", lambda path, to: (steps.append("name"), replace(path, to))[1])
    files.put(b"pixels")
    assert steps == ["sync", "sync", "name", "sync"]


def test_what_a_killed_process_left_half_written_is_removed_a_day_later(settings, files):
    left = files.folder / "arriving" / "half"
    left.write_bytes(b"pix")
    Files(settings.home)
    assert left.exists()
    yesterday = time.time() - module.ABANDONED_SECONDS - 1
    os.utime(left, (yesterday, yesterday))
    Files(settings.home)
    assert not left.exists()


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "home").touch()
    with pytest.raises(BadInput, match="couldn't be written"):
        Files(tmp_path / "home")
