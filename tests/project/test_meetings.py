"""Meetings: begun once, moved once by two who press together, and what is overdue afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from components.errors import BadInput
from components.project import meetings
from components.project.meetings import SCOPING, ActionItem, Meeting, Point, Seat
from components.project.store import Conflict


@pytest.fixture
def prepared(any_store):
    project = any_store.create_project("Handwriting", "ana")
    return any_store.save(project.id, Meeting(points=list(SCOPING)), person="ana")


def test_a_meeting_begins_at_its_first_point_and_its_time_runs(any_store, prepared):
    begun = meetings.begin(any_store, prepared, "ana")
    assert (begun.body.state, begun.body.at, begun.body.led_by) == ("running", 0, "ana")
    left = begun.body.ends_at - datetime.now(UTC)
    assert timedelta(minutes=14.8) < left <= timedelta(minutes=15)
    assert meetings.running(any_store, prepared.project_id) == begun


def test_a_second_meeting_does_not_begin_beside_it(any_store, prepared):
    meetings.begin(any_store, prepared, "ana")
    other = any_store.save(prepared.project_id, Meeting(points=[Point(title="a")]), person="ben")
    with pytest.raises(BadInput, match="is running already"):
        meetings.begin(any_store, other, "ben")
    empty = any_store.save(prepared.project_id, Meeting(), person="ben")
    with pytest.raises(BadInput, match="no points yet"):
        meetings.begin(any_store, empty, "ben")


def test_two_who_lead_on_at_the_same_moment_move_it_once(any_store, prepared):
    begun = meetings.begin(any_store, prepared, "ana")

    def press(person):
        try:
            return meetings.go_to(any_store, begun, 1, person).body.at
        except Conflict:
            return None

    with ThreadPoolExecutor(2) as pool:
        moved = list(pool.map(press, ["ana", "ben"]))
    assert sorted(moved, key=str) == [1, None]
    assert any_store.get(prepared.project_id, Meeting, prepared.id).body.at == 1


def test_leading_stays_within_the_agenda_and_time_is_added_from_now(any_store, prepared):
    begun = meetings.begin(any_store, prepared, "ana")
    last = meetings.go_to(any_store, begun, 99, "ana")
    assert last.body.point == SCOPING[-1]
    over = meetings.more_time(any_store, last, 5, "ana")
    assert over.body.ends_at == last.body.ends_at + timedelta(minutes=5)
    taken = meetings.lead(any_store, over, "ben")
    closed = meetings.close(any_store, taken, "ben", "Recogniser first")
    assert (closed.body.led_by, closed.body.state, closed.body.summary) == ("ben", "closed", "Recogniser first")
    assert meetings.running(any_store, prepared.project_id) is None


def test_everybody_has_one_seat(any_store, prepared):
    for here in (True, False, True):
        meetings.sit(any_store, prepared, "ana", "Ana", here)
    found = any_store.all(prepared.project_id, Seat)
    assert [(seat.id, seat.body.here) for seat in found] == [(meetings.seat_id(prepared.id, "ana"), True)]
    assert meetings.seat_id("x" * 128, "y" * 64) != meetings.seat_id("x" * 128, "z" * 64)


def test_what_is_overdue_comes_longest_first_and_what_is_done_never(store, project):
    for number, (due, done) in enumerate(
        [(date(2026, 11, 20), False), (date(2026, 11, 1), False), (date(2026, 11, 1), True), (None, False)]
    ):
        store.save(project.id, ActionItem(what=f"a{number}", due=due, done=done), person="ana")
    late = meetings.overdue(store.all(project.id, ActionItem), date(2026, 11, 20))
    assert [one.body.what for one in late] == ["a1"]
    late = meetings.overdue(store.all(project.id, ActionItem), date(2026, 11, 24))
    assert [one.body.what for one in late] == ["a1", "a0"]
