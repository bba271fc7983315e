"""Rolls a version out a thousand times: how often it is promoted or rolled back, how long that takes, what it costs."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from components.deployment.alarms import NEVER, alarms
from components.deployment.approving import Asked, ask, shares_seen
from components.deployment.outcome import Outcome, SliceOutcome, mean
from components.deployment.parts import Step
from components.deployment.plan import Plan
from components.deployment.seen import HOLD, PROMOTE, ROLL_BACK, Array, Counts, Seen
from components.deployment.slow_answers import stopped_for_slow_answers
from components.deployment.strategies import strategy_of
from components.deployment.switching import left_over, restarts, struck_at
from components.deployment.world import World
from components.errors import BadInput
from components.stats.intervals import wilson

MOST_RUNS = 100_000
MOST_CELLS = 20_000_000
AT_ONCE = 64
"""Windows that are drawn and judged at once."""
TAIL = 8
"""Mean update times after which practically every device has rolled back."""


def simulate(plan: Plan, runs: int = 1000, seed: int = 0) -> Outcome:
    """Simulate a plan.

    Parameters
    ----------
    plan : Plan
    runs : int
        How many rollouts, 1 to 100,000.
    seed : int
        The same seed gives the same rollouts; not negative.

    Returns
    -------
    Outcome

    Raises
    ------
    BadInput
        Too many or too few runs, or a negative seed.

    Notes
    -----
    The gate looks after each window at the labels that have come, and at slow answers where the plan says so; the first crossing of
    either threshold ends the run. An alarm
    while something is wrong rolls back at once; one while nothing is, is counted and looked into. Plans that differ in their
    monitors alone meet the same requests, so that one monitor fewer is never luck. A window without failures leaves the evidence
    as it was: no data never promotes.
    """
    _check(plan, runs, seed)
    world = World(plan)
    drawn, known, decision, decided, blind = _compare(world, runs, seed)
    slow = stopped_for_slow_answers(world, _stretches(plan), decided, seed) if plan.judge_latency else np.full(runs, NEVER)
    decision, decided = np.where(slow < NEVER, ROLL_BACK, decision), np.minimum(slow, decided)
    asked = ask(plan, decision, decided, seed)
    until = asked.decided + plan.watched * (asked.decision == PROMOTE)
    shares = shares_seen(plan, asked, world.windows)
    later, part = _later(world, asked, shares, seed)
    limit = struck_at(world, asked, shares, later, seed)
    alarm = alarms(world, asked.promoted_at, np.minimum(until, limit), seed, shares)
    noticed = alarm.window <= np.minimum(until, limit)
    stopped = noticed | (limit <= until)
    at = np.minimum(alarm.window, limit)
    final = np.where(stopped, ROLL_BACK, asked.decision)
    ended = np.where(stopped, at, asked.decided)
    last = np.where(stopped, at, until)
    restarted = restarts(plan, asked.promoted_at, last)
    left = left_over(plan, asked, last, restarted, final, world.windows)
    failures, expected = _exposed(world, drawn, asked, (later, part), left, seed)
    ramp = np.arange(plan.windows)[None, :] < np.minimum(last, asked.spoken_at)[:, None]
    seen = known.masked(ramp & _judged(plan, 0, plan.windows))
    same = known is drawn and not plan.warm_up
    compared, stable = (seen.canary, seen.stable) if same else (drawn.canary * ramp, drawn.stable * ramp)
    if world.windows > plan.windows:
        windows = np.arange(world.windows)[None, :]
        after = (windows >= asked.spoken_at[:, None]) & (windows < last[:, None])
        compared = np.where(after, failures, np.pad(compared, ((0, 0), (0, world.windows - plan.windows))))
    bad = failures.sum(axis=1).astype(float)
    return Outcome(
        plan=plan,
        runs=runs,
        seed=seed,
        promoted=wilson(int((final == PROMOTE).sum()), runs),
        rolled_back=wilson(int((final == ROLL_BACK).sum()), runs),
        undecided=wilson(int((final == HOLD).sum()), runs),
        no_data=wilson(int((blind & (final == HOLD)).sum()), runs),
        ended=ended,
        decision=final,
        noticed_by=np.where(noticed, alarm.monitor, -1),
        bad_decisions=mean(bad),
        excess_bad_decisions=mean(bad - expected @ world.old),
        false_alarms=mean(alarm.false.astype(float)),
        canary_failures=compared,
        stable_failures=stable,
        seen=seen,
        asked_at=np.where(asked.spoken_at < last, asked.spoken_at, NEVER) if plan.waiting else np.full(runs, NEVER),
        unanswered=asked.unanswered & ~stopped,
        by_limit=stopped & ~noticed,
        way_back=np.where(final == ROLL_BACK, plan.rollback_delay + restarted, 0),
        by_latency=(asked.decided == slow) & ~asked.unanswered & ~stopped,
        by_slice=_by_slice(world, failures, expected),
    )


def _by_slice(world: World, failures: Counts, requests: Array) -> tuple[SliceOutcome, ...]:
    """Return the bad decisions of each slice: a failure is a slice's as often as it fails there."""
    if not world.plan.slices:
        return ()
    part = world.shares[:, None] * world.new_by_slice / np.where(world.new > 0, world.new, 1)
    bad, usual = failures @ part.T, requests @ (world.shares[:, None] * world.old_by_slice).T
    return tuple(SliceOutcome(mean(bad[:, number]), mean((bad - usual)[:, number])) for number in range(len(world.plan.slices)))


