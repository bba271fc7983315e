"""The figures that a rollout starts from: what was measured, taken as it stood, and which of them a plan still uses."""

from collections.abc import Mapping
from datetime import datetime
from math import isclose
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from components.deployment.faults import BY_CODE as FAULTS
from components.deployment.parts import Injected, Slice
from components.deployment.plan import Plan
from components.stats.estimate import Estimate
from components.stats.intervals import relative_risk

Role = Literal["current", "new", "overlap", "drift"]
ROLES: dict[Role, str] = {
    "current": "Bad decisions of the current version",
    "new": "Bad decisions of the new version",
    "overlap": "Errors that both make, of the rarer's",
    "drift": "Values that lie elsewhere than they did",
}
BY_HAND = "typed in"
DRIFT = "F12"
LEAST_HARM, MOST_HARM = 1.05, 100.0
LEAST_STRENGTH, MOST_STRENGTH = 0.01, 10.0


class Taken(BaseModel):
    """A measured share as a plan took it: of what, on what, with its interval and n, when, and where one can see it.

    `ref` names the figure that was measured, `series` what measures the same again, on newer data.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    ref: str = Field(max_length=400)
    series: str = Field("", max_length=400)
    title: str = Field(max_length=400)
    on: str = Field("", max_length=400)
    value: float = Field(ge=0, le=1, allow_inf_nan=False)
    low: float | None = Field(None, allow_inf_nan=False)
    high: float | None = Field(None, allow_inf_nan=False)
    n: int | None = None
    screen: str = ""
    view: str = ""
    simulated: str = ""
    at: datetime

    @property
    def estimate(self) -> Estimate:
        """The share with its interval."""
        return Estimate(self.value, self.low, self.high, self.n)


def started(plan: Plan, harm: float, taken: Mapping[Role, Taken]) -> tuple[Plan, float]:
    """Return a plan, and the harm that it has to catch, with what was measured put in.

    The new version's rate becomes the harm where it is worse than the current one; where it isn't, good versions are as good as that.
    Drift of inputs strikes both versions: at a strength at which as many requests lie elsewhere as were measured to.
    """
    changed: dict[str, object] = {}
    if "current" in taken:
        changed["failure_rate"] = round(taken["current"].value, 6)
        changed["slices"] = _scaled(plan.slices, round(taken["current"].value, 6))
    if "overlap" in taken:
        changed["error_overlap"] = round(taken["overlap"].value, 3)
    if "drift" in taken:
        others = tuple(one for one in plan.faults if one.code != DRIFT)
        window = min((one.window for one in plan.faults), default=min(10, plan.windows))
        changed["faults"] = (*others, Injected(code=DRIFT, window=window, strength=_strength(taken["drift"])))
    plan = plan.model_copy(update=changed)
    if "new" in taken and taken["new"].value > plan.failure_rate:
        harm = _harm(taken["new"], plan)
    return plan, harm


def in_use(plan: Plan, harm: float, taken: Mapping[Role, Taken]) -> dict[Role, Taken]:
    """Return those of the figures that a plan still starts from: what somebody typed over is left out."""
    kept = dict(taken)
    if "current" in kept and not isclose(plan.failure_rate, kept["current"].value, abs_tol=1e-6):
        del kept["current"]
    if "new" in kept and kept["new"].value > plan.failure_rate and harm != _harm(kept["new"], plan):
        del kept["new"]
    if "overlap" in kept and plan.error_overlap != round(kept["overlap"].value, 3):
        del kept["overlap"]
    if "drift" in kept and not any(one.code == DRIFT and one.strength == _strength(kept["drift"]) for one in plan.faults):
        del kept["drift"]
    return kept


def sliced(plan: Plan, parts: Mapping[str, tuple[float, float | None]]) -> Plan:
    """Return a plan whose traffic is made of these slices: by name the share, and how often the current version is wrong there.

    Rates that aren't known of all are left out; those that are, are brought to the plan's own. A fault that hit one slice alone hits all.
    """
    rates = [rate for _, rate in parts.values()]
    slices = tuple(Slice(name=name, share=share, failure_rate=None if None in rates else rate) for name, (share, rate) in parts.items())
    faults = tuple(one if one.slice in parts else one.model_copy(update={"slice": None}) for one in plan.faults)
    return plan.model_copy(update={"slices": _scaled(slices, plan.failure_rate), "faults": faults})


def _scaled(slices: tuple[Slice, ...], rate: float) -> tuple[Slice, ...]:
    """Bring the failure rates of slices to a rate of all; where one would be more than every decision, they aren't known."""
    if not slices or None in {one.failure_rate for one in slices}:
        return slices
    mean = sum(one.share * (one.failure_rate or 0.0) for one in slices) / sum(one.share for one in slices)
    times = rate / mean if mean else 0.0
    possible = times and max((one.failure_rate or 0.0) * times for one in slices) <= 1
    return tuple(one.model_copy(update={"failure_rate": (one.failure_rate or 0.0) * times if possible else None}) for one in slices)


def good(plan: Plan, taken: Mapping[Role, Taken]) -> float:
    """Return how many times as often a good new version fails: as measured, where it was and is no worse than the current one."""
    return min(taken["new"].value / plan.failure_rate, 1.0) if "new" in taken else 1.0


def ratio(taken: Mapping[Role, Taken]) -> Estimate | None:
    """Return how many times as often the new version is wrong as the current one, where both were measured on so many items."""
    if "current" not in taken or "new" not in taken:
        return None
    new, current = taken["new"], taken["current"]
    if not new.n or not current.n:
        return Estimate(new.value / current.value, why="Measured on nobody knows how many items.")
    return relative_risk(new.value * new.n, new.n, current.value * current.n, current.n)


def _harm(new: Taken, plan: Plan) -> float:
    return min(max(round(new.value / plan.failure_rate, 2), LEAST_HARM), MOST_HARM)


def _strength(drift: Taken) -> float:
    strength = round(drift.value / FAULTS[DRIFT].signs["input drift"], 2)
    return min(max(strength, LEAST_STRENGTH), MOST_STRENGTH)
