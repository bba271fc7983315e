"""Rolls a version out a thousand times: how often it is promoted or rolled back, how long that takes, what it costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.deployment.gates.e_process import HOLD, PROMOTE, ROLL_BACK
from components.deployment.plan import Plan
from components.deployment.strategies import strategy_of
from components.errors import BadInput
from components.stats.estimate import Estimate
from components.stats.intervals import wilson

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
MOST_RUNS = 100_000
MOST_CELLS = 20_000_000
AT_ONCE = 64
"""Windows that are drawn and judged at once; runs that ended are left out from the next ones on."""
DRAWN = 150
CLIP = 1.25
"""Evidence is drawn as a share of what decides: 1 rolls back, -1 promotes; beyond this it is cut."""
EVENTS = {ROLL_BACK: "roll back", PROMOTE: "promote", HOLD: "end of the ramp, undecided"}


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of a plan over many simulated runs.

    Attributes
    ----------
    promoted, rolled_back, undecided : Estimate
        Shares of the runs, with Wilson intervals.
    ended : array, runs
        Window (from 1) in which a run ended; the last one for undecided runs.
    decision : array, runs
        1 rolled back, -1 promoted, 0 undecided.
    bad_decisions, excess_bad_decisions : Estimate
        Mean per run of the new version's failures until the run ended, and of those beyond what the current version is expected
        to make on as many requests.
    canary_failures, stable_failures : array, runs × windows
        Failures of either arm; none after a run ended.
    """

    plan: Plan
    runs: int
    seed: int
    promoted: Estimate
    rolled_back: Estimate
    undecided: Estimate
    ended: Counts
    decision: Counts
    bad_decisions: Estimate
    excess_bad_decisions: Estimate
    canary_failures: Counts
    stable_failures: Counts

    def windows_to_roll_back(self, quantile: float = 0.5) -> float | None:
        """Return a quantile of the windows until rollback over all runs; None where too few were rolled back by the end."""
        return self._windows_to(ROLL_BACK, quantile)

    def windows_to_promote(self, quantile: float = 0.5) -> float | None:
        """Return a quantile of the windows until promotion over all runs; None where too few were promoted by the end."""
        return self._windows_to(PROMOTE, quantile)

    def _windows_to(self, decision: int, quantile: float) -> float | None:
        times = np.sort(np.where(self.decision == decision, self.ended.astype(float), np.inf))
        value = float(times[min(max(int(np.ceil(quantile * self.runs)), 1), self.runs) - 1])
        return value if np.isfinite(value) else None

    @property
    def failures_before_rollback(self) -> Estimate:
        """Mean of the new version's failures in the runs that were rolled back."""
        return _mean(self.canary_failures[self.decision == ROLL_BACK].sum(axis=1).astype(float))

    @cached_property
    def curve(self) -> pd.DataFrame:
        """Median and middle 95 % of the evidence by window: columns window, share, median, low, high.

        Evidence is a share of what decides: 1 rolls back, -1 promotes. A run that ended stays where it ended, so the median
        crosses what decides in the median window. Of long ramps some 150 windows are given, with the last of each step.
        """
        shares = self.plan.shares
        ends = np.cumsum([step.windows for step in self.plan.steps])
        shown = np.union1d(np.unique(np.linspace(1, self.plan.windows, DRAWN).astype(int)), ends)
        starts = np.concatenate([[0], shown[:-1]])
        canary = np.add.reduceat(self.canary_failures, starts, axis=1)
        stable = np.add.reduceat(self.stable_failures, starts, axis=1)
        weight = np.clip(self.plan.gate.weight(canary, stable, shares[starts]), -CLIP, CLIP)
        low, median, high = np.quantile(weight, [0.025, 0.5, 0.975], axis=0)
        return pd.DataFrame({"window": shown, "share": shares[shown - 1], "median": median, "low": low, "high": high})

    def log(self, run: int) -> pd.DataFrame:
        """Return what happened in one run, window by window until it ended."""
        stop, shares = int(self.ended[run]), self.plan.shares
        canary, stable = self.canary_failures[run, :stop], self.stable_failures[run, :stop]
        strategy, rng = strategy_of(self.plan), np.random.default_rng([self.seed, run])
        requests = [strategy.requests(self.plan, s, k, c, rng) for s, k, c in zip(shares[:stop], canary, stable, strict=True)]
        return pd.DataFrame(
            {
                "window": np.arange(1, stop + 1),
                "share": shares[:stop],
                "canary requests": np.array(requests, dtype=np.int64),
                "canary failures": canary,
                "control failures": stable,
                "evidence": self.plan.gate.weight(canary[None, :], stable[None, :], shares[:stop])[0].round(3),
                "event": ["hold"] * (stop - 1) + [EVENTS[int(self.decision[run])]],
            }
        )


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
    The gate looks after each window; the first crossing of either threshold ends the run, and nothing after it counts. A window
    without failures leaves the evidence as it was: no data never promotes.
    """
    if not 1 <= runs <= MOST_RUNS or runs * plan.windows > MOST_CELLS:
        most = min(MOST_RUNS, MOST_CELLS // plan.windows)
        raise BadInput(f"{runs:,} runs of {plan.windows:,} windows can't be simulated.", f"Use between 1 and {most:,} runs.")
    if seed < 0:
        raise BadInput(f"The seed is {seed}.", "Use 0 or a whole number above it.")
    strategy, rng, watch = strategy_of(plan), np.random.default_rng(seed), plan.gate.watch(runs)
    going = np.arange(runs)
    ended, decision = np.full(runs, plan.windows), np.full(runs, HOLD)
    canary_failures, stable_failures = np.zeros((runs, plan.windows), dtype=np.int64), np.zeros((runs, plan.windows), dtype=np.int64)
    expected = np.zeros(runs)
    for start, share, length in _stretches(plan):
        canary, stable = strategy.failures(plan, share, (len(going), length), rng)
        decisions = watch.look(canary, stable, share)
        ends = decisions.any(axis=1)
        last = np.where(ends, (decisions != HOLD).argmax(axis=1), length - 1)
        counts = np.arange(length)[None, :] <= last[:, None]
        canary, stable = canary * counts, stable * counts
        canary_failures[going, start : start + length], stable_failures[going, start : start + length] = canary, stable
        expected[going] += (strategy.expected_requests(plan, share, canary, stable) * counts).sum(axis=1)
        ended[going[ends]] = start + last[ends] + 1
        decision[going[ends]] = decisions[ends, last[ends]]
        kept = np.logical_not(ends)
        going = going[kept]
        if not len(going):
            break
        watch.keep(kept)
    bad = canary_failures.sum(axis=1).astype(float)
    return Outcome(
        plan=plan,
        runs=runs,
        seed=seed,
        promoted=wilson(int((decision == PROMOTE).sum()), runs),
        rolled_back=wilson(int((decision == ROLL_BACK).sum()), runs),
        undecided=wilson(int((decision == HOLD).sum()), runs),
        ended=ended,
        decision=decision,
        bad_decisions=_mean(bad),
        excess_bad_decisions=_mean(bad - plan.failure_rate * expected),
        canary_failures=canary_failures,
        stable_failures=stable_failures,
    )


def _stretches(plan: Plan) -> Iterator[tuple[int, float, int]]:
    """Cut the ramp into stretches of one share: first window (from 0), share, number of windows."""
    start = 0
    for step in plan.steps:
        for begin in range(0, step.windows, AT_ONCE):
            yield start + begin, step.share, min(AT_ONCE, step.windows - begin)
        start += step.windows


def _mean(values: Array) -> Estimate:
    """Return the mean over runs with its normal 95 % interval."""
    if not len(values):
        return Estimate(None, n=0, why="No run ended this way.")
    mean = float(values.mean())
    if len(values) == 1:
        return Estimate(mean, n=1, why="One run alone has no interval.")
    half = 1.96 * float(values.std(ddof=1)) / len(values) ** 0.5
    return Estimate(mean, mean - half, mean + half, len(values))
