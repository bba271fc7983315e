"""What the deployment phase saves: the plan of the rollout, what its simulation gave, and what can go wrong."""

from datetime import date
from typing import Any, ClassVar, Literal, get_args

from pydantic import Field, model_validator

from components.deployment.faults import BY_CODE as FAULTS
from components.deployment.monitors import BY_CODE as MONITORS
from components.deployment.plan import Plan
from components.deployment.starting import Role, Taken, good, in_use
from components.project.records import Body, Link
from components.project.texts import Item, Line, Text

ROLLOUT = "rollout"
Watched = Literal["server load", "input", "preprocessing", "model output", "label", "business"]
WATCHED: tuple[Watched, ...] = get_args(Watched)


class RolloutPlan(Body):
    """The rollout that the team plans; there is one, under the id `ROLLOUT`.

    `taken` holds the figures that it started from as they were measured then, also those that somebody typed over since.
    """

    kind: ClassVar[str] = "rollout_plan"
    plan: Plan = Field(title="Plan")
    harm: float = Field(2.0, gt=1, le=100, allow_inf_nan=False, title="Harm that must be caught (times as bad)")
    source: str = Field("", title="Where the failure rate comes from", max_length=300)
    taken: dict[Role, Taken] = Field(default_factory=dict, title="Figures taken from what was measured")

    @property
    def measured(self) -> dict[Role, Taken]:
        """The measured figures that the plan uses."""
        return in_use(self.plan, self.harm, self.taken)

    @property
    def good(self) -> float:
        """How many times as often a good new version fails as the current one; 1 unless it was measured to be better."""
        return good(self.plan, self.measured)


class RolloutRun(Body):
    """What simulating the plan gave, for a harmful and for a harmless new version; saved under the plan's id."""

    kind: ClassVar[str] = "rollout_run"
    plan: Plan
    harm: float
    good: float = 1.0
    runs: int
    seed: int
    caught: dict[str, Any]
    windows_to_roll_back: float | None
    windows_to_roll_back_p95: float | None
    bad_decisions: dict[str, Any]
    excess_bad_decisions: dict[str, Any]
    false_rollbacks: dict[str, Any]
    promoted: dict[str, Any]
    windows_to_promote: float | None
    simulated: str = Field(min_length=1)


class FailureCase(Body):
    """Something that can go wrong in service, and what is done about it."""

    kind: ClassVar[str] = "failure_case"
    what: Item = Field(title="What can go wrong")
    likelihood: Literal["rare", "sometimes", "often"] = Field("sometimes", title="How likely")
    effect: Text = Field("", title="What happens then, and to whom")
    handling: Literal["none", "refuse", "person", "old_version", "retry", "default"] = Field(
        "none",
        title="How it is handled",
        json_schema_extra={
            "words": {
                "none": "not yet",
                "refuse": "refuse to decide",
                "person": "fall back to a person",
                "old_version": "fall back to the old version",
                "retry": "try again",
                "default": "a default decision",
            }
        },
    )
    test: Line = Field("", title="The test that proves the handling")
    owner: Line = Field("", title="Owner")
    fault: str = Field(
        "",
        title="Fault that stands for it",
        max_length=3,
        json_schema_extra={
            "options": ["", *FAULTS],
            "words": {"": "none", **{code: f"{code} {one.title}" for code, one in FAULTS.items()}},
        },
    )
    monitor: str = Field(
        "",
        title="Monitor that notices it",
        max_length=3,
        json_schema_extra={
            "options": ["", *MONITORS],
            "words": {"": "none", **{code: f"{code} {one.title}" for code, one in MONITORS.items()}},
        },
    )

    @property
    def handled(self) -> bool:
        """Whether it has a handling, and a test that proves it."""
        return self.handling != "none" and bool(self.test)


