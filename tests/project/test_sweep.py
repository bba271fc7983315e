"""Files that nothing names any more make room."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest

from components.project.data_sets import DataVersion
from components.project.sweep import YOUNG_SECONDS, sweep


def version(table):
    return DataVersion(data_set="d", number=1, table=table, source="a.csv", rows=1, columns={})


@pytest.fixture
def old_file(files):
    """Keeps a file that came two days ago."""

    def put(content):
        sha = files.put(content)
        before = time.time() - 2 * YOUNG_SECONDS
        os.utime(files.path(sha), (before, before))
        return sha

    return put


def test_files_of_an_expired_quick_check_go_and_all_others_stay(any_store, files, old_file):
    now = datetime.now(UTC)
    project = any_store.create_project("Handwriting", "ana")
    quick = any_store.create_project("Quick check", "ana", unlisted=True, expires_at=now)
    lost, shared, changed, used, uploaded, report = map(old_file, (b"lost", b"shared", b"changed", b"used", b"uploaded", b"report"))
    any_store.save(quick.id, version(lost), person="ana", id="v")
    any_store.save(quick.id, version(shared), person="ana", id="w")
    any_store.save(project.id, version(shared), person="ana", id="w")
    any_store.save(project.id, version(changed), person="ana", id="v")
    any_store.save(project.id, version(used), person="ana", id="v", read=1)
    any_store.add_job(project.id, "components.data.work:ingest", {"file": uploaded}, "Read", "ana", "server")
    done = any_store.add_job(project.id, "components.report.work:report", {"file": lost}, "Report", "ana", "server")
    any_store.end_job(done, "done", result={"file": report})
    assert sweep(any_store, files) == 0
    assert any_store.expire(now + timedelta(seconds=1)) == 1
    assert sweep(any_store, files) == 1
    assert {path.name for path in files.all()} == {shared, changed, used, uploaded, report}


def test_what_came_or_came_again_today_stays(any_store, files, old_file):
    old_file(b"again")
    kept = {files.put(b"again"), files.put(b"new")}
    assert sweep(any_store, files) == 0
    assert {path.name for path in files.all()} == kept


def test_what_is_no_kept_file_is_left_alone(any_store, files, old_file):
    stray = files.path(old_file(b"a")).with_name("notes.txt")
    stray.write_text("mine")
    os.utime(stray, (0, 0))
    assert sweep(any_store, files) == 1
    assert stray.exists()
