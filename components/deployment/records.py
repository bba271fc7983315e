"""What the deployment phase saves: the plan of the rollout, and what its simulation gave."""

from typing import Any, ClassVar

from pydantic import Field

from components.deployment.plan import Plan
from components.project.records import Body

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