class Metric(Body):
    """One row of the monitoring plan: something that is watched, or was until it was retired.

    A share counts requests that show a sign; a number is read once a window. `counted` is the number of false alarms a month as a
    quiet time gave it, `baseline_n` how many requests or rows the baseline was measured on.
    """

    kind: ClassVar[str] = "metric"
    metric: Item = Field(title="Metric")
    stage: Watched = Field("input", title="Stage")
    state: Literal["planned", "in place", "retired"] = Field("planned", title="State")
    definition: Text = Field("", title="How it is counted")
    slice: Line = Field("", title="Slice", description="For which requests; all of them where this is empty.")
    unit: Literal["share", "number"] = Field("share", title="It is a")
    baseline: float | None = Field(None, title="Baseline", description="What is normal; a share between 0 and 1.", allow_inf_nan=False)
    baseline_n: int | None = Field(None, title="Measured on so many", ge=1)
    baseline_from: Line = Field("", title="Where the baseline comes from")
    direction: Literal["above", "below"] = Field("above", title="Alarm when it is")
    threshold: float | None = Field(None, title="Limit", allow_inf_nan=False)
    method: Line = Field("a fixed limit", title="How the limit was set")
    window_minutes: int = Field(60, title="Window, minutes", ge=1, le=525_600)
    least_sample: int = Field(1, title="Least requests in a window", ge=1, description="With fewer there is no verdict, and no alarm.")
    every_minutes: int = Field(60, title="Looked at every so many minutes", ge=1, le=525_600)
    severity: Literal["stop", "page", "ticket"] = Field(
        "page",
        title="Severity",
        json_schema_extra={"words": {"stop": "stop at once", "page": "call somebody", "ticket": "look within days"}},
    )
    owner: Line = Field("", title="Owner")
    channel: Line = Field("", title="Who is told, and how")
    runbook: Link = Field("", title="Runbook", max_length=300)
    action: Line = Field("", title="What brings it back")
    monitor: str = Field(
        "",
        title="Monitor of the rehearsal that it stands for",
        max_length=3,
        json_schema_extra={
            "options": ["", *MONITORS],
            "words": {"": "none", **{code: f"{code} {one.title}" for code, one in MONITORS.items()}},
        },
    )
    review: date | None = Field(None, title="Look at it again on")
    because: Line = Field("", title="Why it is watched")
    since: date | None = Field(None, title="Watched since")
    until: date | None = Field(None, title="Retired on")
    retired_because: Line = Field("", title="Why it was retired")
    counted: dict[str, Any] | None = Field(None, title="False alarms a month in a quiet time")
    counted_from: Line = Field("", title="The quiet time")

    @model_validator(mode="after")
    def _possible(self) -> "Metric":
        if self.unit == "share" and any(one is not None and not 0 <= one <= 1 for one in (self.baseline, self.threshold)):
            raise ValueError("a share lies between 0 and 1: write 5 % as .05, or say that it is a number")
        if self.state == "retired" and not self.retired_because:
            raise ValueError("say why it was retired, so that nobody has to find out again")
        return self

    @property
    def watching(self) -> bool:
        """Whether it is in place."""
        return self.state == "in place"


class Alarm(Body):
    """A monitor that fired: what was seen, whether it was real, and what the team does next about it."""

    kind: ClassVar[str] = "alarm"
    metric: str = Field(title="Metric")
    on: date = Field(title="When")
    seen: Line = Field("", title="What was seen")
    verdict: Literal["open", "real", "false"] = Field(
        "open", title="Was it real?", json_schema_extra={"words": {"open": "nobody knows yet", "real": "yes", "false": "a false alarm"}}
    )
    leads_to: Literal["none", "data", "model"] = Field(
        "none",
        title="What comes next",
        json_schema_extra={
            "words": {"none": "nothing", "data": "a round of data: collect, label, check", "model": "a round of modelling: train, compare"}
        },
    )
    action: str = Field("", title="Action that it opened")


class Game(Body):
    """A rollout to be played. What is wrong with it follows from `secret` alone, and nobody can read it there."""

    kind: ClassVar[str] = "game"
    plan: Plan
    secret: str = Field(min_length=16, max_length=200)
