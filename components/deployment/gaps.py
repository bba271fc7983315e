"""What each fault would cost, whatever is in place to notice it: every fault rolled out once, every monitor's alarm drawn once."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from components.deployment.alarms import NEVER, NUMBERS
from components.deployment.faults import FAULTS, Fault
from components.deployment.monitors import MONITORS, Monitor
from components.deployment.plan import Plan
from components.deployment.reading import read_plan
from components.deployment.seen import PROMOTE, ROLL_BACK, Array, Counts
from components.deployment.simulation import simulate
from components.deployment.world import World

AFTER = 50
"""Windows after the ramp in which harm goes on when nobody notices."""
MOST_RAMP = 200
"""A longer ramp is shortened, step by step, so that all faults can be rehearsed at once."""
CERTAIN = 50.0
CALM: dict[str, Any] = {
    "daily_swing": 0.0,
    "burst": 1.0,
    "burst_every": 0,
    "capacity": None,
    "approval": None,
    "warm_up": 0,
    "unit": {},
    "slices": (),
}
"""Traffic in which a fault is all that is wrong, and nobody who looks on."""


@dataclass(frozen=True, eq=False)
class Exposure:
    """One fault in many rollouts, with a ramp and with all traffic at once.

    Attributes
    ----------
    began : int
        First window of the fault, from 1.
    ramp, at_once : Way
        What happens where the new version gets its traffic step by step, and where it gets all of it at once.
    """

    fault: Fault
    began: int
    ramp: "Way"
    at_once: "Way"

    @property
    def windows(self) -> int:
        """Windows until nobody counts any more."""
        return int(self.ramp.harm.shape[1]) - 1


@dataclass(frozen=True, eq=False)
class Way:
    """How traffic reached the new version, and what follows from it.

    Attributes
    ----------
    gate : array, runs
        Window in which the gate rolls back; `NEVER` where it doesn't, or where rolling back the new version would not help.
    harm : array, runs × (windows + 1)
        Bad decisions that the fault has caused by the end of each window, on the mean; the first column is before all windows.
    noticed : dict of str to array
        Window of each monitor's alarm, by its code.
    """

    gate: Counts
    harm: Array
    noticed: dict[str, Counts]


def exposures(plan: Plan, harm: float, runs: int = 1000, seed: int = 0) -> list[Exposure]:
    """Rehearse every fault of the catalogue on a plan's traffic, ramp and gate, without any monitor.

    Parameters
    ----------
    plan : Plan
        Its own faults and monitors are left out; a shadow is taken for the canary that follows it.
    harm : float
        How bad the version is that a fault hides which does no harm itself.

    Returns
    -------
    list of Exposure
        One a fault. The same seed gives every monitor and gate the same luck, whatever else is in place: what is noticed with fewer
        monitors is never noticed sooner.
    """
    return [_exposure(plan, harm, fault, runs, seed) for fault in FAULTS]


def _exposure(plan: Plan, harm: float, fault: Fault, runs: int, seed: int) -> Exposure:
    steps = _steps(plan)
    ramp = sum(int(step["windows"]) for step in steps)
    both = fault.arm == "both" and not fault.mutes
    began = ramp // 2 + 1 if both else 1
    risk = 1.0 if fault.harm else min(harm, 1 / plan.failure_rate)
    changed = {"strategy": "canary", "steps": steps, "risk_ratio": risk, "windows_after": AFTER, "monitors": (), "faults": (), **CALM}
    delayed = min(plan.label_delay, ramp - 1)
    faulty = read_plan({**plan.model_dump(), **changed, "label_delay": delayed, "faults": [{"code": fault.code, "window": began}]})
    world, outcome = World(faulty), simulate(faulty, runs, seed)
    gate = np.where((outcome.decision == ROLL_BACK) & (not both), outcome.ended, NEVER)
    promoted = np.where(outcome.decision == PROMOTE, outcome.ended, NEVER)
    nobody = np.full(runs, NEVER)
    return Exposure(fault, began, _way(world, gate, promoted, both, seed), _way(world, nobody, np.zeros(runs, dtype=np.int64), both, seed))


def _steps(plan: Plan) -> list[dict[str, float]]:
    """Return the steps of a ramp, shortened where it is long, and without one that leaves nothing to compare with."""
    shrink = min(1.0, MOST_RAMP / plan.windows)
    return [{"share": min(step.share, 0.999, plan.largest_share), "windows": max(1, int(step.windows * shrink))} for step in plan.steps]


def _way(world: World, gate: Counts, promoted_at: Counts, both: bool, seed: int) -> Way:
    plan = world.plan
    windows = np.arange(world.windows)
    ramp = np.concatenate([plan.shares, np.full(plan.watched, plan.shares[-1])])
    share = np.where(windows[None, :] >= promoted_at[:, None], 1.0, 1.0 if both else ramp[None, :])
    each = world.requests * share * world.harm
    harm = np.concatenate([np.zeros((len(gate), 1)), np.cumsum(each, axis=1)], axis=1)
    noticed = {monitor.code: noticed_by(world, monitor, promoted_at, ramp, seed) for monitor in MONITORS if sees(world, monitor)}
    return Way(gate, harm, noticed)


def sees(world: World, monitor: Monitor) -> bool:
    """Whether what a monitor watches ever shows more than usual."""
    return bool((world.showing(monitor.watches) > world.usual_of(monitor.watches) + 1e-12).any())


def noticed_by(world: World, monitor: Monitor, promoted_at: Counts, ramp: Array, seed: int) -> Counts:
    """Draw in which window each run is alarmed: one exponential a run against the hazard that adds up over its windows."""
    small, whole = (
        np.concatenate([[0.0], np.cumsum(np.where(world.wrong, _hazard(world, monitor, share), 0.0))])
        for share in (ramp, np.ones(world.windows))
    )
    luck = np.random.default_rng([seed, 2000 + NUMBERS[monitor.code]]).exponential(size=len(promoted_at))
    last = np.minimum(promoted_at, world.windows)
    rest = luck - small[last] + whole[last]
    before = np.searchsorted(small, luck, side="left")
    at = np.where(before <= last, before, np.searchsorted(whole, rest, side="left")) + world.delay(monitor)
    return np.where(at <= world.windows, at, NEVER)


def _hazard(world: World, monitor: Monitor, share: Array) -> Array:
    chance = np.minimum(world.alarms(monitor, share), 1.0)
    return np.asarray(np.where(chance >= 1, CERTAIN, np.minimum(-np.log1p(-np.minimum(chance, 1 - 1e-15)), CERTAIN)))
