"""A disk that is full, fails or can't be written, and a clock that goes backwards: a sentence, nothing half there, and on it goes."""

import resource
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from components.errors import BadInput
from components.jobs import servers
from components.kinds import KINDS
from components.project import history, jobs, people, projects, votes
from components.project.data_sets import DataSet
from components.project.files import Files
from components.project.store import Conflict, Store, StoreUnavailable
from components.project.target import Target

SMALL = "4m"


@contextmanager
def no_file_longer_than(size):
    """The operating system refuses to write on."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of four megabytes; where none can be mounted, the tests that fill a database and limit a file's size stand for it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", folder], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def fill(store, project):
    """Save until it is refused; returns what was acknowledged and the refusal."""
    saved = []

    def save():
        while len(saved) < 2000:
            saved.append(store.save(project, DataSet(name="x", note="y" * 4000), person="ana").id)

    with pytest.raises(StoreUnavailable) as refused:
        save()
    return saved, str(refused.value)


def whole(store):
    with store.database.read() as connection:
        return connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_disk_that_is_full_keeps_what_was_saved_and_goes_on_when_there_is_room(small_disk):
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * 1_000_000)
    store, files = Store(f"sqlite:///{small_disk / 'groundwork.db'}", KINDS), Files(small_disk)
    project = store.create_project("Handwriting", "ana").id
    saved, said = fill(store, project)
    assert said == "The disk is full, so nothing was saved. Make room on the server, then try again; what was saved is safe."
    with pytest.raises(BadInput, match="The disk is full, so the file wasn't kept. Make room"):
        files.put(b"x" * 2_000_000)
    assert files.all() == []
    assert list((files.folder / "arriving").iterdir()) == []
    assert [one.id for one in store.all(project, DataSet)] == saved
    ballast.unlink()
    assert whole(store)
    assert store.save(project, DataSet(name="after"), person="ana").seq == len(saved) + 1
    assert files.has(files.put(b"x"))
    store.close()


def test_a_disk_that_can_only_be_read_says_so_and_is_written_again_once_it_can(small_disk):
    store = Store(f"sqlite:///{small_disk / 'groundwork.db'}", KINDS)
    project = store.create_project("Handwriting", "ana").id
    store.save(project, Target(value=0.5), person="ana", id="target")
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(BadInput, match="can't be opened or written|can't be made|can't be read"):
        Store(f"sqlite:///{small_disk / 'groundwork.db'}", KINDS).save(project, Target(value=0.6), person="ana", id="target", read=1)
    with pytest.raises(BadInput, match="couldn't be written. Let the server's owner look at the folder's permissions"):
        Files(small_disk)
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    store = Store(f"sqlite:///{small_disk / 'groundwork.db'}", KINDS)
    assert store.get(project, Target, "target").body.value == 0.5
    assert store.save(project, Target(value=0.6), person="ana", id="target", read=1).version == 2
    store.close()


def test_a_database_that_can_only_be_read_says_so(store, project):
    with store.database.read() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(StoreUnavailable, match="can't be opened or written, so nothing was saved"):
        store.save(project.id, Target(value=0.5), person="ana", id="target")
    assert store.get(project.id, Target, "target") is None
    with store.database.read() as connection:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
    assert store.save(project.id, Target(value=0.5), person="ana", id="target").version == 1


def test_a_disk_that_fails_while_it_is_written_says_so_and_nothing_is_half_there(store, project, files, settings):
    size = max(one.stat().st_size for one in settings.home.glob("groundwork.db*"))
    with no_file_longer_than(size + 40_000):
        saved, said = fill(store, project.id)
        with pytest.raises(BadInput, match="couldn't be written|is full"):
            files.put(b"x" * 2_000_000)
    assert said == "The disk fails, so nothing was saved. Let the server's owner look at it; what was saved is safe."
    assert files.all() == []
    assert list((files.folder / "arriving").iterdir()) == []
    assert [one.id for one in store.all(project.id, DataSet)] == saved
    assert whole(store)
    assert store.save(project.id, DataSet(name="after"), person="ana").seq == len(saved) + 1


@pytest.fixture
def clock(monkeypatch):
    """A clock that can be set; the store and all that it is made of look at it."""

    class Clock(datetime):
        at = datetime(2026, 6, 1, 12, tzinfo=UTC)

        @classmethod
        def now(cls, tz=None):
            return cls.at

    for module in (history, jobs, people, projects, votes, servers):
        monkeypatch.setattr(module, "datetime", Clock)
    return Clock


def test_a_clock_that_goes_back_loses_no_change_and_hides_no_conflict(any_store, clock):
    project = any_store.create_project("Handwriting", "ana").id
    first = any_store.save(project, Target(value=0.1), person="ana", id="target")
    clock.at -= timedelta(days=400)
    second = any_store.save(project, Target(value=0.2), person="ben", id="target", read=first.version)
    assert second.updated_at < first.updated_at
    assert (second.version, second.seq) == (2, first.seq + 1)
    with pytest.raises(Conflict):
        any_store.save(project, Target(value=0.3), person="ana", id="target", read=first.version)
    assert [change.after["value"] for change in any_store.history(project)] == [0.2, 0.1]
    any_store.delete(project, Target, "target", read=2, person="ana")
    clock.at -= timedelta(days=1)
    assert any_store.restore(project, Target, "target", person="ana").body.value == 0.2


def test_a_clock_that_goes_back_makes_nobody_absent_and_keeps_nobody_who_left(any_store, clock):
    project = any_store.create_project("Handwriting", "ana").id
    any_store.see("ana", project, "Checks")
    any_store.see("ben", project, "Checks")
    clock.at -= timedelta(hours=1)
    any_store.see("ana", project, "Checks")
    assert [one.person_id for one in any_store.present(project)] == ["ana"]


def test_a_clock_that_goes_back_loses_no_job_and_no_quick_check(any_store, clock):
    project = any_store.create_project("Handwriting", "ana").id
    server = "elsewhere|1|1.00|abcd"
    any_store.beat(server)
    job = any_store.add_job(project, "components.demo.work:fill", {}, "Fill", "ana", server)
    clock.at -= timedelta(hours=1)
    assert not servers.is_dead(server, any_store.working_servers()[server])
    assert any_store.start_job(job)
    any_store.end_job(job, "done")
    assert any_store.job(job).state == "done"
    assert any_store.expire(clock.at) == 0
