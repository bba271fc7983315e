"""A database that is locked, full, damaged or away: a sentence, nothing half-saved, and on it goes when it is back."""

import sqlite3
import threading

import pytest
import sqlalchemy as sa

from components.errors import BadInput
from components.kinds import KINDS
from components.project import database
from components.project.data_sets import DataSet
from components.project.store import Store, StoreUnavailable
from components.project.target import Target


@pytest.fixture
def impatient(monkeypatch):
    """Waiting for others ends at once."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)


def test_a_database_locked_by_another_program_says_so_and_saves_nothing(impatient, settings):
    store = Store(settings.database_url, KINDS)
    project = store.create_project("Handwriting", "ana")
    other = sqlite3.connect(settings.home / "groundwork.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="busy, so nothing was saved. Try again in a moment; what you typed is still here"):
        store.save(project.id, Target(value=0.5), person="ana", id="target")
    store.see("ana", project.id, "Checks")
    assert store.get(project.id, Target, "target") is None
    other.execute("ROLLBACK")
    other.close()
    assert store.save(project.id, Target(value=0.5), person="ana", id="target").version == 1
    store.close()


def test_a_writer_does_not_wait_for_ever_for_its_turn_in_the_process(impatient, store, project):
    with store.database.write():
        caught = []

        def write():
            try:
                store.save(project.id, Target(value=0.5), person="ana", id="target")
            except StoreUnavailable as error:
                caught.append(error.what)

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert caught == ["The database is busy, so nothing was saved."]


def test_two_stores_of_a_process_on_one_file_take_turns(store, project, settings):
    other = Store(settings.database_url, KINDS)
    assert other.database._writer is store.database._writer
    other.close()


def test_a_row_locked_on_postgresql_says_so(impatient, postgres_url):
    store = Store(postgres_url, KINDS)
    project = store.create_project("Handwriting", "ana")
    with store.database.write() as connection:
        connection.execute(sa.text("UPDATE project SET seq = seq"))
        with pytest.raises(StoreUnavailable, match="busy"):
            store.save(project.id, Target(value=0.5), person="ana", id="target")
    assert store.save(project.id, Target(value=0.5), person="ana", id="target").version == 1
    store.close()


def test_a_full_disk_says_so_keeps_what_was_saved_and_goes_on_when_there_is_room(store, project):
    with store.database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 8}")
    saved = []

    def fill():
        while len(saved) < 100:
            saved.append(store.save(project.id, DataSet(name="x", note="y" * 4000), person="ana").id)

    with pytest.raises(StoreUnavailable, match="The disk is full, so nothing was saved. Make room"):
        fill()
    with store.database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        connection.exec_driver_sql("PRAGMA max_page_count=100000")
    assert 0 < len(saved) < 100
    assert [record.id for record in store.all(project.id, DataSet)] == saved
    assert store.seq(project.id) == len(saved)
    assert store.save(project.id, DataSet(name="x"), person="ana").seq == len(saved) + 1


def test_postgresql_that_was_restarted_is_found_again(postgres_url):
    store, admin = Store(postgres_url, KINDS), sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    project = store.create_project("Handwriting", "ana")
    with admin.connect() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ended = connection.execute(sa.text(others)).all()
    admin.dispose()
    assert ended
    assert store.save(project.id, Target(value=0.5), person="ana", id="target").version == 1
    store.close()


def test_postgresql_that_is_away_says_so():
    with pytest.raises(StoreUnavailable, match="doesn't answer, so nothing was read"):
        Store("postgresql://nobody@127.0.0.1:1/none", KINDS)


@pytest.mark.parametrize("content", [b"Dear diary, today " * 500, b"SQLite format 3\0" + bytes(5000)])
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path, content):
    path = tmp_path / "groundwork.db"
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable, match="damaged"):
        Store(f"sqlite:///{path}", KINDS)
    assert path.read_bytes() == content


@pytest.mark.parametrize("place", ["file/groundwork.db", "folder"])
def test_a_place_that_holds_no_database_says_so(tmp_path, place):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreUnavailable):
        Store(f"sqlite:///{tmp_path / place}", KINDS)


@pytest.mark.parametrize("url", ["not an address", "mysql://x/y"])
def test_an_address_that_cannot_be_used_says_so(url):
    with pytest.raises(StoreUnavailable):
        Store(url, KINDS)


def test_a_database_in_memory_works_for_all_threads(tmp_path):
    store = Store("sqlite://", KINDS)
    project = store.create_project("Handwriting", "ana")
    threads = [
        threading.Thread(target=lambda: store.save(project.id, DataSet(name="x"), person="ana"), name=str(number)) for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.all(project.id, DataSet)) == 8
    store.close()


def test_every_sentence_is_for_a_person_and_chained_to_its_cause(store, project):
    with store.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE presence")
    with pytest.raises(BadInput) as caught:
        store.present(project.id)
    assert "sqlite" not in str(caught.value).lower()
    assert isinstance(caught.value.__cause__, sa.exc.OperationalError)
