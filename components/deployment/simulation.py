"""Rolls a version out a thousand times: how often it is promoted or rolled back, how long that takes, what it costs."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.deployment.plan import Plan
from components.deployment.strategies import STRATEGIES
from components.deployment.strategies.canary import Traffic
from components.errors import BadInput
from components.stats.estimate import Estimate
from components.stats.intervals import wilson

Array = NDArray[np.float64]
MOST_RUNS = 100_000
MOST_CELLS = 40_000_000
CLIP = 1.25
"""Evidence is drawn as a share of what decides: 1 rolls back, -1 promotes; beyond this it is cut."""


@dataclass(frozen=True)
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
        Mean per run of the new version's failures until the run ended, and of those beyond what the current version would have
        made on the same requests.
    traffic : Traffic
    evidence : array, runs × windows
        Share of the evidence that decides: 1 rolls back, -1 promotes.
    """

    plan: Plan
    runs: int
    seed: int
    promoted: Estimate
    rolled_back: Estimate
    undecided: Estimate
    ended: NDArray[np.int64]
    decision: NDArray[np.int64]
    bad_decisions: Estimate
    excess_bad_decisions: Estimate
    traffic: Traffic
    evidence: Array

    def windows_to_roll_back(self, quantile: float = 0.5) -> float | None:
        """Return a quantile of the windows until rollback over all runs; None where too few were rolled back by the end."""
        times = np.sort(np.where(self.decision == 1, self.ended.astype(float), np.inf))
        value = float(times[min(int(np.ceil(quantile * self.runs)) - 1, self.runs - 1)])
        return value if np.isfinite(value) else None

    def windows_to_promote(self, quantile: float = 0.5) -> float | None:
        """Return a quantile of the windows until promotion over all runs; None where too few were promoted by the end."""
        times = np.sort(np.where(self.decision == -1, self.ended.astype(float), np.inf))
        value = float(times[min(int(np.ceil(quantile * self.runs)) - 1, self.runs - 1)])
        return value if np.isfinite(value) else None

    @property
    def curve(self) -> pd.DataFrame:
        """Median and middle 95 % of the evidence by window: columns window, median, low, high, share.

        A run that ended stays where it ended, so the median crosses what decides in the median window.
        """
        windows = np.arange(1, self.evidence.shape[1] + 1)
        ended = self.evidence[np.arange(self.runs), self.ended - 1][:, None]
        kept = np.where(windows[None, :] <= self.ended[:, None], self.evidence, ended)
        low, median, high = np.quantile(np.clip(kept, -CLIP, CLIP), [0.025, 0.5, 0.975], axis=0)
        return pd.DataFrame({"window": windows, "median": median, "low": low, "high": high, "share": self.traffic.shares})

    def log(self, run: int) -> pd.DataFrame:
        """Return what happened in one run, window by window until it ended."""
        stop = int(self.ended[run])
        evidence = self.evidence[run, :stop]
        event = ["hold"] * stop
        event[-1] = {1: "roll back", -1: "promote", 0: "end of the ramp, undecided"}[int(self.decision[run])]
        return pd.DataFrame(
            {
                "window": np.arange(1, stop + 1),
                "share": self.traffic.shares[:stop],
                "canary requests": self.traffic.canary_requests[run, :stop].astype(int),
                "canary failures": self.traffic.canary_failures[run, :stop].astype(int),
                "control failures": self.traffic.stable_failures[run, :stop].astype(int),
                "evidence": np.round(evidence, 3),
                "event": event,
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
        The same seed gives the same rollouts.

    Returns
    -------
    Outcome

    Raises
    ------
    BadInput
        Too many or too few runs.

    Notes
    -----
    The gate looks after each window; the first crossing of either threshold ends the run. A window without failures leaves the
    evidence as it was: no data never promotes.
    """
    if not 1 <= runs <= MOST_RUNS or runs * plan.windows > MOST_CELLS:
        raise BadInput(f"{runs:,} runs of {plan.windows:,} windows can't be simulated at once.", "Use between 1 and 100,000 runs.")
    strategy = next(one for one in STRATEGIES if one.name == plan.strategy)
    traffic = strategy.draw(plan, runs, np.random.default_rng(seed))
    harm, harmless = plan.gate.evidence(traffic.canary_failures, traffic.stable_failures, traffic.shares)
    crossed = np.where(harm >= plan.gate.threshold, 1, np.where(harmless >= plan.gate.threshold, -1, 0))
    any_crossing = (crossed != 0).any(axis=1)
    first = np.where(any_crossing, (crossed != 0).argmax(axis=1), plan.windows - 1)
    decision = np.where(any_crossing, crossed[np.arange(runs), first], 0)
    exposed = np.arange(plan.windows)[None, :] <= first[:, None]
    bad = (traffic.canary_failures * exposed).sum(axis=1)
    excess = bad - plan.failure_rate * (traffic.canary_requests * exposed).sum(axis=1)
    evidence = (np.maximum(harm, 0) - np.maximum(harmless, 0)) / plan.gate.threshold
    return Outcome(
        plan=plan,
        runs=runs,
        seed=seed,
        promoted=wilson(int((decision == -1).sum()), runs),
        rolled_back=wilson(int((decision == 1).sum()), runs),
        undecided=wilson(int((decision == 0).sum()), runs),
        ended=(first + 1).astype(np.int64),
        decision=decision.astype(np.int64),
        bad_decisions=_mean(bad),
        excess_bad_decisions=_mean(excess),
        traffic=traffic,
        evidence=evidence,
    )


def _mean(values: Array) -> Estimate:
    """Return the mean over runs with its normal 95 % interval."""
    half = 1.96 * float(values.std(ddof=1)) / len(values) ** 0.5 if len(values) > 1 else 0.0
    mean = float(values.mean())
    return Estimate(mean, mean - half, mean + half, len(values))
