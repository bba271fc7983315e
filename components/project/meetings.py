"""A meeting that the team holds on the screens: its agenda with time boxes, who is in it, and what has to be done afterwards."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from components.errors import BadInput
from components.project.records import Body, Record
from components.project.store import Store
from components.project.texts import Item, Line, Text


class Point(BaseModel):
    """One point of an agenda: what, for how long, and on which screen."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: Item = Field(title="Point")
    minutes: int = Field(10, title="Minutes", ge=1, le=480)
    screen: Line = Field("", title="Screen")
    note: Text = Field("", title="Note")


class Meeting(Body):
    """A meeting. `at` is the point that it is at, `ends_at` when that point's time is over; `led_by` is the id of who runs it."""

    kind: ClassVar[str] = "meeting"
    title: Item = Field("Scoping meeting", title="Meeting")
    state: Literal["planned", "running", "closed"] = "planned"
    points: list[Point] = []
    at: int = Field(0, ge=0)
    ends_at: datetime | None = None
    started_at: datetime | None = None
    closed_at: datetime | None = None
    led_by: str = ""
    summary: Text = Field("", title="In a sentence: what came out of it?")

    @property
    def point(self) -> Point | None:
        """The point that the meeting is at."""
        return self.points[self.at] if self.at < len(self.points) else None


class Seat(Body):
    """Somebody who is in a meeting; saved under the meeting's id and theirs."""

    kind: ClassVar[str] = "seat"
    meeting: str
    name: Line = ""
    here: bool = True


class ActionItem(Body):
    """Something that somebody does until a day."""

    kind: ClassVar[str] = "action_item"
    what: Item = Field(title="What has to be done")
    owner: Line = Field("", title="Who")
    due: date | None = Field(None, title="Until")
    done: bool = Field(False, title="Done")
    note: Text = Field("", title="Note")
    meeting: Line = ""


SCOPING = (
    Point(title="What hurts? Write problems silently, then reveal", minutes=15, screen="scoping/problems_and_solutions"),
    Point(title="How could it be solved, also without ML?", minutes=15, screen="scoping/problems_and_solutions"),
    Point(title="What have others reached?", minutes=10, screen="scoping/prior_work"),
    Point(title="Which idea first? Vote blind, talk about the widest spread", minutes=25, screen="scoping/assessment"),
    Point(title="What do we promise, and when do we stop?", minutes=15, screen="scoping/milestones"),
    Point(title="What did we decide, and who does what?", minutes=10, screen="project/meeting"),
)
"""The agenda of a scoping meeting."""


def running(store: Store, project_id: str) -> Record[Meeting] | None:
    """Return the meeting that is running in a project, the one begun last; None where there is none."""
    return latest_running(store.all(project_id, Meeting))


def latest_running(meetings: Sequence[Record[Meeting]]) -> Record[Meeting] | None:
    """Return the meeting that was begun last among those that run."""
    found = [record for record in meetings if record.body.state == "running"]
    return max(found, key=lambda record: (record.body.started_at is not None, record.body.started_at, record.id), default=None)


def begin(store: Store, meeting: Record[Meeting], person: str) -> Record[Meeting]:
    """Begin a meeting at its first point; whoever begins it leads it.

    Raises
    ------
    BadInput
        It has no points, or another meeting is running.
    Conflict
        Somebody changed it in the meantime; so from all functions here that take a record.
    """
    if not meeting.body.points:
        raise BadInput("This meeting has no points yet.", "Write down one, or take the agenda of a scoping meeting.")
    other = running(store, meeting.project_id)
    if other is not None:
        raise BadInput(f"“{other.body.title}” is running already.", "Join it, or close it first.")
    now = datetime.now(UTC)
    begun = {"state": "running", "at": 0, "started_at": now, "ends_at": _until(meeting.body.points[0], now), "led_by": person}
    return _changed(store, meeting, person, begun)


def go_to(store: Store, meeting: Record[Meeting], at: int, person: str) -> Record[Meeting]:
    """Lead a meeting to another point, whose time begins now; two who press at the same moment move it once."""
    at = min(max(at, 0), len(meeting.body.points) - 1)
    return _changed(store, meeting, person, {"at": at, "ends_at": _until(meeting.body.points[at], datetime.now(UTC))})


def more_time(store: Store, meeting: Record[Meeting], minutes: int, person: str) -> Record[Meeting]:
    """Give the point that a meeting is at some more minutes, counted from now where its time is over."""
    begins = max(meeting.body.ends_at or datetime.now(UTC), datetime.now(UTC))
    return _changed(store, meeting, person, {"ends_at": begins + timedelta(minutes=minutes)})


def lead(store: Store, meeting: Record[Meeting], person: str) -> Record[Meeting]:
    """Take over the lead of a meeting."""
    return _changed(store, meeting, person, {"led_by": person})


def close(store: Store, meeting: Record[Meeting], person: str, summary: str = "") -> Record[Meeting]:
    """Close a meeting."""
    return _changed(store, meeting, person, {"state": "closed", "closed_at": datetime.now(UTC), "summary": summary})


def sit(store: Store, meeting: Record[Meeting], person: str, name: str, here: bool = True) -> Record[Seat]:
    """Take part in a meeting, or leave it."""
    return store.put(meeting.project_id, Seat(meeting=meeting.id, name=name, here=here), person=person, id=seat_id(meeting.id, person))


def seat_id(meeting_id: str, person: str) -> str:
    """Return the id of somebody's seat in a meeting."""
    return f"{meeting_id[:60]}.{person}"


def overdue(items: Sequence[Record[ActionItem]], today: date) -> list[Record[ActionItem]]:
    """Return the actions whose day has passed, the longest overdue first."""
    late = [record for record in items if not record.body.done and record.body.due is not None and record.body.due < today]
    return sorted(late, key=lambda record: (record.body.due or today, record.seq))


def _until(point: Point, now: datetime) -> datetime:
    return now + timedelta(minutes=point.minutes)


def _changed(store: Store, meeting: Record[Meeting], person: str, change: dict[str, Any]) -> Record[Meeting]:
    body = Meeting.model_validate({**meeting.body.model_dump(), **change})
    return store.save(meeting.project_id, body, person=person, id=meeting.id, read=meeting.version)
