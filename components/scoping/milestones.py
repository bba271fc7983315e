"""What the team promises and until when: milestones, their promises with thresholds, and in which order they can be reached."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from components.errors import BadInput
from components.project.records import Body
from components.project.texts import Item, Line, Text

Area = Literal["ml", "software", "business", "floor", "guardrail"]
AREAS: dict[str, str] = {
    "ml": "ML metric",
    "software": "software metric",
    "business": "business metric",
    "floor": "floor for a slice",
    "guardrail": "guardrail",
}


class Milestone(Body):
    """A state that the team promises to reach: what it takes, what it waits for, and when to stop instead.

    `depends_on` holds the ids of milestones that must be reached before.
    """

    kind: ClassVar[str] = "milestone"
    title: Item = Field(title="Milestone")
    why: Text = Field("", title="What is true once it is reached?")
    owner: Line = Field("", title="Owner")
    start: date | None = Field(None, title="Begins")
    due: date | None = Field(None, title="Due")
    reached_on: date | None = Field(None, title="Reached on")
    depends_on: list[Item] = Field([], title="Waits for")
    data: Line = Field("", title="Data it takes")
    people: Line = Field("", title="People it takes")
    help: Line = Field("", title="Help from other teams")
    unsure: Literal["", "benchmark", "proof of concept"] = Field(
        "",
        title="Can the team tell what to promise?",
        json_schema_extra={
            "words": {"": "yes", "benchmark": "no: benchmark against other projects", "proof of concept": "no: a proof of concept first"}
        },
    )
    kill: Line = Field("", title="Stop if", description="In words: “the best model stays below people after three months”.")
    kill_figure: Line = Field("", title="Measured figure", description="It is watched then, and shouts when it came true.")
    kill_comparison: Literal["<", ">"] = Field("<", title="is", json_schema_extra={"words": {"<": "below", ">": "above"}})
    kill_value: float | None = Field(None, title="this value", allow_inf_nan=False, description="Shares as numbers from 0 to 1.")
    kill_on: date | None = Field(
        None, title="looked at from", description="Before this day it only warns; without a day, it counts from the start."
    )

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.start and self.due and self.due < self.start:
            raise ValueError("It is due before it begins")
        if bool(self.kill_figure) != (self.kill_value is not None):
            raise ValueError("A kill criterion that is watched needs both a measured figure and a value")
        return self


class Promise(Body):
    """One threshold of a milestone, held against a measured figure of the project or what somebody measured by hand."""

    kind: ClassVar[str] = "promise"
    milestone: Item
    area: Area = Field("ml", title="Kind", json_schema_extra={"words": {**AREAS}})
    metric: Item = Field(title="Metric", description="With its unit: “p95 latency, ms”.")
    slice: Line = Field("", title="For which slice", description="Only for a floor.")
    comparison: Literal["≥", "≤"] = Field("≥", title="is", json_schema_extra={"words": {"≥": "at least", "≤": "at most"}})
    value: float = Field(title="Value", allow_inf_nan=False, description="Shares as numbers from 0 to 1: 98.5 % is .985.")
    figure: Line = Field("", title="Bound to the measured figure", description="The project measures it; nobody has to type it.")
    measured: float | None = Field(None, title="Or measured by hand", allow_inf_nan=False)
    low: float | None = Field(None, title="95 % interval from", allow_inf_nan=False)
    high: float | None = Field(None, title="to", allow_inf_nan=False)
    n: int | None = Field(None, title="n", ge=1)
    measured_on: date | None = Field(None, title="Measured on")
    source: Line = Field("", title="Where one can see it")

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise ValueError("An interval has two ends: give both, or none")
        if self.low is not None and self.high is not None:
            if self.low > self.high:
                raise ValueError("The interval begins above its end")
            if self.measured is None:
                raise ValueError("An interval needs the measured value")
        return self

    @property
    def name(self) -> str:
        """The metric, with its slice."""
        return f"{self.metric}, {self.slice}" if self.slice else self.metric


def check_order(milestones: Mapping[str, Milestone], id: str, body: Milestone) -> None:
    """Refuse a milestone that would wait for itself.

    Raises
    ------
    BadInput
        It says along which way.
    """
    way = _way(milestones, list(body.depends_on), id)
    if way:
        names = [f"“{body.title if one == id else milestones[one].title}”" for one in way]
        if len(way) == 1:
            raise BadInput(f"{names[0]} can't wait for itself.", "Choose another milestone.")
        chain = ", which waits for ".join(names[1:])
        raise BadInput(f"{names[-1]} can't wait for {chain}.", "Take one of them out of “Waits for”.")


def circles(milestones: Mapping[str, Milestone]) -> list[list[str]]:
    """Return the milestones that wait for themselves, as two people may make them at the same moment: each circle once."""
    found: list[list[str]] = []
    for id_, body in milestones.items():
        way = _way(milestones, list(body.depends_on), id_)
        if way and not any(set(way) == set(other) for other in found):
            found.append(way)
    return found


def _way(milestones: Mapping[str, Milestone], first: Sequence[str], goal: str) -> list[str]:
    """Return the ids that lead from a milestone through what it waits for back to itself; empty where none does."""
    waiting = [[goal, one] for one in first]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop(0)
        if way[-1] == goal:
            return way[:-1] if len(way) == 2 else way
        if way[-1] in seen or way[-1] not in milestones:
            continue
        seen.add(way[-1])
        waiting += [[*way, one] for one in milestones[way[-1]].depends_on]
    return []
