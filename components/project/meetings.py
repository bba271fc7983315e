"""A meeting that the team holds on the screens: its agenda with time boxes, who is in it, and what has to be done afterwards."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

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


def running(store: Store, project_id: str) -> Record[Meeting] | None:
    """Return the meeting that is running in a project, the one begun last; None where there is none."""
    return latest_running(store.all(project_id, Meeting))


def latest_running(meetings: Sequence[Record[Meeting]]) -> Record[Meeting] | None:
    """Return the meeting that was begun last among those that run."""
    found = [record for record in meetings if record.body.state == "running"]
    return max(found, key=lambda record: (record.body.started_at is not None, record.body.started_at, record.id), default=None)
