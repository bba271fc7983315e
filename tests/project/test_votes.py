"""Rounds: nobody reads another's answer before the reveal, none is lost, and what is revealed stays."""

import json
import threading

import pytest

from components.errors import BadInput
from components.project.exchange import export_text, import_
from components.project.files import Files
from components.project.rounds import Card, Question, Round
from components.scoping.records import Problem

PURPOSE = {"vote": "vote", "write": "write"}


@pytest.fixture
def project(any_store):
    return any_store.create_project("Handwriting", "ana").id


@pytest.fixture
def round_id(any_store, project):
    body = Round(purpose="vote", title="Value", cards=[Card(kind="solution", id="s", title="S")], questions=[Question(name="v", title="V")])
    return any_store.save(project, body, person="ana", id="r").id


def join(store, project, *names):
    for name in names:
        store.join(project, "r", name.lower(), name)


def answers(store, project, person):
    return {(vote.voter, vote.card): vote.answers for vote in store.votes(project, "r", person)}


def test_votes_are_read_by_their_author_until_the_reveal_and_by_all_after_it(any_store, project, round_id):
    join(any_store, project, "Ana", "Ben")
    any_store.cast(project, round_id, "ana", "s", {"v": [1, 2, 3]}, "why not")
    any_store.cast(project, round_id, "ben", "s", {"v": [3, 4, 5]})
    assert answers(any_store, project, "ana") == {("ana", "s"): {"v": [1, 2, 3]}}
    assert answers(any_store, project, "ben") == {("ben", "s"): {"v": [3, 4, 5]}}
    assert answers(any_store, project, "chi") == {}
    assert any_store.reveal(project, round_id, "ana").body.state == "revealed"
    assert answers(any_store, project, "chi") == {("ana", "s"): {"v": [1, 2, 3]}, ("ben", "s"): {"v": [3, 4, 5]}}
    assert any_store.votes(project, round_id, "chi")[0].note == "why not"


def test_answering_again_replaces_the_answer(any_store, project, round_id):
    join(any_store, project, "Ana")
    for value in (1, 2):
        any_store.cast(project, round_id, "ana", "s", {"v": [value] * 3})
    assert answers(any_store, project, "ana") == {("ana", "s"): {"v": [2, 2, 2]}}
    any_store.withdraw(project, round_id, "ana", "s")
    assert answers(any_store, project, "ana") == {}


def test_nothing_is_taken_after_the_reveal_nor_from_who_has_not_joined(any_store, project, round_id):
    with pytest.raises(BadInput, match="not joined"):
        any_store.cast(project, round_id, "ana", "s", {"v": [1, 1, 1]})
    join(any_store, project, "Ana")
    any_store.reveal(project, round_id, "ana")
    for attempt in (
        lambda: any_store.cast(project, round_id, "ana", "s", {"v": [1, 1, 1]}),
        lambda: any_store.finish(project, round_id, "ana"),
        lambda: any_store.withdraw(project, round_id, "ana", "s"),
        lambda: any_store.join(project, round_id, "ben", "Ben"),
    ):
        with pytest.raises(BadInput, match="revealed in the meantime"):
            attempt()
    assert answers(any_store, project, "ana") == {}
    with pytest.raises(BadInput, match="isn't here"):
        any_store.cast(project, "no round", "ana", "s", {})


def test_nobody_votes_for_somebody_else_but_by_proxy(any_store, project, round_id):
    join(any_store, project, "Ana", "Ben")
    with pytest.raises(BadInput, match="not joined"):
        any_store.cast(project, round_id, "ben", "s", {"v": [9, 9, 9]}, voter="ana")
    eva = any_store.join(project, round_id, "ana", "Eva", proxy_for="")
    assert eva.by_proxy
    any_store.cast(project, round_id, "ana", "s", {"v": [5, 5, 5]}, voter=eva.voter)
    assert set(answers(any_store, project, "ana")) == {(eva.voter, "s")}
    assert answers(any_store, project, "ben") == {}
    with pytest.raises(BadInput, match="Somebody else enters the votes of Eva"):
        any_store.join(project, round_id, "ben", "Eva", proxy_for=eva.voter)
    with pytest.raises(BadInput, match="Somebody else enters the votes of Ben"):
        any_store.join(project, round_id, "ana", "Ben", proxy_for="ben")


def test_who_is_done_is_seen_by_all_and_the_last_one_ends_the_round(any_store, project):
    body = Round(purpose="vote", title="Value", least=2)
    any_store.save(project, body, person="ana", id="r")
    join(any_store, project, "Ana")
    assert not any_store.finish(project, "r", "ana"), "one of at least two"
    join(any_store, project, "Ben", "Chi")
    assert [(one.name, one.done) for one in any_store.ballots(project, "r")] == [("Ana", True), ("Ben", False), ("Chi", False)]
    assert not any_store.finish(project, "r", "ben")
    assert not any_store.finish(project, "r", "ana", done=False)
    assert not any_store.finish(project, "r", "chi")
    assert any_store.finish(project, "r", "ana")


