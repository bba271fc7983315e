"""Rules, their versions and numbers: a change of what a rule asks for is a version, a change of its status is none."""

import pytest
from pydantic import ValidationError

from components.data.condition import Clause, Condition
from components.data.rulebook.records import Rule, Shown
from components.data.rulebook.versions import difference, rulebook, word_changes

BLURRED = Rule(name="Badly clicked", definition="More than a few words are hard to read", label="bad")


def test_the_hash_tells_contents_apart_and_nothing_else():
    assert BLURRED.content == BLURRED.model_copy(update={"status": "agreed", "owner": "Ana", "agreed_by": "r"}).content
    changes = (
        {"definition": "More than 5 words are hard to read"},
        {"label": "worse"},
        {"action": "flag"},
        {"condition": Condition(clauses=(Clause(column="hard_words", operator="above", value="5"),))},
        {"examples": (Shown(item="1.png"),)},
        {"counter_examples": (Shown(item="1.png"),)},
    )
    contents = {BLURRED.model_copy(update=change).content for change in changes}
    assert len(contents | {BLURRED.content}) == len(changes) + 1


def test_a_rule_that_was_agreed_holds_until_its_wording_changes():
    agreed = BLURRED.model_copy(update={"status": "agreed", "agreed_content": BLURRED.content})
    assert agreed.holds
    assert not agreed.model_copy(update={"definition": "Something else"}).holds


def test_versions_follow_from_the_history_and_numbers_stay(any_store):
    project = any_store.create_project("Pages", "ana").id
    first = any_store.save(project, BLURRED, person="ana", id="a")
    any_store.save(project, Rule(name="Cropped", definition="A stroke is cut", label="cropped"), person="ben", id="b")
    owned = any_store.save(project, first.body.model_copy(update={"owner": "Ana"}), person="ana", id="a", read=1)
    sharper = owned.body.model_copy(update={"definition": "More than 5 words are hard to read"})
    any_store.save(project, sharper, person="ben", id="a", read=2)
    [a, b] = rulebook(any_store, project)
    assert [(one.number, one.version) for one in (a, b)] == [(1, 2), (2, 1)]
    assert [(one.number, one.person) for one in a.versions] == [(1, "ana"), (2, "ben")]
    assert a.content_of(BLURRED.content).definition == BLURRED.definition
    assert (a.cited.version, a.cited.content, a.cited.label) == (2, sharper.content, "bad")
    any_store.delete(project, Rule, "a", read=3, person="ana")
    any_store.save(project, Rule(name="Dark", definition="Too dark to read", label="dark"), person="ana", id="c")
    assert [(one.number, one.id) for one in rulebook(any_store, project)] == [(2, "b"), (3, "c")]


def test_a_retired_rule_is_left_out_where_only_living_ones_are_asked_for(store, project):
    store.save(project.id, BLURRED.model_copy(update={"status": "retired"}), person="ana", id="a")
    assert rulebook(store, project.id, retired=False) == []
    assert len(rulebook(store, project.id)) == 1


def test_the_difference_names_fields_and_words():
    after = BLURRED.model_copy(
        update={"definition": "More than 5 words are hard to read", "counter_examples": (Shown(text="smudge", why="thumb"),)}
    )
    assert difference(BLURRED, after) == [
        ("Definition", "More than a few words are hard to read", "More than 5 words are hard to read"),
        ("Counter-examples", "none", "smudge (thumb)"),
    ]
    assert word_changes("a b c", "a c d") == [("same", "a"), ("gone", "b"), ("same", "c"), ("new", "d")]


def test_an_example_names_an_item_or_says_something():
    with pytest.raises(ValidationError, match="names an item or says something"):
        Shown(why="because")