def _check(plan: Plan, runs: int, seed: int) -> None:
    windows = World(plan).windows
    if not 1 <= runs <= MOST_RUNS or runs * windows > MOST_CELLS:
        most = min(MOST_RUNS, MOST_CELLS // windows)
        raise BadInput(f"{runs:,} runs of {windows:,} windows can't be simulated.", f"Use between 1 and {most:,} runs.")
    if seed < 0:
        raise BadInput(f"The seed is {seed}.", "Use 0 or a whole number above it.")


def _compare(world: World, runs: int, seed: int) -> tuple[Seen, Seen, Counts, Counts, NDArray[np.bool_]]:
    """Draw the ramp and let the gate look: all counts, those with a label, the decisions, their windows, and where there was no data."""
    plan, strategy = world.plan, strategy_of(world.plan)
    failing, answering, labelling = (np.random.default_rng([seed, stream]) for stream in range(3))
    watch, going = plan.judging.watch(runs), np.ones(runs, dtype=np.bool_)
    decided, decision, blind = np.full(runs, plan.windows), np.full(runs, HOLD), np.zeros(runs, dtype=np.bool_)
    drawn, known, sampled = [], [], np.zeros(runs, dtype=np.int64)
    for start, first, step, length in _stretches(plan):
        share = step.share
        if first:
            sampled[:] = 0
        there = np.flatnonzero(going | (decided + _lag(plan) > start))
        here = slice(start, start + length)
        rates = world.rates(here)
        everything = strategy.draw(plan, share, rates, len(there), failing)
        if plan.counting:
            everything = strategy.add_requests(plan, share, rates, everything, answering)
        labelled = everything.thinned(world.labelled[here], labelling)
        drawn.append(everything.spread(there, runs))
        known.append(drawn[-1] if labelled is everything else labelled.spread(there, runs))
        visible = min(length, plan.windows - plan.label_delay - start)
        if visible > 0 and going.any():
            seen = labelled.of(np.flatnonzero(going[there]), visible)
            if start < plan.warm_up:
                seen = seen.masked(_judged(plan, start, visible))
            decisions = watch.look(replace(seen, ends=start + visible == plan.windows - plan.label_delay))
            if step.least_sample:
                assert seen.requests is not None
                sample = sampled[going][:, None] + np.cumsum(seen.requests, axis=1)
                decisions = np.where(sample < step.least_sample, HOLD, decisions)
                sampled[going] = sample[:, -1]
            ends, all_ = decisions.any(axis=1), np.flatnonzero(going)
            last = (decisions[ends] != HOLD).argmax(axis=1)
            decided[all_[ends]] = start + last + 1 + plan.label_delay
            decision[all_[ends]] = decisions[ends, last]
            going[all_[ends]] = False
            watch.keep(np.logical_not(ends))
        if not going.any() and start + length >= min(decided.max() + _lag(plan), plan.windows):
            break
    blind[going] = watch.blind
    whole = _whole(drawn, plan)
    same = all(one is other for one, other in zip(drawn, known, strict=True))
    return whole, whole if same else _whole(known, plan), decision, decided, blind


def _whole(parts: list[Seen], plan: Plan) -> Seen:
    """Return the stretches as one, with nothing in the windows that no run reached."""
    joined = Seen.joined(parts)
    missing = plan.windows - joined.canary.shape[1]
    return joined if not missing else joined.padded(plan.shares if not plan.paired else np.full(plan.windows, 0.5))


def _lag(plan: Plan) -> int:
    """Windows after a decision in which the new version still decides."""
    return plan.rollback_delay * (1 if plan.target == "service" else TAIL)


def _later(world: World, asked: Asked, shares: Array | None, seed: int) -> tuple[Counts | None, Array]:
    """Draw the failures of the new version while nothing is compared any more, by window, and the part of the requests that it decides."""
    plan, strategy, windows = world.plan, strategy_of(world.plan), np.arange(world.windows)
    if world.windows == plan.windows:
        return None, np.ones(1)
    waited = strategy.exposes or windows[None, :] >= asked.promoted_at[:, None]
    part = np.ones(1) if shares is None else shares * waited
    shape = (len(asked.decision), world.windows)
    return strategy.failing(plan, world.requests, world.new, part, shape, np.random.default_rng([seed, 3])), part


def _exposed(
    world: World,
    drawn: Seen,
    asked: Asked,
    later: tuple[Counts | None, Array],
    left: NDArray[np.bool_] | Array,
    seed: int,
) -> tuple[Counts, Array]:
    """Return the failures of the new version that somebody met, by window, and its expected requests."""
    plan, strategy = world.plan, strategy_of(world.plan)
    runs, windows = len(asked.decision), np.arange(world.windows)
    failures, requests = np.zeros((runs, plan.windows), dtype=np.int64), np.zeros((runs, plan.windows))
    if strategy.exposes:
        rates = world.rates(slice(plan.windows))
        failures, requests = drawn.canary, strategy.expected_requests(plan, plan.shares, rates, drawn.canary, drawn.stable)
    everything, part = later
    if everything is not None:
        pad = ((0, 0), (0, world.windows - plan.windows))
        failures, requests = np.pad(failures, pad), np.pad(requests, pad)
        after = windows[None, :] >= asked.spoken_at[:, None]
        failures, requests = np.where(after, everything, failures), np.where(after, world.requests * part, requests)
    kept = np.where(left, failures, 0) if left.dtype == np.bool_ else np.random.default_rng([seed, 4]).binomial(failures, left)
    return kept, requests * left


def _judged(plan: Plan, start: int, windows: int) -> NDArray[np.bool_]:
    """Say which of some windows the gate judges: those after the warm-up."""
    return np.arange(start, start + windows) >= plan.warm_up


def _stretches(plan: Plan) -> Iterator[tuple[int, bool, Step, int]]:
    """Cut the ramp into stretches of one step: first window (from 0), whether the step begins there, the step, number of windows."""
    start = 0
    for step, stays in zip(plan.steps, plan.stays, strict=True):
        for begin in range(0, stays, AT_ONCE):
            yield start + begin, begin == 0, step, min(AT_ONCE, stays - begin)
        start += stays
