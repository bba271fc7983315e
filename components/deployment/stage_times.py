"""How long a window's requests take at each stage: waiting before a busy server, the work itself, and what holds them up."""

import numpy as np

from components.deployment.faults.declaration import STAGES, Array, Stage
from components.deployment.world import World

MOST = 20_000
"""Requests that are drawn; more tell the percentiles no better."""
WAITS: Stage = "route"
WORKS: Stage = "model"


def stage_times(world: World, window: int, requests: int, slow: int, rng: np.random.Generator) -> dict[Stage, Array] | None:
    """Draw how long each request of a window (from 1) takes at each stage until the decision, in ms.

    `slow` of them take longer than the objective, as was counted. None where nothing came, or where more came than could be answered:
    then the wait grows without end.

    Notes
    -----
    The time of an answer is that of a queue with one server and exponential times (M/M/1): exponential with mean s / (1 - load), s
    being the time without waiting. Its part `load` is the wait, at the first stage; the rest is work, shared out as the plan says.
    Requests that a fault makes slow are held up at its stage for more than the objective; those that are slow on an ordinary day, in
    the model.
    """
    plan, load = world.plan, float(world.traffic.load[window - 1])
    if not requests or load >= 1:
        return None
    drawn = min(requests, MOST)
    held = min(round(slow * drawn / requests), drawn)
    mean, objective = plan.service_ms / (1 - load), plan.latency_objective_ms
    took = -mean * np.log1p(-rng.random(drawn) * -np.expm1(-objective / mean))
    causes = _causes(world, window)
    chances = np.array([chance for _, chance in causes])
    cause = rng.choice(len(causes), held, p=chances / chances.sum())
    in_queue = np.flatnonzero(cause == 0)
    took[in_queue] = objective + rng.exponential(mean, len(in_queue))
    times = {stage: took * (1 - load) * plan.stage_shares[stage] for stage in STAGES if stage in plan.stage_shares}
    times[WAITS] = times[WAITS] + took * load
    for number, (stage, _) in enumerate(causes):
        here = np.flatnonzero(cause == number)
        if number and len(here):
            times[stage][here] += objective + rng.exponential(plan.service_ms, len(here))
    return times


def _causes(world: World, window: int) -> list[tuple[Stage, float]]:
    """Return what makes answers slow, by its stage, and how often: first the queue, then an ordinary day, then faults."""
    found: list[tuple[Stage, float]] = [(WAITS, float(world.traffic.slow[window - 1])), (WORKS, world.usual_of("slow"))]
    for one in world.plan.faults:
        chance = float(one.level(world.windows)[window - 1]) * one.fault.signs.get("slow", 0.0) * float(world.shares @ world.hits(one))
        if chance:
            found.append((one.fault.stage if one.fault.stage != "label" else WORKS, min(chance, 1.0)))
    return found


def errors_by_stage(world: World, window: int, failed: int, rng: np.random.Generator) -> dict[Stage, int]:
    """Share the bad decisions of a window (from 1) out to the stages at which they arose: faults, too little capacity, else the model."""
    arising = dict.fromkeys(STAGES, 0.0)
    arising[WORKS] += world.plan.failure_rate * world.plan.risk_ratio
    arising[WAITS] += float(world.traffic.unanswered[window - 1])
    for one in world.plan.faults:
        arising[one.fault.stage] += float(world.spoiling(one)[window - 1]) * float(world.shares @ world.hits(one))
    weights = np.array(list(arising.values()))
    return dict(zip(STAGES, rng.multinomial(failed, weights / weights.sum()).tolist(), strict=True))
