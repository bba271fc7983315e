"""When the monitors in place alarm."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from components.deployment.monitors import BY_CODE, MONITORS, Monitor
from components.deployment.seen import Array, Counts
from components.deployment.world import World

NEVER = np.iinfo(np.int64).max
NUMBERS = {monitor.code: number for number, monitor in enumerate(MONITORS)}


@dataclass(frozen=True, eq=False)
class Alarms:
    """The first alarm of each run while something was wrong, whose it was, and the alarms while nothing was."""

    window: Counts
    monitor: Counts
    false: Counts


def alarms(world: World, promoted_at: Counts, until: Counts, seed: int, shares: Array | None = None) -> Alarms:
    """Draw the alarms of all monitors in a plan; the arguments as in `alarms_of`.

    Each monitor's luck depends on the seed alone, not on what else is in place: with one monitor fewer, the others alarm as before.
    """
    runs = len(promoted_at)
    first, whose = np.full(runs, NEVER), np.full(runs, -1)
    wrongly = []
    for number, code in enumerate(world.plan.monitors):
        at, nothing = alarms_of(world, BY_CODE[code], promoted_at, seed, shares)
        whose[at < first] = number
        first = np.minimum(first, at)
        wrongly.append((world.delay(BY_CODE[code]), nothing))
    heard = np.minimum(until, first)[:, None]  # a run that was stopped hears no more alarms
    windows, false = np.arange(1, world.windows + 1)[None, :], np.zeros(runs, dtype=np.int64)
    for delay, nothing in wrongly:
        false += (nothing & (windows + delay <= heard)).sum(axis=1)
    return Alarms(first, whose, false)


def alarms_of(
    world: World, monitor: Monitor, promoted_at: Counts, seed: int, shares: Array | None = None
) -> tuple[Counts, NDArray[np.bool_]]:
    """Return in which window (from 1) of each run a monitor first alarms while something is wrong, and where it alarms about nothing.

    Parameters
    ----------
    promoted_at : array, runs
        Window after which all of the traffic is the new version's; `NEVER` where it wasn't promoted.
    shares : array, runs × windows, optional
        Share of the traffic that the new version sees, where it doesn't follow from the ramp and the promotion alone.
    """
    plan, runs = world.plan, len(promoted_at)
    luck = np.random.default_rng([seed, 1000 + NUMBERS[monitor.code]]).random((runs, world.windows), dtype=np.float32)
    ramp = np.concatenate([plan.shares, np.zeros(world.windows - plan.windows)])
    alarmed: NDArray[np.bool_] = luck < world.alarms(monitor, ramp).astype(np.float32)
    if shares is not None:
        for share in np.unique(shares[shares > 0]):
            chance = world.alarms(monitor, np.full(world.windows, share)).astype(np.float32)
            alarmed = np.where(shares == share, luck < chance, alarmed)
    elif plan.watched:
        later = np.arange(world.windows)[None, :] >= promoted_at[:, None]
        alarmed = np.where(later, luck < world.alarms(monitor, np.ones(world.windows)).astype(np.float32), alarmed)
    delay = world.delay(monitor)
    rightly = alarmed & world.wrong
    at = np.where(rightly.any(axis=1), rightly.argmax(axis=1) + 1 + delay, NEVER)
    return np.where(at <= world.windows, at, NEVER), alarmed & ~world.wrong
