"""The record store, the same suite on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from components.errors import BadInput
from components.kinds import KINDS
from components.project.data_sets import DataSet
from components.project.projects import new_id
from components.project.store import Conflict, Store, StoreUnavailable
from components.project.target import Target


@pytest.fixture
def project_id(any_store):
    return any_store.create_project("Handwriting", "ana").id


def test_a_saved_body_comes_back_with_its_version_author_and_time(any_store, project_id):
    before = datetime.now(UTC)
    saved = any_store.save(project_id, Target(value=0.98), person="ana", id="target")
    found = any_store.get(project_id, Target, "target")
    assert found == saved
    assert found.body == Target(value=0.98)
    assert (found.version, found.updated_by) == (1, "ana")
    assert before <= found.updated_at <= datetime.now(UTC)


def test_saving_over_what_was_read_raises_the_version_and_keeps_the_history(any_store, project_id):
    first = any_store.save(project_id, Target(value=0.98), person="ana", id="target")
    second = any_store.save(project_id, Target(value=0.99), person="ben", id="target", read=first.version)
    assert second.version == 2
    newest, oldest = any_store.history(project_id, kind="target")
    assert (newest.before["value"], newest.after["value"], newest.person) == (0.98, 0.99, "ben")
    assert oldest.before is None


def test_a_conflict_carries_both_and_changes_nothing(any_store, project_id):
    read = any_store.save(project_id, Target(value=0.98), person="ana", id="target")
    any_store.save(project_id, Target(value=0.99), person="ben", id="target", read=read.version)
    seq = any_store.seq(project_id)
    with pytest.raises(Conflict) as caught:
        any_store.save(project_id, Target(value=0.97), person="ana", id="target", read=read.version)
    assert caught.value.mine == Target(value=0.97)
    assert caught.value.theirs.body == Target(value=0.99)
    assert caught.value.theirs.updated_by == "ben"
    assert any_store.get(project_id, Target, "target").body.value == 0.99
    assert any_store.seq(project_id) == seq


def test_two_first_saves_of_one_id_are_a_conflict(any_store, project_id):
    any_store.save(project_id, Target(value=0.98), person="ana", id="target")
    with pytest.raises(Conflict) as caught:
        any_store.save(project_id, Target(value=0.9), person="ben", id="target")
    assert caught.value.theirs.body.value == 0.98


def test_saving_over_a_deleted_record_is_a_conflict_without_theirs(any_store, project_id):
    read = any_store.save(project_id, Target(value=0.98), person="ana", id="target")
    any_store.delete(project_id, Target, "target", read=1, person="ben")
    with pytest.raises(Conflict) as caught:
        any_store.save(project_id, Target(value=0.9), person="ana", id="target", read=read.version)
    assert caught.value.theirs is None


def test_deleting_what_somebody_changed_is_a_conflict(any_store, project_id):
    any_store.save(project_id, Target(value=0.98), person="ana", id="target")
    any_store.save(project_id, Target(value=0.99), person="ben", id="target", read=1)
    with pytest.raises(Conflict):
        any_store.delete(project_id, Target, "target", read=1, person="ana")
    assert any_store.get(project_id, Target, "target").body.value == 0.99


def test_put_overwrites_and_keeps_what_stood_there_in_the_history(any_store, project_id):
    any_store.put(project_id, Target(value=0.9), person="ana", id="target")
    again = any_store.put(project_id, Target(value=0.8), person="ben", id="target")
    assert again.version == 2
    assert any_store.history(project_id, kind="target")[0].before["value"] == 0.9


def test_records_come_in_the_order_in_which_they_were_made(any_store, project_id):
    names = ["zebra", "ape", "moose"]
    for name in names:
        any_store.save(project_id, DataSet(name=name), person="ana")
    first = any_store.all(project_id, DataSet)[0]
    any_store.save(project_id, DataSet(name="zebra 2"), person="ana", id=first.id, read=1)
    assert [record.body.name for record in any_store.all(project_id, DataSet)] == ["zebra 2", "ape", "moose"]


def test_projects_are_listed_by_their_last_change(any_store, project_id):
    other = any_store.create_project("Churn", "ben")
    any_store.save(project_id, Target(value=0.5), person="ana", id="target")
    assert [project.id for project in any_store.projects()] == [project_id, other.id]
    any_store.rename_project(other.id, "  Churn   warning ", "ben")
    assert any_store.project(other.id).name == "Churn warning"


def test_a_deleted_project_is_gone_until_it_is_restored(any_store, project_id):
    any_store.save(project_id, Target(value=0.5), person="ana", id="target")
    any_store.delete_project(project_id, "ben")
    assert any_store.project(project_id) is None
    assert any_store.projects() == []
    with pytest.raises(BadInput, match="isn't here any more"):
        any_store.save(project_id, Target(value=0.6), person="ana", id="target", read=1)
    any_store.restore_project(project_id, "ana")
    assert any_store.get(project_id, Target, "target").body.value == 0.5


def test_an_unlisted_project_expires_unless_it_is_kept(any_store):
    now = datetime.now(UTC)
    kept = any_store.create_project("kept", "ana", unlisted=True, expires_at=now)
    any_store.create_project("left", "ana", unlisted=True, expires_at=now)
    later = any_store.create_project("later", "ana", unlisted=True, expires_at=now + timedelta(days=7))
    any_store.keep_project(kept.id, "kept", "ana")
    assert any_store.expire(now + timedelta(seconds=1)) == 1
    assert [project.name for project in any_store.projects()] == ["kept"]
    assert any_store.project(later.id) is not None


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_project_needs_a_name_of_decent_length(any_store, name):
    with pytest.raises(BadInput):
        any_store.create_project(name, "ana")


def test_seq_rises_by_one_with_every_change_whoever_writes(any_store, project_id):
    def write(number):
        return [any_store.save(project_id, DataSet(name=f"{number}-{i}"), person=str(number)).seq for i in range(12)]

    with ThreadPoolExecutor(8) as pool:
        seqs = sorted(seq for part in pool.map(write, range(8)) for seq in part)
    assert seqs == list(range(1, 97))
    assert any_store.seq(project_id) == 96
    assert [change.seq for change in any_store.history(project_id, most=None)] == list(range(96, 0, -1))


def test_of_many_writers_of_one_version_exactly_one_wins(any_store, project_id):
    any_store.save(project_id, Target(value=0.5), person="ana", id="target")

    def write(number):
        try:
            any_store.save(project_id, Target(value=number / 100), person=str(number), id="target", read=1)
        except Conflict as conflict:
            return conflict.theirs.body.value * 100
        return "won"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(write, range(8)))
    assert outcomes.count("won") == 1
    assert set(outcomes) - {"won"} == {float(outcomes.index("won"))}


def test_people_have_names_and_are_here_for_a_while(any_store, project_id):
    assert any_store.person("x1") is None
    any_store.name_person("x1", " Ana  Maria ")
    any_store.see("x1", project_id, "Checks")
    any_store.see("x2", project_id, "Labels")
    assert any_store.person("x1").name == "Ana Maria"
    assert {(p.name, p.screen) for p in any_store.present(project_id)} == {("Ana Maria", "Checks"), ("Somebody", "Labels")}
    assert any_store.present(project_id, within_seconds=-5) == []
    any_store.save(project_id, Target(value=0.5), person="x1", id="target")
    assert [p.name for p in any_store.people(project_id)] == ["Ana Maria"]


def test_a_second_store_on_the_same_database_sees_everything(any_store, database_url, project_id):
    any_store.save(project_id, Target(value=0.5), person="ana", id="target")
    other = Store(database_url, KINDS)
    assert other.get(project_id, Target, "target").body.value == 0.5
    other.close()


def test_four_stores_that_start_at_once_migrate_once(database_url):
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: Store(database_url, KINDS), range(4)))
    for opened in stores:
        opened.ping()
        opened.close()


def test_a_database_of_a_newer_version_is_left_alone(any_store, database_url):
    import sqlalchemy as sa

    with any_store.database.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match="newer version"):
        Store(database_url, KINDS)


def test_a_record_made_again_is_not_taken_for_the_one_before(any_store, project_id):
    any_store.save(project_id, Target(value=0.98), person="ana", id="target")
    any_store.delete(project_id, Target, "target", read=1, person="ben")
    again = any_store.save(project_id, Target(value=0.5), person="ben", id="target")
    with pytest.raises(Conflict) as caught:
        any_store.save(project_id, Target(value=0.97), person="ana", id="target", read=1)
    assert caught.value.theirs == again
    assert any_store.get(project_id, Target, "target").body.value == 0.5


def test_deleting_keeps_what_was_there_in_the_history(any_store, project_id):
    any_store.save(project_id, Target(value=0.98), person="ana", id="target")
    any_store.delete(project_id, Target, "target", read=1, person="ben")
    any_store.delete(project_id, Target, "target", read=1, person="cleo")
    newest = any_store.history(project_id)[0]
    assert (newest.before["value"], newest.after, newest.person) == (0.98, None, "ben")
    assert len(any_store.history(project_id, most=1)) == 1
    assert any_store.history(project_id, kind="data_set") == []
    assert any_store.history(project_id, id="target", kind="target") == any_store.history(project_id)


def test_what_happened_to_a_project_itself_is_in_its_history(any_store, project_id):
    any_store.rename_project(project_id, "Digits", "ben")
    any_store.delete_project(project_id, "cleo")
    any_store.restore_project(project_id, "dan")
    restored, deleted, renamed = any_store.history(project_id, kind="project")
    assert (renamed.before["name"], renamed.after["name"], renamed.person) == ("Handwriting", "Digits", "ben")
    assert (deleted.after["deleted"], deleted.person) == (True, "cleo")
    assert (restored.after["deleted"], restored.person) == (False, "dan")


def test_restoring_or_deleting_twice_is_a_sentence(any_store, project_id):
    with pytest.raises(BadInput):
        any_store.restore_project(project_id, "ana")
    any_store.delete_project(project_id, "ana")
    with pytest.raises(BadInput):
        any_store.delete_project(project_id, "ana")


def test_an_id_is_given_once_and_free_again_when_its_project_is_erased(any_store):
    any_store.create_project("Handwriting", "ana", id="demo", demo=True)
    any_store.save("demo", Target(value=0.5), person="ana", id="target")
    with pytest.raises(BadInput, match="already"):
        any_store.create_project("Handwriting", "ben", id="demo")
    any_store.erase_project("demo")
    any_store.create_project("Handwriting", "ben", id="demo")
    assert any_store.get("demo", Target, "target") is None
    assert any_store.history("demo") == []


@pytest.mark.parametrize("id", ["", "a b", "a/b", "ü", "x" * 65, "<script>"])
def test_an_id_of_a_project_fits_into_an_address(any_store, id):
    with pytest.raises(BadInput):
        any_store.create_project("Handwriting", "ana", id=id)


def test_an_expired_project_is_not_there_even_before_it_is_removed(any_store):
    left = any_store.create_project("left", "ana", unlisted=True, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert any_store.project(left.id) is None


def test_presence_is_written_once_in_a_while_and_never_disturbs(any_store, project_id):
    any_store.see("x1", project_id, "Checks")
    first = any_store.present(project_id)[0].at
    any_store.see("x1", project_id, "Checks")
    assert any_store.present(project_id)[0].at == first
    any_store.see("x1", project_id, "Labels")
    assert [(one.screen, one.at > first) for one in any_store.present(project_id)] == [("Labels", True)]
    any_store.see("x1", "no project", "Labels")
    assert any_store.seq(project_id) == 0


def test_somebody_named_by_eight_at_once_has_one_name(any_store):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: any_store.name_person("x", f"Ana {number}"), range(8)))
    assert any_store.person("x").name.startswith("Ana ")


def test_ids_begin_with_no_dash_that_a_shell_would_take_for_an_option():
    ids = {new_id() for _ in range(500)}
    assert len(ids) == 500
    assert all(id_.isalnum() and len(id_) == 16 for id_ in ids)
