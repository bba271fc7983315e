"""The plan of a rollout: how much traffic goes where, for how long, what decides, and what goes wrong meanwhile."""

from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, field_validator, model_validator

from components import words
from components.deployment import monitors
from components.deployment.gates import EProcess, Threshold, ZTest
from components.deployment.parts import MOST_WINDOWS, Approval, Injected, Review, Slice, Step, Switch, Unit

MOST_SLICES = 20
NEAR = 1e-3
"""How far shares may be from a whole, and rates from their mean, by rounding."""
Strategy = Literal["shadow", "canary", "blue-green"]
SHARES = {"route": 0.02, "validate": 0.04, "preprocess": 0.2, "model": 0.6, "postprocess": 0.1, "decision": 0.04}


def _kind(gate: Any) -> str | None:
    """Return the kind of a gate; the first kind where none is said."""
    if isinstance(gate, dict):
        return str(gate.get("kind", "e-process"))
    return getattr(gate, "kind", None)


AnyGate = Annotated[
    Annotated[EProcess, Tag("e-process")] | Annotated[Threshold, Tag("threshold")] | Annotated[ZTest, Tag("z-test")], Discriminator(_kind)
]


class Plan(BaseModel):
    """A rollout and the world it meets.

    Attributes
    ----------
    strategy : "shadow", "canary" or "blue-green"
    requests_per_window : int
        Requests of both arms together in one window.
    daily_swing, burst, burst_every : float, float, int
        How far the traffic swings around its mean within a day, and a burst of so many times the traffic every so many windows.
    capacity, replicas : int or None, int
        Requests that one replica can answer in a window, and how many replicas there are; what comes beyond gets no decision. None where
        there is enough.
    service_ms, latency_objective_ms : float
        Mean time to answer without waiting, and the longest time that is good enough; they count where capacity is limited.
    stage_shares : dict
        Which share of that time each stage takes, from route to decision.
    window_minutes : int
        How long a window takes: for manifests, durations and the swing of the day.
    steps : tuple of Step
        The ramp: shares never go down. In shadow and blue-green rollouts the share of requests that both versions answer. After an
        approved step the share stays until a person lets the ramp go on; the gate goes on looking. Until a step's least sample of
        outcomes is there, the gate says nothing.
    largest_share : float
        No step of a canary may have more.
    warm_up : int
        First windows of the ramp, whose outcomes the gate leaves out.
    unit : Unit
        What sticks to a version in a canary. Of the units of a window, a share `correlation` ends alike: all of its requests are
        of one slice, and fail or don't. A unit that comes back in another window is taken for another one.
        Monitors count requests as if each stood alone.
    slices : tuple of Slice
        What the traffic is made of; none where all requests are alike. Their risk ratios come on top of that of the plan. Gates compare
        the whole traffic, and don't see them.
    failure_rate : float
        Share of the current version's decisions that are bad.
    risk_ratio : float
        How many times as often the new version's decisions are bad; 1 is as good as before.
    gate : EProcess, Threshold or ZTest
    judge_latency : bool
        Whether the gate looks at answers slower than the objective as well: they can roll back and never promote, and share α.
    approval : Approval or None
        A person who has to say yes after approved steps and before the promotion: in a shadow, before a canary begins.
    error_overlap : float
        Where both versions answer: the share of the rarer version's errors that the other makes too.
    review : Review or None
        In a shadow, who finds out which answers are wrong: nothing is known of the others. None where every outcome shows by itself.
    switch : Switch
        In a blue-green rollout, how the traffic moves after the promotion: at once, or by steps. Nothing is left to compare with, so
        that what brings it back is a monitor, or so many windows in which more than a limit of the known decisions are bad. Sessions
        that are open go on for a while where they began. Once the old version is down, the way back takes longer.
    windows_after : int
        Windows that are watched after promotion, with all of the traffic on the new version (canary, blue-green).
    label_delay, label_coverage : int, float
        Windows until an outcome is known, and the share of outcomes that ever are.
    detection_delay : int
        Windows from the alarm of a monitor until somebody acts on it.
    rollback_delay : int
        Windows until a rollback has taken effect; on apps and devices the mean until one has updated.
    cost_of_bad, error_budget : float or None
        What a bad decision costs, and the share of a month's decisions that may be bad beyond today's; answers, no part of the simulation.
    faults, monitors : tuple
        What goes wrong, and which monitors are in place.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    strategy: Strategy = Field("canary", title="Strategy")
    requests_per_window: int = Field(1000, ge=1, le=10_000_000, title="Requests a window")
    daily_swing: float = Field(0.0, ge=0, le=0.95, title="Swing of the day", allow_inf_nan=False)
    burst: float = Field(1.0, ge=1, le=100, title="A burst brings so many times the traffic", allow_inf_nan=False)
    burst_every: int = Field(0, ge=0, le=MOST_WINDOWS, title="A burst every so many windows")
    capacity: int | None = Field(None, ge=1, le=10**9, title="Requests that one replica can answer in a window")
    replicas: int = Field(1, ge=1, le=10_000, title="Replicas")
    service_ms: float = Field(50.0, gt=0, le=600_000, title="Time to answer, without waiting", allow_inf_nan=False)
    latency_objective_ms: float = Field(300.0, gt=0, le=600_000, title="Longest time that is good enough", allow_inf_nan=False)
    stage_shares: dict[str, float] = Field(default_factory=lambda: dict(SHARES), title="Share of the time that each stage takes")
    window_minutes: int = Field(1, ge=1, le=100_000, title="Minutes in a window")
    steps: tuple[Step, ...] = Field(
        (Step(share=0.01, windows=30), Step(share=0.05, windows=15), Step(share=0.25, windows=15), Step(share=0.5, windows=15)),
        min_length=1,
        max_length=50,
        title="Ramp",
    )
    largest_share: float = Field(1.0, gt=0, le=1, title="Largest share of a canary", allow_inf_nan=False)
    warm_up: int = Field(0, ge=0, le=MOST_WINDOWS, title="Windows to warm up, not judged")
    slices: tuple[Slice, ...] = Field((), title="Slices of the traffic")
    unit: Unit = Field(default_factory=Unit, title="What sticks to a version")
    failure_rate: float = Field(0.05, title="Failure rate of the current version", allow_inf_nan=False)
    risk_ratio: float = Field(1.0, gt=0, le=1000, title="Risk ratio of the new version", allow_inf_nan=False)
    gate: AnyGate = Field(default_factory=EProcess, title="Gate")
    judge_latency: bool = Field(False, title="Slow answers are judged too")
    approval: Approval | None = Field(None, title="Approval by a person")
    error_overlap: float = Field(0.5, ge=0, le=1, title="Errors that both versions make", allow_inf_nan=False)
    review: Review | None = Field(None, title="Reviews of a shadow")
    switch: Switch = Field(default_factory=Switch, title="Switch of a blue-green rollout")
    windows_after: int = Field(0, ge=0, le=MOST_WINDOWS, title="Windows watched after promotion")
    label_delay: int = Field(0, ge=0, le=MOST_WINDOWS, title="Windows until a label comes")
    label_coverage: float = Field(1.0, gt=0, le=1, title="Share of decisions that get a label", allow_inf_nan=False)
    detection_delay: int = Field(0, ge=0, le=MOST_WINDOWS, title="Windows from an alarm until somebody acts")
    rollback_delay: int = Field(0, ge=0, le=MOST_WINDOWS, title="Windows until a rollback works")
    cost_of_bad: float | None = Field(None, gt=0, le=1e9, title="Cost of a bad decision", allow_inf_nan=False)
    error_budget: float | None = Field(None, gt=0, le=1, title="Share of the decisions of a month that may be bad", allow_inf_nan=False)
    target: Literal["service", "app", "device"] = Field("service", title="Where it runs")
    faults: tuple[Injected, ...] = Field((), max_length=50, title="Faults")
    monitors: tuple[str, ...] = Field((), max_length=100, title="Monitors in place")
    name: str = Field("model", pattern=r"^[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?$", title="Name in manifests")
    namespace: str = Field("default", pattern=r"^[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?$", title="Namespace in manifests")
    service: str = Field("", max_length=200, title="Service in manifests")
    image: str = Field("", max_length=500, title="Image in manifests")
    metric_query: str = Field("", max_length=2000, title="Query of the failure rate in manifests")

    @field_validator("failure_rate")
    @classmethod
    def _telling(cls, rate: float) -> float:
        if rate in {0, 1}:
            which = "every decision is" if rate else "no decision is"
            raise ValueError(f"Where {which} bad, failures tell nothing apart: use more than 0, less than 1.")
        if not 0 < rate < 1:
            raise ValueError("A failure rate lies between 0 and 1: write 5 % as .05.")
        return rate

    @field_validator("stage_shares")
    @classmethod
    def _whole(cls, shares: dict[str, float]) -> dict[str, float]:
        if set(shares) != set(SHARES):
            raise ValueError(f"Every stage until the decision takes its share of the time: write {words.listed(SHARES, most=9)}.")
        if not all(0 <= share <= 1 for share in shares.values()) or abs(sum(shares.values()) - 1) > 1e-6:
            raise ValueError("The shares of the stages are of one time: let them add up to 1.")
        return {stage: shares[stage] for stage in SHARES}

    @field_validator("monitors")
    @classmethod
    def _known_monitors(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        for code in codes:
            if code not in monitors.BY_CODE:
                all_ = monitors.MONITORS
                raise ValueError(f"There is no monitor “{code[:20]}”: the codes go from {all_[0].code} to {all_[-1].code}.")
        return tuple(dict.fromkeys(codes))

    @model_validator(mode="before")
    @classmethod
    def _mean_of_slices(cls, data: Any) -> Any:
        """Take the failure rate from the slices where it isn't said."""
        slices = data.get("slices") if isinstance(data, dict) else None
        if not isinstance(slices, list | tuple) or not slices or "failure_rate" in data:
            return data
        parts = [one.model_dump() if isinstance(one, Slice) else one for one in slices]
        pairs = [(one.get("share"), one.get("failure_rate")) for one in parts if isinstance(one, dict)]
        if len(pairs) < len(parts) or not all(isinstance(number, int | float) for pair in pairs for number in pair):
            return data
        shares, rates = np.array(pairs, dtype=float).T
        return {**data, "failure_rate": float(shares @ rates) / (float(shares.sum()) or 1.0)}

    @model_validator(mode="after")
    def _whole_slices(self) -> "Plan":
        names, rates = [one.name for one in self.slices], [one.failure_rate for one in self.slices]
        for one in self.faults:
            if one.slice and one.slice not in names:
                known = f"the slices are {words.listed(names, most=MOST_SLICES)}" if names else "the plan has no slices"
                raise ValueError(f"{one.code} can't hit “{one.slice}” alone: {known}.")
        if not self.slices:
            return self
        together = sum(one.share for one in self.slices)
        if abs(together - 1) > NEAR:
            rest = "add one for the rest" if together < 1 else "a request belongs to one of them"
            raise ValueError(f"The slices make {words.percent(together)} of the traffic together, and should make all of it: {rest}.")
        if len(set(names)) < len(names) or len(names) > MOST_SLICES:
            raise ValueError(f"Slices have names of their own, and there are at most {MOST_SLICES}: rename or join some.")
        if None in rates and set(rates) != {None}:
            raise ValueError("Some slices have a failure rate and some have none: give it for all of them, or for none.")
        if None not in rates:
            mean = sum(one.share * (one.failure_rate or 0) for one in self.slices) / together
            if abs(mean - self.failure_rate) > NEAR * mean + 1e-6:
                raise ValueError(
                    f"The slices fail in {words.percent(mean, 2)} together, the plan says {words.percent(self.failure_rate, 2)}: leave the "
                    "plan's out, and it follows from them."
                )
        return self

    @model_validator(mode="after")
    def _possible(self) -> "Plan":
        if self.failure_rate * self.risk_ratio > 1:
            raise ValueError(
                f"A failure rate of {self.failure_rate:g} times the risk ratio {self.risk_ratio:g} is more than every decision: lower one."
            )
        shares = [step.share for step in self.steps]
        if any(later < earlier for earlier, later in zip(shares, shares[1:], strict=False)):
            raise ValueError("The ramp goes down: a canary grows step by step, and only its gate takes it back. Sort the steps by share.")
        if not self.paired and shares[-1] == 1:
            raise ValueError("With all of the traffic there is nothing to compare: use more than 0, less than 1.")
        if not self.paired and shares[-1] > self.largest_share:
            raise ValueError(
                f"The ramp goes up to {words.percent(shares[-1])} of the traffic, and no step may have more than "
                f"{words.percent(self.largest_share)}: lower the steps, or raise the largest share."
            )
        for number, step in enumerate(self.steps, start=1):
            if step.approved and number == len(self.steps):
                raise ValueError("After the last step comes the promotion: have somebody asked before that, and not after the last step.")
            if step.approved and self.approval is None:
                raise ValueError(f"Step {number} waits for an approval, and nobody gives one: add “approval”.")
        if self.windows > MOST_WINDOWS:
            raise ValueError(f"The ramp has {self.windows:,} windows: use at most {MOST_WINDOWS:,}.")
        if self.capacity is not None and self.capacity * self.replicas < self.requests_per_window:
            raise ValueError(
                f"Capacity is below the load: {words.counted(self.requests_per_window, 'request')} come in a window, "
                f"{words.count(self.capacity * self.replicas)} can be answered, and the rest waits without end. "
                "Add replicas, or send fewer."
            )
        if self.label_delay >= self.windows:
            raise ValueError(
                f"Every label comes after the ramp: labels take {words.counted(self.label_delay, 'window')}, the ramp has "
                f"{self.windows:,}. Make the ramp longer, or judge by something that is known sooner."
            )
        if self.unit.requests > self.requests_per_window:
            raise ValueError(
                f"One {self.unit.kind} makes {words.counted(self.unit.requests, 'request')} in a window, and all together make only "
                f"{words.count(self.requests_per_window)}: take longer windows."
            )
        if self.warm_up >= self.windows - self.label_delay:
            raise ValueError(
                f"Nothing is left to judge: {words.counted(self.warm_up, 'window')} warm up, and the outcomes of "
                f"{words.count(self.windows - self.label_delay)} are known by the end of the ramp. Warm up for fewer."
            )
        return self

    @property
    def judging(self) -> AnyGate:
        """The gate as each of the metrics is judged by it: several share α."""
        return self.gate.shared(2) if self.judge_latency else self.gate

    @property
    def judged(self) -> str:
        """The gate in a few words, with what it looks at beside failures."""
        slower = f", for failures and for answers slower than {self.latency_objective_ms:g} ms" if self.judge_latency else ""
        return f"{self.gate.described}{slower}"

    @property
    def together(self) -> int:
        """How many requests are routed together: those of a unit in a canary; where both versions answer, each stands alone."""
        return 1 if self.paired else self.unit.requests

    @property
    def counting(self) -> bool:
        """Whether somebody counts the requests, and not the failures alone."""
        return self.gate.counts_requests or any(step.least_sample for step in self.steps)

    @property
    def reviewed(self) -> Review | None:
        """The reviews on which a shadow waits; None elsewhere."""
        return self.review if self.strategy == "shadow" else None

    @property
    def paired(self) -> bool:
        """Whether both versions answer the same requests while they are compared."""
        return self.strategy != "canary"

    @property
    def windows(self) -> int:
        """How many windows the whole ramp has."""
        return sum(self.stays)

    @property
    def stays(self) -> list[int]:
        """Windows at the share of each step: its own, and those in which a person is asked."""
        asked = self.approval.windows if self.approval else 0
        return [step.windows + asked * step.approved for step in self.steps]

    @property
    def waiting(self) -> int:
        """Windows that an approval takes after the gate has said promote."""
        return self.approval.windows if self.approval and self.approval.promotion else 0

    @property
    def watched(self) -> int:
        """Windows that are watched after promotion; none in a shadow, which never decides."""
        return 0 if self.strategy == "shadow" else self.moving + self.windows_after

    @property
    def moving(self) -> int:
        """Windows that a switch takes until all of the traffic has moved."""
        return self.switch.windows + self.switch.drain if self.strategy == "blue-green" else 0

    @property
    def targets(self) -> NDArray[np.float64]:
        """The share of the new requests that goes to the new version in each window after promotion."""
        moves = self.switch.migration if self.strategy == "blue-green" else ()
        moved = np.repeat([move.share for move in moves], [move.windows for move in moves])
        return np.append(moved, np.ones(self.watched - len(moved)))

    @property
    def after(self) -> NDArray[np.float64]:
        """The new version's share of the traffic in each window after promotion, sessions that began before among it."""
        recent = np.ones(self.switch.drain + 1) if self.strategy == "blue-green" else np.ones(1)
        return np.round(np.convolve(self.targets, recent)[: self.watched] / len(recent), 12) if self.watched else self.targets

    @property
    def limited(self) -> bool:
        """Whether a limit is kept after the switch."""
        limits = [self.switch.limit, *(move.limit for move in self.switch.migration)]
        return self.strategy == "blue-green" and any(limit is not None for limit in limits)

    @property
    def limits(self) -> NDArray[np.float64]:
        """The failure rate that strikes, in each window after promotion; 1, which is never more, where there is none."""
        moves, usual = self.switch.migration, self.switch.limit or 1.0
        moved = np.repeat([move.limit or usual for move in moves], [move.windows for move in moves])
        return np.append(moved, np.full(max(self.watched - len(moved), 1), usual))

    @property
    def shares(self) -> NDArray[np.float64]:
        """The canary's share of the traffic in each window."""
        return np.repeat([step.share for step in self.steps], self.stays)
