"""What the team should look at now: kill criteria and triggers that came true, what is overdue, and what was decided last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from components.project.decisions import Decision, Entry, log
from components.project.meetings import ActionItem, overdue
from components.project.records import Record
from components.project.shelf import Shelf
from components.readiness.figures import readings
from components.readiness.promises import Course, courses, killed
from components.readiness.triggers import Trigger, triggers

LATEST = 3


@dataclass(frozen=True)
class Attention:
    """What is to be looked at on a day; each list the most urgent first."""

    killed: tuple[Course, ...]
    late: tuple[Course, ...]
    triggers: tuple[Trigger, ...]
    actions: tuple[Record[ActionItem], ...]
    latest: tuple[Entry, ...]

    @property
    def fired(self) -> tuple[Trigger, ...]:
        """The triggers that came true."""
        return tuple(one for one in self.triggers if one.fired)

    def trigger_of(self, entry: Entry) -> Trigger | None:
        """Return the trigger of a decision."""
        return next((one for one in self.triggers if one.entry.id == entry.id), None)


def attention(shelf: Shelf, today: date) -> Attention:
    """Return what the team should look at; each kind of record is read once."""
    found, entries = readings(shelf), log(shelf.all(Decision))
    milestones = courses(shelf, found, today)
    return Attention(
        tuple(killed(milestones)),
        tuple(course for course in milestones if course.overdue),
        tuple(triggers(entries, found, today)),
        tuple(overdue(shelf.all(ActionItem), today)),
        _latest(entries),
    )


def _latest(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the decisions that were taken last and hold."""
    holding = [entry for entry in entries if entry.holds]
    return tuple(sorted(holding, key=lambda entry: (entry.body.on or entry.record.updated_at.date(), entry.number), reverse=True)[:LATEST])