def test_without_a_least_number_a_round_waits_for_a_person(any_store, project, round_id):
    join(any_store, project, "Ana", "Ben")
    assert not any_store.finish(project, round_id, "ana")
    assert not any_store.finish(project, round_id, "ben")


def test_joining_again_keeps_the_light_and_the_role(any_store, project, round_id):
    any_store.join(project, round_id, "ana", "Ana", "engineering")
    any_store.finish(project, round_id, "ana")
    again = any_store.join(project, round_id, "ana", "Anna")
    assert (again.name, again.role, again.done) == ("Anna", "engineering", True)
    any_store.save(project, Round(purpose="vote", title="Again", after=round_id), person="ana", id="second")
    assert any_store.join(project, "second", "ana", "Anna").role == "engineering"


def test_what_was_written_silently_becomes_records_of_their_writers_once(any_store, project):
    any_store.save(project, Round(purpose="write", title="Problems"), person="ana", id="r")
    join(any_store, project, "Ana", "Ben")
    for person, text in (("ana", "Forms wait"), ("ben", "Forms wait long"), ("ben", "Typos")):
        any_store.cast(project, "r", person, f"{person}-{text}", {"text": text})

    def turned(vote):
        return [(vote.card, Problem(statement=vote.answers["text"]))]

    assert any_store.all(project, Problem) == []
    before = any_store.seq(project)
    any_store.reveal(project, "r", "ana", turned)
    any_store.reveal(project, "r", "ben", turned)
    found = any_store.all(project, Problem)
    assert [(one.body.statement, one.updated_by) for one in found] == [("Forms wait", "ana"), ("Forms wait long", "ben"), ("Typos", "ben")]
    assert any_store.seq(project) == before + 1 + 1, "the second reveal changed nothing but took a number"
    assert any_store.get(project, Round, "r").version == 2


def test_a_history_and_the_order_of_changes_tell_nothing_of_a_vote(any_store, project, round_id):
    join(any_store, project, "Ana")
    before = any_store.seq(project), len(any_store.history(project))
    any_store.cast(project, round_id, "ana", "s", {"v": [1, 2, 3]})
    assert (any_store.seq(project), len(any_store.history(project))) == before


def test_fifty_people_vote_at_once_and_a_reveal_comes_between(any_store, project, round_id):
    people = [f"p{number}" for number in range(50)]
    join(any_store, project, *people)
    acknowledged, refused = [], []
    begin = threading.Barrier(len(people) + 1)

    def vote(person):
        begin.wait()
        for value in range(4):
            try:
                any_store.cast(project, round_id, person, "s", {"v": [value] * 3})
                acknowledged.append((person, value))
            except BadInput:
                refused.append((person, value))

    threads = [threading.Thread(target=vote, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    begin.wait()
    any_store.reveal(project, round_id, "ana")
    for thread in threads:
        thread.join()
    last = dict(sorted(acknowledged, key=lambda pair: pair[1]))
    assert {voter: found["v"][0] for (voter, _), found in answers(any_store, project, "ana").items()} == last
    assert len(acknowledged) + len(refused) == 200


def test_an_export_carries_the_votes_of_revealed_rounds_and_tells_nothing_of_blind_ones(any_store, project, round_id, tmp_path):
    files = Files(tmp_path)
    join(any_store, project, "Ana", "Ben")
    any_store.cast(project, round_id, "ana", "s", {"v": [1, None, 3]}, "why\nnot")
    assert "why" not in export_text(any_store, files, project)
    any_store.finish(project, round_id, "ana")
    any_store.join(project, round_id, "ben", "Eva", proxy_for="")
    any_store.reveal(project, round_id, "ana")
    there = import_(any_store, files, json.loads(export_text(any_store, files, project)), "chi").project_id
    assert there != project
    assert any_store.ballots(there, round_id) == any_store.ballots(project, round_id)
    assert any_store.votes(there, round_id, "") == any_store.votes(project, round_id, "")
    assert len(any_store.votes(there, round_id, "")) == 1


def test_an_export_that_holds_a_vote_twice_is_refused(any_store, project, round_id, tmp_path):
    files = Files(tmp_path)
    join(any_store, project, "Ana")
    any_store.cast(project, round_id, "ana", "s", {"v": [1, 2, 3]})
    any_store.reveal(project, round_id, "ana")
    document = json.loads(export_text(any_store, files, project))
    for part in ("votes", "ballots"):
        with pytest.raises(BadInput, match="the same vote twice"):
            import_(any_store, files, {**document, part: document[part] * 2}, "chi")
