"""What came of a rollout over many simulated runs."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.deployment.approving import asking
from components.deployment.monitors import BY_CODE
from components.deployment.plan import Plan
from components.deployment.seen import HOLD, PROMOTE, ROLL_BACK, Array, Counts, Seen
from components.deployment.strategies import strategy_of
from components.deployment.world import World
from components.stats.estimate import Estimate

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
    no_data : Estimate
        Share of the runs that gave the gate nothing to judge; they are never promoted, and count as undecided.
    ended : array, runs
        Window (from 1) in which a run was decided; the last one for undecided runs.
    decision : array, runs
        1 rolled back, -1 promoted, 0 undecided.
    noticed_by : array, runs
        Number of the monitor in `plan.monitors` whose alarm ended the run; -1 where the gate decided, or nobody.
    bad_decisions, excess_bad_decisions : Estimate
        Mean per run of the new version's failures until the run ended, and of those beyond what the current version is expected
        to make on as many requests. A shadow decides nothing, so it has none.
    false_alarms : Estimate
        Mean number of alarms per run while nothing was wrong.
    canary_failures, stable_failures : array, runs × windows
        Failures of either version that were compared (in pairs: where the other was right); after promotion all of the new
        version's. None after a run ended.
    seen : Seen
        What the gate saw during the ramp.
    asked_at : array, runs
        Window in which the gate said promote and a person was asked; far away where nobody was.
    unanswered : array, runs
        Whether a run ended because no answer came.
    by_limit : array, runs
        Whether more failures than the limit after a switch made it roll back.
    way_back : array, runs
        Windows until the rollback of a run works; 0 where there was none.
    by_latency : array, runs
        Whether slow answers made the gate roll back.
    by_slice : tuple of SliceOutcome
        The bad decisions of each slice of the plan.
    """

    plan: Plan
    runs: int
    seed: int
    promoted: Estimate
    rolled_back: Estimate
    undecided: Estimate
    no_data: Estimate
    ended: Counts
    decision: Counts
    noticed_by: Counts
    bad_decisions: Estimate
    excess_bad_decisions: Estimate
    false_alarms: Estimate
    canary_failures: Counts
    stable_failures: Counts
    seen: Seen
    asked_at: Counts
    unanswered: NDArray[np.bool_]
    by_limit: NDArray[np.bool_]
    way_back: Counts
    by_latency: NDArray[np.bool_]
    by_slice: tuple["SliceOutcome", ...] = ()

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
        return mean(self.canary_failures[self.decision == ROLL_BACK].sum(axis=1).astype(float))

    @cached_property
    def curve(self) -> pd.DataFrame:
        """Median and middle 95 % of the evidence by window: columns window, share, median, low, high.

        Evidence is a share of what decides: 1 rolls back, -1 promotes. A run that ended stays where it ended, so the median
        crosses what decides in the median window. Of long ramps some 150 windows are given, with the last of each step.
        """
        shares = self.plan.shares
        ends = np.cumsum(self.plan.stays)
        shown = np.union1d(np.unique(np.linspace(1, self.plan.windows, DRAWN).astype(int)), ends)
        weight = np.clip(self._weight(self.seen, shown, self.ended, self.decision), -CLIP, CLIP)
        low, median, high = np.quantile(weight, [0.025, 0.5, 0.975], axis=0)
        return pd.DataFrame({"window": shown, "share": shares[shown - 1], "median": median, "low": low, "high": high})

    def _weight(self, seen: Seen, shown: Counts, ended: Counts, decision: Counts) -> Array:
        """Return the evidence, at its end where a run was decided by the end of its ramp or by a monitor."""
        known = np.maximum(shown - self.plan.label_delay, 0)
        weight = np.zeros((len(ended), len(shown)))
        if known.any():
            weight[:, known > 0] = self.plan.judging.weight(seen, known[known > 0])
        over = shown[None, :] >= ended[:, None]
        back, on = (over & (decision == one)[:, None] for one in (ROLL_BACK, PROMOTE))
        result: Array = np.where(back, np.maximum(weight, 1), np.where(on, np.minimum(weight, -1), weight))
        return result

    def log(self, run: int) -> pd.DataFrame:
        """Return what happened in one run, window by window until it ended; after a promotion without approval, to the ramp's end."""
        asked, ramp = int(self.asked_at[run]), self.plan.windows
        stop = min(int(self.ended[run]), asked + self.plan.waiting if asked <= ramp else ramp)
        numbers, compared = np.arange(stop), min(stop, ramp)
        shares = self.plan.shares[np.minimum(numbers, min(asked, ramp) - 1)]
        seen, shown = self.seen.of(slice(run, run + 1), compared), np.arange(1, compared + 1)
        failures, stable = self.canary_failures[run, :stop], np.pad(self.stable_failures[run, :compared], (0, stop - compared))
        rng, world, strategy = np.random.default_rng([self.seed, run]), World(self.plan), strategy_of(self.plan)
        requests = np.zeros(stop, dtype=np.int64)
        for window in range(stop):
            rates, share = world.rates(slice(window, window + 1)), float(shares[window])
            if window >= asked:
                met = float(rates.new[0]) if strategy.exposes else 0.0
                here, rest = int(rates.requests[0]), share * (1 - met) / (1 - share * met)
                requests[window] = failures[window] + rng.binomial(here - failures[window], rest)
                stable[window] = rng.binomial(here - requests[window], float(rates.old[0])) if strategy.exposes else 0
                continue
            one = Seen(failures[None, window, None], stable[None, window, None], seen.weight[:1])
            drawn = strategy.add_requests(self.plan, share, rates, one, rng).requests
            requests[window] = int(drawn[0, 0]) if drawn is not None else 0
        if seen.requests is not None:
            counted = slice(self.plan.warm_up, min(asked, compared))
            requests[counted] = seen.requests[0, counted]
        weight = self._weight(seen, shown, self.ended[run : run + 1], self.decision[run : run + 1])[0]
        return pd.DataFrame(
            {
                "window": numbers + 1,
                "share": shares,
                "canary requests": requests,
                "canary failures": failures,
                "control failures": stable,
                "evidence": np.pad(weight, (0, stop - compared), mode="edge").round(3),
                "gate": self._verdicts(requests, run),
                "event": self._events(run, stop),
            }
        )

    def _verdicts(self, requests: Counts, run: int) -> list[str]:
        """Return what the gate says after each window: NO DATA, INCONCLUSIVE, FAIL or PASS."""
        judged = np.where(np.arange(len(requests)) < self.plan.warm_up, 0, requests)
        known = np.concatenate([np.zeros(self.plan.label_delay), np.cumsum(judged)])[: len(requests)]
        verdicts = ["NO DATA" if not number else "INCONCLUSIVE" for number in known]
        asked, passed = int(self.asked_at[run]), len(requests)
        if asked <= len(requests):
            passed = asked - 1
        elif self._by_the_gate(run) and self.ended[run] <= self.plan.windows and self.decision[run] != HOLD:
            passed, verdicts[-1] = passed - (self.decision[run] == PROMOTE), "FAIL"
        elif self.ended[run] > self.plan.windows:
            passed -= 1
        return [*verdicts[:passed], *["PASS"] * (len(requests) - passed)]

    def _by_the_gate(self, run: int) -> bool:
        """Whether no monitor, no limit after a switch and no missing answer ended a run."""
        return not (self.noticed_by[run] >= 0 or self.by_limit[run] or self.unanswered[run])

    def _events(self, run: int, windows: int) -> list[str]:
        """Return what happened in each window: who was asked and what came of it, and last what ended the run."""
        said = asking(self.plan, self.runs, self.seed, run, int(self.asked_at[run])) if self.plan.approval else {}
        events = [said.get(window, "hold") for window in range(1, windows + 1)]
        when = f" in window {self.ended[run]}" if self.ended[run] > self.plan.windows else ""
        if self.noticed_by[run] >= 0:
            monitor = BY_CODE[self.plan.monitors[int(self.noticed_by[run])]]
            events[-1] = f"{EVENTS[ROLL_BACK]}{when}: {monitor.code} {monitor.title.lower()}"
        elif self.by_limit[run]:
            events[-1] = f"{EVENTS[ROLL_BACK]}{when}: more bad decisions after the switch than its limit allows"
        elif not self.unanswered[run] and self.asked_at[run] > windows:
            slow = f": answers slower than {self.plan.latency_objective_ms:g} ms" if self.by_latency[run] else ""
            events[-1] = f"{EVENTS[int(self.decision[run])]}{slow}"
        return events


@dataclass(frozen=True)
class SliceOutcome:
    """The new version's bad decisions in a slice, and those in excess: means per run."""

    bad_decisions: Estimate
    excess_bad_decisions: Estimate


def mean(values: Array) -> Estimate:
    """Return the mean over runs with its normal 95 % interval."""
    if not len(values):
        return Estimate(None, n=0, why="No run ended this way.")
    middle = float(values.mean())
    if len(values) == 1:
        return Estimate(middle, n=1, why="One run alone has no interval.")
    half = 1.96 * float(values.std(ddof=1)) / len(values) ** 0.5
    return Estimate(middle, middle - half, middle + half, len(values))
