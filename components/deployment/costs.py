"""What a rollout costs beside bad decisions: money, the error budget, the time that a rollback takes, and downtime."""

from dataclasses import dataclass

import numpy as np

from components import words
from components.deployment.monitoring_plan import MONTH
from components.deployment.outcome import Outcome, mean
from components.deployment.parts import SAMPLED
from components.deployment.seen import ROLL_BACK
from components.deployment.traffic import Traffic
from components.deployment.world import World
from components.stats.estimate import Estimate


@dataclass(frozen=True)
class Cost:
    """One answer: what it is, the figure, and what to say about it."""

    name: str
    estimate: Estimate
    said: str
    as_percent: bool = False


def costs(outcome: Outcome) -> list[Cost]:
    """Return what a mean rollout of a plan costs; money and error budget where the plan says what they are."""
    plan, excess, found = outcome.plan, outcome.excess_bad_decisions, []
    if plan.cost_of_bad:
        found.append(Cost("Cost of the excess", _times(excess, plan.cost_of_bad), f"{plan.cost_of_bad:g} each"))
    if plan.error_budget:
        month = plan.error_budget * plan.requests_per_window * MONTH / plan.window_minutes
        allowed = f"{words.counted(month, 'bad decision')} a month are allowed"
        found.append(Cost("Error budget of a month used up", _times(excess, 1 / month), allowed, as_percent=True))
    if plan.detection_delay and plan.monitors:
        acts = float(plan.detection_delay * plan.window_minutes)
        found.append(Cost("Minutes until somebody acts on an alarm", Estimate(acts), words.counted(plan.detection_delay, "window")))
    found += _way_back(outcome)
    times = sum(step.approved for step in plan.steps) + bool(plan.waiting)
    if plan.approval and times:
        asked = f"{plan.approval.name} is asked {words.counted(times, 'time')}, {words.counted(plan.approval.windows, 'window')} each"
        found.append(Cost("Minutes of waiting for approval", Estimate(float(times * plan.approval.windows * plan.window_minutes)), asked))
    if plan.reviewed:
        until = np.minimum(np.minimum(outcome.ended, outcome.asked_at), plan.windows)
        looked = np.cumsum(World(plan).reviews(np.append(plan.shares, np.zeros(plan.waiting))))[until - 1]
        each = f"at most {words.count(plan.reviewed.capacity)} a window, {SAMPLED[plan.reviewed.sample]}"
        found.append(Cost("Answers reviewed", mean(looked), each))
    down = float(plan.window_minutes * (Traffic(plan, plan.windows).unanswered > 0).sum())
    why = "some requests get no answer then" if down else "traffic moves without one"
    found.append(Cost("Minutes of downtime", Estimate(down), why))
    return found


def _way_back(outcome: Outcome) -> list[Cost]:
    """Return how long a rollback takes; longer for the runs whose old version was down already, and until open sessions have ended."""
    plan, back = outcome.plan, outcome.decision == ROLL_BACK
    slowly = "" if plan.target == "service" else f" on the mean, until the {plan.target} has updated"
    took, said = Estimate(float(plan.rollback_delay * plan.window_minutes)), f"{words.counted(plan.rollback_delay, 'window')}{slowly}"
    if plan.strategy == "blue-green" and plan.switch.restart and back.any():
        late = float((outcome.way_back[back] > plan.rollback_delay).mean())
        took = mean(outcome.way_back[back] * float(plan.window_minutes))
        more = words.counted(plan.switch.restart, "window")
        said += f"; {more} more where the old version is down, in {words.percent(late, 0)} of the rollbacks"
    found = [Cost("Minutes that a rollback takes", took, said)]
    if plan.strategy == "blue-green" and plan.switch.drain:
        drain = f"{words.counted(plan.switch.drain, 'window')} after the switch, and after a rollback"
        found.append(Cost("Minutes until open sessions have ended", Estimate(float(plan.switch.drain * plan.window_minutes)), drain))
    return found


def _times(estimate: Estimate, factor: float) -> Estimate:
    """Return an estimate in another unit."""
    value, low, high = (None if one is None else one * factor for one in (estimate.value, estimate.low, estimate.high))
    return Estimate(value, low, high, estimate.n, estimate.why)
