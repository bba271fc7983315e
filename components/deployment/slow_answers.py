"""Answers that are slower than the objective, judged by the same kind of gate as failures: they can stop a rollout, never promote it."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from components.deployment.alarms import NEVER
from components.deployment.parts import Step
from components.deployment.seen import ROLL_BACK, Counts, Rates
from components.deployment.strategies import strategy_of
from components.deployment.world import World

Stretch = tuple[int, bool, Step, int]
"""First window (from 0), whether a step begins there, the step, and number of windows."""
STREAM = 40


def slow_rates(world: World, here: slice) -> Rates:
    """Return what slow answers are drawn from: how many are slow is known at once, and the versions are slow independently."""
    new, old = (world.showing("slow", everything=everything)[here] for everything in (True, False))
    return Rates(new, old, world.requests[here], np.ones(len(new)), new * old)


def stopped_for_slow_answers(world: World, stretches: Iterable[Stretch], decided: Counts, seed: int) -> Counts:
    """Return in which window (from 1) the gate rolls each run back for slow answers; `NEVER` where it doesn't by its decision.

    Parameters
    ----------
    stretches : iterable
        The ramp, cut into stretches of one step.
    decided : array, runs
        Window in which a run is decided by its failures; nobody looks later.
    """
    plan, strategy, runs = world.plan, strategy_of(world.plan), len(decided)
    gate, rng = plan.judging, np.random.default_rng([seed, STREAM])
    measured = plan.model_copy(update={"review": None})  # how long an answer takes is measured, and waits for no reviewer
    watch, there, at = gate.watch(runs), np.arange(runs), np.full(runs, NEVER)
    for start, _, step, length in stretches:
        going = decided[there] > start
        watch.keep(going)
        there = there[going]
        if not len(there):
            break
        rates = slow_rates(world, slice(start, start + length))
        seen = strategy.draw(measured, step.share, rates, len(there), rng)
        if gate.counts_requests:
            seen = strategy.add_requests(measured, step.share, rates, seen, rng)
        if start < plan.warm_up:
            seen = seen.masked(np.arange(start, start + length) >= plan.warm_up)
        back = watch.look(replace(seen, ends=False)) == ROLL_BACK
        found = back.any(axis=1)
        at[there[found]] = start + back[found].argmax(axis=1) + 1
        watch.keep(~found)
        there = there[~found]
    return np.where(at <= decided, at, NEVER)
