"""Promised against measured: whether each threshold of a milestone is kept, and whether a kill criterion came true."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from components import words
from components.project.records import Record
from components.project.shelf import Shelf
from components.readiness.figures import BY_FIGURE, Readings, condition, now
from components.readiness.measured import MeasuredFigure, written
from components.scoping.milestones import AREAS, Milestone, Promise, circles
from components.stats.estimate import Estimate
from components.stats.limits import Verdict, against

State = Literal["kept", "missed", "undecided", "not measured yet"]
STATES: dict[Verdict, State] = {"met": "kept", "not met": "missed", "undecided": "undecided", "not measured": "not measured yet"}
ORDER: tuple[State, ...] = ("missed", "undecided", "not measured yet", "kept")
Kill = Literal["", "came true", "perhaps", "early", "watched", "not measured"]


@dataclass(frozen=True)
class Held:
    """A promise held against what was measured."""

    id: str
    record: Record[Promise]
    measured: MeasuredFigure | None

    @property
    def promise(self) -> Promise:
        """What was promised."""
        return self.record.body

    @property
    def estimate(self) -> Estimate | None:
        """What it came out at."""
        return self.measured.estimate if self.measured else None

    @property
    def state(self) -> State:
        """Whether it is kept; undecided where the interval contains the promise."""
        return STATES[against(self.estimate, self.promise.comparison, self.promise.value)]

    @property
    def metric(self) -> str:
        """The metric in which its values are written."""
        if self.measured:
            return self.measured.metric
        figure = BY_FIGURE.get(self.promise.figure)
        return figure.metric if figure else self.promise.metric.strip().lower()

    @property
    def promised_text(self) -> str:
        """Write what was promised, such as “accuracy at least 98.5 %”."""
        compared = "at least" if self.promise.comparison == "≥" else "at most"
        return f"{self.promise.name} {compared} {written(self.promise.value, self.metric)}"

    @property
    def measured_text(self) -> str:
        """Write what was measured: value, interval, n, and on what."""
        if self.measured is None:
            return "not measured yet"
        return f"{self.measured.value_text}, {self.measured.on}".removesuffix(", ")

    @property
    def screen(self) -> str:
        """The screen on which the figure is measured; empty where it is measured by hand."""
        figure = BY_FIGURE.get(self.promise.figure)
        return figure.screen if figure else ""


@dataclass(frozen=True)
class Course:
    """A milestone with its promises, and where it stands on a day."""

    record: Record[Milestone]
    promises: tuple[Held, ...]
    kill: Kill
    kill_text: str
    today: date
    early: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Id of the milestone."""
        return self.record.id

    @property
    def milestone(self) -> Milestone:
        """The milestone."""
        return self.record.body

    @property
    def state(self) -> State | None:
        """The worst state of its promises; None where nothing is promised."""
        states = {held.state for held in self.promises}
        return next((state for state in ORDER if state in states), None)

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and nobody has said that it was reached."""
        return bool(self.milestone.due and self.milestone.due < self.today and not self.milestone.reached_on)

    @property
    def word(self) -> str:
        """Where it stands, in a word or two."""
        if self.kill == "came true":
            return "stop criterion came true"
        if self.milestone.reached_on:
            return f"reached{'' if self.state in {None, 'kept'} else f', {self.state}'}"
        if self.state == "missed" and not self.overdue:
            return "missed so far"
        return f"overdue{f', {self.state}' if self.state else ''}" if self.overdue else self.state or "nothing promised"

    @property
    def mood(self) -> Literal["pass", "fail", "warn", "note"]:
        """The kind of badge that goes with the word."""
        if self.kill == "came true" or (self.state == "missed" and (self.overdue or self.milestone.reached_on)):
            return "fail"
        if self.overdue or self.state in {"missed", "undecided"}:
            return "warn"
        return "pass" if self.state == "kept" or self.milestone.reached_on else "note"


def courses(shelf: Shelf, found: Readings, today: date) -> list[Course]:
    """Return the milestones of a project with where they stand, by when they begin and are due; those without a day last."""
    milestones = {record.id: record.body for record in shelf.all(Milestone)}
    promises: dict[str, list[Held]] = {}
    for one in shelf.all(Promise):
        promises.setdefault(one.body.milestone, []).append(Held(one.id, one, _measured(one.body, one, found)))
    made = []
    for record in shelf.all(Milestone):
        kill, text = _kill(record.body, found, today)
        made.append(Course(record, tuple(promises.get(record.id, ())), kill, text, today, _early(record.body, milestones)))
    return sorted(made, key=_when)


def _when(course: Course) -> tuple[bool, date, date, int]:
    begins = course.milestone.start or course.milestone.due
    return begins is None, begins or date.max, course.milestone.due or date.max, course.record.seq


def _measured(promise: Promise, record: Record[Promise], found: Readings) -> MeasuredFigure | None:
    if promise.figure in found:
        return found[promise.figure]
    if promise.measured is None:
        return None
    on = ", ".join(part for part in (promise.source, f"{promise.measured_on:%-d %B %Y}" if promise.measured_on else "") if part)
    estimate = Estimate(promise.measured, promise.low, promise.high, promise.n)
    metric = promise.metric.strip().lower()
    return MeasuredFigure(
        "by hand", promise.name, metric, "higher", estimate, "", on=f"by hand{f': {on}' if on else ''}", at=record.updated_at
    )


def _kill(body: Milestone, found: Readings, today: date) -> tuple[Kill, str]:
    """Return whether a kill criterion came true, and how it stands."""
    if not body.kill_figure or body.kill_value is None:
        return "", body.kill
    reading = found.get(body.kill_figure)
    verdict = against(reading.estimate if reading else None, body.kill_comparison, body.kill_value)
    text = f"{condition(body.kill_figure, body.kill_comparison, body.kill_value, found)}; now {now(body.kill_figure, found)}"
    waits = bool(body.kill_on and today < body.kill_on)
    if waits and body.kill_on:
        text += f"; looked at from {body.kill_on:%-d %B %Y}"
    text = f"{body.kill}: {text}" if body.kill else text
    states: dict[Verdict, Kill] = {
        "met": "early" if waits else "came true",
        "undecided": "perhaps",
        "not met": "watched",
        "not measured": "not measured",
    }
    return states[verdict], text


def _early(body: Milestone, milestones: Mapping[str, Milestone]) -> tuple[str, ...]:
    """Return the titles of what a milestone waits for and what is due only after it begins."""
    before = [milestones[id_] for id_ in body.depends_on if id_ in milestones]
    begins = body.start or body.due
    return tuple(one.title for one in before if begins and one.due and not one.reached_on and one.due > begins)


def killed(found: Sequence[Course]) -> list[Course]:
    """Return the milestones whose kill criterion came true."""
    return [course for course in found if course.kill == "came true"]


def answer(found: Sequence[Course]) -> str:
    """Answer “what do we promise, and are we keeping it?”."""
    dead = killed(found)
    if dead:
        what = dead[0].milestone.kill or dead[0].kill_text
        more = f" And {len(dead) - 1} more." if len(dead) > 1 else ""
        return f"Stop “{dead[0].milestone.title}”, or decide why not: {what.rstrip('.')}.{more}"
    states = Counter(held.state for course in found for held in course.promises)
    total = states.total()
    if not total:
        return f"{words.counted(len(found), 'milestone')}, and nothing is promised yet."
    parts = [
        f"{states[state]} {_verb(state, states[state])}" for state in ("kept", "missed", "undecided", "not measured yet") if states[state]
    ]
    return f"Of {words.counted(total, 'promise')}, {words.listed(parts)}."


def _verb(state: State, number: int) -> str:
    if state == "missed":
        return "is missed" if number == 1 else "are missed"
    return f"{'is' if number == 1 else 'are'} {state}"


def method(found: Sequence[Course]) -> str:
    """Say how it was found."""
    bound = sum(bool(held.promise.figure) for course in found for held in course.promises)
    late = sum(course.overdue for course in found)
    told = f"{words.counted(len(found), 'milestone')}{f', {late} overdue' if late else ''}"
    return f"{told}; {words.counted(bound, 'promise')} bound to figures of this project. Undecided: the 95 % interval contains the promise."


def waiting_in_circles(found: Sequence[Course]) -> list[str]:
    """Return a sentence for each circle of milestones that wait for each other."""
    milestones = {course.id: course.milestone for course in found}
    return [
        f"{words.listed(f'“{milestones[id_].title}”' for id_ in dict.fromkeys(way))} wait for each other: take one out of “Waits for”."
        for way in circles(milestones)
    ]


def promises_table(found: Sequence[Course]) -> pd.DataFrame:
    """Return promised against measured, a promise a row; a milestone that promises nothing has a row of its own."""
    rows = []
    for course in found:
        own = {
            "milestone": course.milestone.title,
            "due": course.milestone.due.isoformat() if course.milestone.due else "",
            "owner": course.milestone.owner,
        }
        rows += [
            {**own, "kind": AREAS[one.promise.area], "promised": one.promised_text, "measured": one.measured_text, "state": one.state}
            for one in course.promises
        ]
        if not course.promises:
            rows.append({**own, "kind": "", "promised": "", "measured": "", "state": course.word})
    return pd.DataFrame(rows)
