"""The plan of a rollout: how much traffic goes where, for how long, and what decides."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from components.deployment.gates.e_process import EProcess

MOST_WINDOWS = 2000


class Step(BaseModel):
    """One step of the ramp."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    share: float = Field(title="Share of the traffic", allow_inf_nan=False)
    windows: int = Field(ge=1, le=MOST_WINDOWS, title="Windows")

    @field_validator("share")
    @classmethod
    def _comparable(cls, share: float) -> float:
        if share in {0, 1}:
            raise ValueError(f"With {'all' if share else 'none'} of the traffic there is nothing to compare: use more than 0, less than 1.")
        if not 0 < share < 1:
            raise ValueError("A share lies between 0 and 1: write 10 of every 1,000 as .01.")
        return share


class Plan(BaseModel):
    """A canary rollout and the world it meets.

    Attributes
    ----------
    requests_per_window : int
        Requests of both arms together in one window.
    steps : tuple of Step
        The ramp: shares never go down.
    failure_rate : float
        Share of the current version's decisions that are bad.
    risk_ratio : float
        How many times as often the new version's decisions are bad; 1 is as good as before.
    gate : EProcess
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    strategy: Literal["canary"] = "canary"
    requests_per_window: int = Field(1000, ge=1, le=10_000_000, title="Requests a window")
    steps: tuple[Step, ...] = Field(
        (Step(share=0.01, windows=30), Step(share=0.05, windows=15), Step(share=0.25, windows=15), Step(share=0.5, windows=15)),
        min_length=1,
        max_length=50,
        title="Ramp",
    )
    failure_rate: float = Field(0.05, title="Failure rate of the current version", allow_inf_nan=False)
    risk_ratio: float = Field(1.0, gt=0, le=1000, title="Risk ratio of the new version", allow_inf_nan=False)
    gate: EProcess = Field(default_factory=EProcess, title="Gate")

    @field_validator("failure_rate")
    @classmethod
    def _telling(cls, rate: float) -> float:
        if rate in {0, 1}:
            which = "every decision is" if rate else "no decision is"
            raise ValueError(f"Where {which} bad, failures tell nothing apart: use more than 0, less than 1.")
        if not 0 < rate < 1:
            raise ValueError("A failure rate lies between 0 and 1: write 5 % as .05.")
        return rate

    @model_validator(mode="after")
    def _possible(self) -> "Plan":
        if self.failure_rate * self.risk_ratio > 1:
            raise ValueError(
                f"A failure rate of {self.failure_rate:g} times the risk ratio {self.risk_ratio:g} is more than every decision: lower one."
            )
        shares = [step.share for step in self.steps]
        if any(later < earlier for earlier, later in zip(shares, shares[1:], strict=False)):
            raise ValueError("The ramp goes down: a canary grows step by step, and only its gate takes it back. Sort the steps by share.")
        if self.windows > MOST_WINDOWS:
            raise ValueError(f"The ramp has {self.windows:,} windows: use at most {MOST_WINDOWS:,}.")
        return self

    @property
    def windows(self) -> int:
        """How many windows the whole ramp has."""
        return sum(step.windows for step in self.steps)

    @property
    def shares(self) -> NDArray[np.float64]:
        """The canary's share of the traffic in each window."""
        return np.repeat([step.share for step in self.steps], [step.windows for step in self.steps])
