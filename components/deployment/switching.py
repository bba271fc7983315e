"""After a promotion: how the traffic moves, what brings it back, and how long the way back is."""

import numpy as np
from numpy.typing import NDArray

from components.deployment.alarms import NEVER
from components.deployment.approving import Asked
from components.deployment.plan import Plan
from components.deployment.seen import ROLL_BACK, Array, Counts
from components.deployment.world import World


def struck_at(world: World, asked: Asked, shares: Array | None, failures: Counts | None, seed: int) -> Counts:
    """Return the window (from 1) in which each run has failed too often after its switch; `NEVER` where it hasn't, or nothing is the limit.

    Parameters
    ----------
    shares : array, runs × windows, or None
        Share of the traffic that is the new version's; None where after a promotion that is all of it.
    failures : array, runs × windows, or None
        The new version's failures once it decides.
    """
    plan, never = world.plan, np.full(len(asked.decision), NEVER)
    if failures is None or not plan.limited:
        return never
    rng, since = np.random.default_rng([seed, 6]), np.arange(world.windows)[None, :] - asked.promoted_at[:, None]
    part = np.ones(since.shape) if shares is None else shares
    wrong = part * world.new
    good = rng.binomial(world.requests - failures, np.clip((part - wrong) / np.maximum(1 - wrong, 1e-12), 0, 1))
    failed = rng.binomial(failures, world.labelled)
    known = failed + rng.binomial(good, world.labelled)
    strikes = (failed > plan.limits[np.clip(since, 0, len(plan.limits) - 1)] * known) & (since >= 0)
    over = np.cumsum(strikes, axis=1) >= plan.switch.strikes
    return np.where(over.any(axis=1), over.argmax(axis=1) + 1 + plan.label_delay, never)


def restarts(plan: Plan, promoted_at: Counts, last: Counts) -> Counts:
    """Return how many windows later a rollback works, because the old version is down: it stays up for a while after the switch."""
    stays = plan.switch.blue_stays
    if plan.strategy != "blue-green" or stays is None:
        return np.zeros(len(last), dtype=np.int64)
    since = last - np.minimum(promoted_at, last)
    return plan.switch.restart * (since > plan.moving + stays)


def left_over(plan: Plan, asked: Asked, last: Counts, restarted: Counts, final: Counts, windows: int) -> NDArray[np.bool_] | Array:
    """Return which part of the new version's requests is left in each window, once a run has ended: none, where its rollback works."""
    back, numbers = final == ROLL_BACK, np.arange(windows)[None, :]
    until = last + restarted * back
    left: NDArray[np.bool_] | Array = numbers < (until + plan.rollback_delay * back)[:, None]
    if plan.target != "service" and plan.rollback_delay:
        beyond = np.maximum(numbers + 1 - until[:, None], 0)
        left = np.where(back[:, None], (1 - 1 / (1 + plan.rollback_delay)) ** beyond, beyond == 0)
    if plan.strategy == "blue-green" and plan.switch.drain:
        left = np.where(back[:, None], _drained(plan, asked.promoted_at, left), left)
    return left


def _drained(plan: Plan, promoted_at: Counts, left: NDArray[np.bool_] | Array) -> Array:
    """Return which part of the new version's requests is still there while sessions end, where `left` of them would be else."""
    windows = np.arange(left.shape[1])[None, :] - promoted_at[:, None]
    targets = np.append(plan.targets, 1.0)
    routed = np.where(windows >= 0, targets[np.clip(windows, 0, len(targets) - 1)], 0.0)
    before, after = _recent(routed, plan.switch.drain), _recent(np.asarray(routed * left), plan.switch.drain)
    return np.clip(after / np.where(before > 0, before, 1), 0, 1)


def _recent(part: Array, drain: int) -> Array:
    """Return the sum over each window and those before it in which sessions began that still go on."""
    summed = np.cumsum(part, axis=1)
    return summed - np.pad(summed, ((0, 0), (drain + 1, 0)))[:, : part.shape[1]]
