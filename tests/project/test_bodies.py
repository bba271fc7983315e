"""What the store does with bodies of other versions, damaged ones, and values that not every database can hold."""

from typing import ClassVar

import pytest
import sqlalchemy as sa

from components.errors import BadInput
from components.kinds import KINDS
from components.project import schema
from components.project.data_sets import DataSet
from components.project.records import Body
from components.project.store import Store
from components.project.target import Target


class FirstNote(Body):
    kind: ClassVar[str] = "note"
    text: str


class SecondNote(Body):
    kind: ClassVar[str] = "note"
    schema_version: int = 2
    words: list[str]
    figure: float = 0.0

    @classmethod
    def upgrade(cls, body):
        return {"words": body["text"].split()}


@pytest.fixture
def old_and_new(database_url):
    """Two servers on one database, of which one knows a newer form of notes."""
    stores = Store(database_url, [FirstNote]), Store(database_url, [SecondNote])
    yield *stores, stores[0].create_project("Handwriting", "ana").id
    for store in stores:
        store.close()


def overwrite(store, body):
    with store.database.write() as connection:
        connection.execute(sa.update(schema.record).values(body=body))


def test_an_older_body_is_read_in_todays_form_and_keeps_its_version(old_and_new):
    old, new, project = old_and_new
    old.save(project, FirstNote(text="two words"), person="ana", id="n")
    found = new.get(project, SecondNote, "n")
    assert found.body == SecondNote(words=["two", "words"])
    assert found.version == 1
    assert new.all(project, SecondNote)[0] == found


def test_a_newer_body_is_refused_with_a_sentence(old_and_new):
    old, new, project = old_and_new
    new.save(project, SecondNote(words=["a"]), person="ana", id="n")
    with pytest.raises(BadInput, match="newer version of Groundwork"):
        old.get(project, FirstNote, "n")


@pytest.mark.parametrize("body", [{"schema_version": 1}, {"schema_version": 2, "words": 3}, {"schema_version": "1", "text": "a"}, {}, []])
def test_a_damaged_body_is_a_sentence_that_names_the_record(old_and_new, body):
    _, new, project = old_and_new
    new.save(project, SecondNote(words=["a"]), person="ana", id="n7")
    overwrite(new, body)
    with pytest.raises(BadInput, match="n7"):
        new.get(project, SecondNote, "n7")


def test_a_kind_that_the_store_was_not_given_is_a_mistake_of_ours(any_store):
    project = any_store.create_project("Handwriting", "ana").id
    with pytest.raises(TypeError, match="note"):
        any_store.save(project, FirstNote(text="a"), person="ana")


def test_two_kinds_of_one_name_are_a_mistake_of_ours(tmp_path):
    with pytest.raises(TypeError, match="note"):
        Store(f"sqlite:///{tmp_path / 'a.db'}", [FirstNote, SecondNote])
    assert len({kind.kind for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("figure", [float("nan"), float("inf")])
def test_a_figure_that_is_no_number_is_refused_and_changes_nothing(old_and_new, figure):
    _, new, project = old_and_new
    with pytest.raises(BadInput, match="no number"):
        new.save(project, SecondNote(words=[], figure=figure), person="ana", id="n")
    assert new.get(project, SecondNote, "n") is None
    assert new.seq(project) == 0


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=cmd()", "\0", "𝄞 ü 漢字\n\t", "x" * 5000, "'; DROP TABLE record; --"])
def test_any_text_comes_back_as_it_was_typed(any_store, text):
    project = any_store.create_project("Handwriting", "ana").id
    any_store.save(project, DataSet(name="a", note=text), person="ana", id="d")
    assert any_store.get(project, DataSet, "d").body.note == text


@pytest.mark.parametrize("hostile", ["", "a\0b", "\ud800", "x" * 3000, "'; DROP TABLE project; --", "../../etc/passwd"])
def test_an_address_or_a_cookie_may_hold_anything(any_store, hostile):
    project = any_store.create_project("Handwriting", "ana").id
    assert any_store.project(hostile) is None
    assert any_store.person(hostile) is None
    any_store.see(hostile, project, "Checks")
    assert len(any_store.present(project)) in {0, 1}
    assert any_store.project(project) is not None


@pytest.mark.parametrize(("person", "id"), [("x" * 65, "target"), ("a\0", "target"), ("ana", "x" * 129), ("ana", "a\0")])
def test_ids_that_not_every_database_can_hold_are_refused_by_all(any_store, person, id):
    project = any_store.create_project("Handwriting", "ana").id
    with pytest.raises(BadInput):
        any_store.save(project, Target(value=0.5), person=person, id=id)
    assert any_store.seq(project) == 0


def test_names_are_kept_on_one_line_without_signs_that_no_screen_can_show(any_store):
    project = any_store.create_project("  Hand\0writing \n for\tforms \ud800", "ana")
    assert any_store.project(project.id).name == "Hand writing for forms"
    assert any_store.name_person("x", "Ana\u202e\0 Maria").name == "Ana Maria"
    for name in ("", " \0 ", "x" * 81):
        with pytest.raises(BadInput, match="person"):
            any_store.name_person("x", name)
    assert any_store.person("x").name == "Ana Maria"
