"""The parts of a plan: the steps of its ramp, slices, what sticks to a version, what is injected, reviews, a switch, an approval."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from components.deployment import faults
from components.deployment.faults import Fault
from components.deployment.faults.declaration import COURSES, Course

MOST_WINDOWS = 2000


class Part(BaseModel):
    """A group of keys in a plan."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(Part):
    """One step of the ramp."""

    share: float = Field(title="Share of the traffic", allow_inf_nan=False)
    windows: int = Field(ge=1, le=MOST_WINDOWS, title="Windows")
    least_sample: int = Field(0, ge=0, le=10_000_000, title="Least outcomes of the new version in this step before the gate says anything")
    approved: bool = Field(False, title="A person lets it go on after this step")

    @field_validator("share")
    @classmethod
    def _some(cls, share: float) -> float:
        if share == 0:
            raise ValueError("With none of the traffic there is nothing to compare: use more than 0, less than 1.")
        if not 0 < share <= 1:
            raise ValueError("A share lies between 0 and 1: write 10 of every 1,000 as .01.")
        return share


class Slice(Part):
    """A part of the traffic: how much of it, how often the current version is wrong there, and how much worse the new one is there."""

    name: str = Field(min_length=1, max_length=120, title="Slice")
    share: float = Field(gt=0, le=1, title="Share of the requests", allow_inf_nan=False)
    failure_rate: float | None = Field(None, ge=0, le=1, title="Failure rate of the current version there", allow_inf_nan=False)
    risk_ratio: float = Field(1.0, gt=0, le=1000, title="Risk ratio of the new version there", allow_inf_nan=False)


class Injected(Part):
    """A fault that is injected: which, when, how strong, on which course, in which version, and in which slice."""

    code: str = Field(title="Fault")
    window: int = Field(1, ge=1, le=2 * MOST_WINDOWS, title="First window")
    windows: int | None = Field(None, ge=1, le=2 * MOST_WINDOWS, title="For how many windows; to the end where it is left out")
    arm: Literal["canary", "both"] | None = Field(None, title="In which version; where the fault usually strikes if left out")
    slice: str | None = Field(None, max_length=120, title="The only slice that it hits")
    strength: float = Field(1.0, gt=0, le=10, title="Strength", allow_inf_nan=False)
    course: Course | None = Field(None, title="How its strength goes; as it usually does if left out")

    @field_validator("code")
    @classmethod
    def _known(cls, code: str) -> str:
        if code not in faults.BY_CODE:
            raise ValueError(f"There is no such fault: the codes go from {faults.FAULTS[0].code} to {faults.FAULTS[-1].code}.")
        return code

    @property
    def fault(self) -> Fault:
        """What is injected."""
        return faults.BY_CODE[self.code]

    @property
    def in_both(self) -> bool:
        """Whether it hits both versions alike."""
        return (self.arm or self.fault.arm) == "both"

    def level(self, windows: int) -> NDArray[np.float64]:
        """Return how strong it is in each window."""
        course = COURSES[self.course] if self.course else self.fault.course
        since = np.arange(windows) - (self.window - 1.0)
        there = (since >= 0) & (since < (self.windows or windows))
        return np.where(there, self.strength * course(np.maximum(since, 0)), 0.0)


class Unit(Part):
    """What sticks to a version: a request, or a session or user with all requests that it makes in a window."""

    kind: Literal["request", "session", "user"] = Field("request", title="What sticks to a version")
    requests: int = Field(1, ge=1, le=200, title="Requests of one in a window")
    correlation: float = Field(0.0, ge=0, le=1, title="How alike the outcomes of one are", allow_inf_nan=False)

    @model_validator(mode="after")
    def _several(self) -> "Unit":
        if self.kind == "request" and (self.requests > 1 or self.correlation):
            raise ValueError("A request is one request: where several belong together, the unit is a session or a user.")
        return self


SAMPLED = {"random": "at random", "disagreements": "where the versions disagree"}


class Review(Part):
    """The people who look at what a shadow answered: at how many answers in a window, and at which."""

    capacity: int = Field(ge=1, le=10_000_000, title="Answers that can be reviewed in a window")
    sample: Literal["random", "disagreements"] = Field("random", title="Which answers are reviewed")


class Move(Part):
    """One step of a switch: how much of the traffic the new version gets, for how long, and what brings it back meanwhile."""

    share: float = Field(gt=0, lt=1, title="Share of the traffic", allow_inf_nan=False)
    windows: int = Field(ge=1, le=MOST_WINDOWS, title="Windows")
    limit: float | None = Field(None, gt=0, lt=1, title="Failure rate of a window over which it strikes", allow_inf_nan=False)


class Switch(Part):
    """How a blue-green rollout moves the traffic after its promotion, what brings it back, and how long the old version stays up."""

    migration: tuple[Move, ...] = Field((), max_length=20, title="Steps of the switch")
    limit: float | None = Field(None, gt=0, lt=1, title="Failure rate of a window over which it strikes", allow_inf_nan=False)
    strikes: int = Field(3, ge=1, le=1000, title="Strikes that roll back")
    drain: int = Field(0, ge=0, le=100, title="Windows until open sessions have ended")
    blue_stays: int | None = Field(None, ge=0, le=MOST_WINDOWS, title="Windows for which the old version stays up after the switch")
    restart: int = Field(0, ge=0, le=MOST_WINDOWS, title="Windows until the old version is up again")

    @model_validator(mode="after")
    def _possible(self) -> "Switch":
        shares = [move.share for move in self.migration]
        if shares != sorted(shares):
            raise ValueError(
                "The switch goes down: traffic moves to the new version step by step, and only an alarm or a limit brings it back."
            )
        if self.restart and self.blue_stays is None:
            raise ValueError(
                "The old version stays up for good, so that nothing is started again: say “blue_stays”, or leave “restart” out."
            )
        return self

    @property
    def windows(self) -> int:
        """Windows until the last requests are sent to the new version."""
        return sum(move.windows for move in self.migration)


class Approval(Part):
    """A person who has to say yes: who, how long an answer takes, and what happens if none comes."""

    who: str = Field("", max_length=120, title="Who approves")
    windows: int = Field(5, ge=1, le=MOST_WINDOWS, title="Windows that an answer takes")
    answered: float = Field(1.0, ge=0, le=1, title="Chance that an answer comes by then", allow_inf_nan=False)
    otherwise: Literal["hold", "roll back", "go on"] = Field("hold", title="If no answer comes")
    promotion: bool = Field(True, title="Asked before the promotion")

    @property
    def name(self) -> str:
        """Who approves, in words."""
        return self.who.strip() or "a person"
