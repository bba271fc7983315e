"""What the deployment phase saves: the plan of the rollout, what its simulation gave, and what can go wrong."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from components.deployment.faults import BY_CODE as FAULTS
from components.deployment.monitors import BY_CODE as MONITORS
from components.deployment.plan import Plan
from components.project.records import Body
from components.project.texts import Item, Line, Text

ROLLOUT = "rollout"


class RolloutPlan(Body):
    """The rollout that the team plans; there is one, under the id `ROLLOUT`."""

    kind: ClassVar[str] = "rollout_plan"
    plan: Plan = Field(title="Plan")
    harm: float = Field(2.0, gt=1, le=100, allow_inf_nan=False, title="Harm that must be caught (times as bad)")
    source: str = Field("", title="Where the failure rate comes from", max_length=300)


class RolloutRun(Body):
    """What simulating the plan gave, for a harmful and for a harmless new version; saved under the plan's id."""

    kind: ClassVar[str] = "rollout_run"
    plan: Plan
    harm: float
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
