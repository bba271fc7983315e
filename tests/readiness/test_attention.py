"""What the team should look at: fired triggers, what is overdue, kill criteria, the latest decisions; each kind read once."""

from datetime import date

import pytest

from components.project.decisions import Decision
from components.project.meetings import ActionItem
from components.project.shelf import Shelf
from components.readiness.attention import attention
from components.readiness.records import ChecklistAnswer
from components.readiness.standing import standing
from components.report.parts import Source
from components.report.promises import decisions, milestones
from components.scoping.milestones import Milestone, Promise

TODAY = date(2026, 11, 24)
WATCHED = {"revisit_figure": "ml-test-score", "revisit_comparison": "<", "revisit_value": 1.0}


@pytest.fixture
def filled(store, project):
    """A project in which everything that can happen has happened."""

    def put(body, id_):
        store.put(project.id, body, person="ana", id=id_)

    put(ChecklistAnswer(state="manual"), "C01")
    put(
        Decision(title="Pilot in one office", on=date(2026, 11, 1), revisit="we are not ready", dissent="Ben: too early", **WATCHED),
        "fired",
    )
    put(Decision(title="Canary", on=date(2026, 11, 20), revisit_on=date(2026, 12, 1)), "waits")
    put(Decision(title="An older target", on=date(2026, 9, 1), revisit_on=date(2026, 9, 2)), "old")
    put(Decision(title="Target", on=date(2026, 10, 1), supersedes=["old"]), "new")
    kill = {"kill_figure": "ml-test-score", "kill_comparison": "<", "kill_value": 0.5}
    put(Milestone(title="Lab", due=date(2026, 11, 1), **kill), "m")
    put(Promise(milestone="m", metric="ML Test Score", value=2, figure="ml-test-score"), "p")
    put(ActionItem(what="Ask IT", owner="Dev", due=date(2026, 11, 20)), "a")
    put(ActionItem(what="Later", due=date(2026, 12, 20)), "b")
    return project.id


def test_what_came_true_and_what_is_overdue_is_found(store, filled):
    found = attention(Shelf(store, filled), TODAY)
    assert [one.entry.id for one in found.fired] == ["fired"]
    assert [entry.id for entry in found.latest] == ["waits", "fired", "new"]
    assert found.trigger_of(found.latest[0]).state == "waiting"
    assert [course.id for course in found.killed] == [course.id for course in found.late] == ["m"]
    assert [item.body.what for item in found.actions] == ["Ask IT"]


def test_a_superseded_decision_is_not_watched(store, filled):
    assert "old" not in [one.entry.id for one in attention(Shelf(store, filled), TODAY).triggers]


def test_each_kind_of_record_is_read_once_however_many_there_are(store, filled, monkeypatch):
    asked = []
    everything = store.all
    monkeypatch.setattr(store, "all", lambda project_id, kind: asked.append(kind) or everything(project_id, kind))
    attention(Shelf(store, filled), TODAY)
    number = len(asked)
    assert number == len(set(asked))
    for place in range(30):
        store.put(filled, Decision(title=f"d{place}"), person="ana", id=f"d{place}")
    asked.clear()
    attention(Shelf(store, filled), TODAY)
    assert len(asked) == number


def test_a_project_without_milestones_is_asked_for_one(store, project):
    assert "scoping/milestones" in [step.screen for step in standing(store, project.id).lanes[0].open]


def test_the_report_shows_promised_against_measured_and_open_dissent(store, files, filled):
    source = Source(store, files, filled)
    promised = milestones(source)
    assert promised.answer.startswith("Stop “Lab”, or decide why not")
    row = promised.parts[0].tables[0].iloc[0]
    assert (row["promised"], row["state"]) == ("ML Test Score at least 2.00", "missed")
    logged = decisions(source)
    assert logged.answer.startswith("3 of 4 decisions are in force; it is time to look at ")
    dissent = next(part for part in logged.parts if part.title == "Open dissent")
    assert dissent.tables[0]["dissent"].tolist() == ["Ben: too early"]
    assert all("<svg" in picture for part in [*promised.parts, *logged.parts] for picture in part.pictures)


def test_without_any_the_report_says_so(store, files, project):
    source = Source(store, files, project.id)
    assert milestones(source).missing == "Nothing is promised yet."
    assert decisions(source).parts == []
