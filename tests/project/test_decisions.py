"""Decisions: written down with votes and dissent, superseded in chains that never lead back."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from components.errors import BadInput
from components.project.decisions import Decision, Voice, check_chain, decide, log
from components.project.meetings import Meeting, Point


def entries(store, project):
    return log(store.all(project.id, Decision))


def test_a_decision_knows_who_when_and_in_which_meeting(any_store):
    project = any_store.create_project("Handwriting", "ana")
    any_store.name_person("ana", "Ana")
    meeting = Meeting(state="running", started_at=datetime.now(UTC), points=[Point(title="Rank")])
    any_store.save(project.id, meeting, person="ana", id="m")
    voices = [Voice(who="Ana", role="engineering", said="Recogniser"), Voice(who="Ben", said="Online form", agrees=False, why="no typing")]
    made = decide(any_store, project.id, "ana", title="Recogniser first", outcome="It leads.", votes=voices, dissent="Ben: no typing")
    found = any_store.get(project.id, Decision, made.id).body
    assert (found.makers, found.meeting, found.on, found.status) == (["Ana"], "m", datetime.now(UTC).date(), "accepted")
    assert [voice.who for voice in found.disagreeing] == ["Ben"]
    assert entries(any_store, project)[0].open_dissent


def test_deciding_again_on_the_same_thing_supersedes_the_decision_that_held(store, project):
    first = decide(store, project.id, "ana", title="Target .98", about="target")
    other = decide(store, project.id, "ana", title="Canary", about="rollout")
    second = decide(store, project.id, "ana", title="Target .985", about="target")
    third = decide(store, project.id, "ana", title="Target .99", about="target")
    found = {entry.id: entry for entry in entries(store, project)}
    assert [entry.number for entry in found.values()] == [1, 2, 3, 4]
    assert found[first.id].superseded_by == (second.id,)
    assert third.body.supersedes == [second.id]
    assert [entry.id for entry in found.values() if entry.holds] == [other.id, third.id]


def test_only_an_accepted_decision_supersedes(store, project):
    first = decide(store, project.id, "ana", title="Target .98")
    decide(store, project.id, "ana", title="Target .99", status="proposed", supersedes=[first.id])
    assert entries(store, project)[0].holds


def test_a_chain_never_leads_back(store, project):
    first = decide(store, project.id, "ana", title="a")
    second = decide(store, project.id, "ana", title="b", supersedes=[first.id])
    records = store.all(project.id, Decision)
    check_chain(records, second.id, [first.id])
    for chain in ([first.id], [second.id]):
        with pytest.raises(BadInput, match="can't supersede itself"):
            check_chain(records, first.id, chain)


def test_a_watched_trigger_needs_figure_and_value():
    with pytest.raises(ValidationError, match="both a measured figure and a value"):
        Decision(title="a", revisit_figure="best-baseline")
    Decision(title="a", revisit="in a year", revisit_on=date(2027, 11, 24))


def test_text_is_kept_with_one_kind_of_line_break():
    assert Decision(title=" a\n b ", context="x\r\ny\r\n").model_dump(include={"title", "context"}) == {"title": "a b", "context": "x\ny"}
