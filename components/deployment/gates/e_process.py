"""The e-process gate: rolls back on evidence of harm, promotes on evidence of none, and may look after every window."""

from typing import ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from components import words
from components.deployment.gates.declaration import Gate
from components.deployment.seen import HOLD, PROMOTE, ROLL_BACK, Array, Counts, Seen
from components.stats.sequential import GRID, Evidence, log_mean
from components.stats.units import BETS, UnitEvidence

UNMOVED = 1e-6


class EProcess(Gate):
    """A decision rule on the failures of the canary and of the control that runs at the same time.

    Rolls back as soon as the evidence against "not worse" (ρ ≤ 1) reaches 1/α; promotes as soon as that against "worse by more
    than the margin" (ρ ≥ 1 + margin) does; holds otherwise. False rollbacks and false promotions each stay under α. Without
    failures there is no evidence, so no data never promotes. Where several requests stick to a version together, the evidence is on
    units instead of requests, so that the same holds however alike the requests of one are.
    """

    code: ClassVar[str] = "G01"
    title: ClassVar[str] = "e-process"
    says: ClassVar[str] = "May look after every window, and still rolls back at most α of the harmless versions."
    counts_requests: ClassVar[bool] = False
    kind: Literal["e-process"] = "e-process"
    alpha: float = Field(0.05, gt=0, lt=1, title="Tolerated false rollbacks (α)")
    margin: float = Field(0.25, gt=0, le=5, title="Harm that does not matter (margin)")

    def shared(self, metrics: int) -> Self:
        """Return the gate for each of several metrics, which share α."""
        return self.model_copy(update={"alpha": self.alpha / metrics})

    @property
    def described(self) -> str:
        """The gate and its settings in a few words."""
        return f"e-process, α {words.decimal(self.alpha)}, margin {words.decimal(self.margin)}"

    @property
    def threshold(self) -> float:
        """Log evidence at which the gate decides."""
        return float(-np.log(self.alpha))

    @property
    def harm(self) -> Evidence:
        """Evidence that the new version is worse."""
        return Evidence(1.0, GRID)

    @property
    def harmless(self) -> Evidence:
        """Evidence that the new version isn't worse by more than the margin."""
        return Evidence(1 + self.margin, (1 + self.margin) / GRID)

    def weight(self, seen: Seen, shown: NDArray[np.int64]) -> Array:
        """Return how far the evidence goes after some windows, as a share of what decides: 1 rolls back, -1 promotes.

        Between the two, evidence for harm and evidence for none are held against each other; harm between nothing and the margin
        can have both. Windows of one share may be added up without changing the evidence at their end.
        """
        if seen.unit > 1:
            sums, shares = _sums(seen), seen.weight
            harm, harmless = (np.maximum(one.log_evidence(*sums, shares)[:, shown - 1], 0) for one in self.of_units(seen.unit))
            return self._held(harm, harmless)
        starts = np.concatenate([[0], shown[:-1]])
        canary, stable = (np.add.reduceat(counts, starts, axis=1) for counts in (seen.canary, seen.stable))
        shares = seen.weight[starts]
        harm = np.maximum(self.harm.log_evidence(canary, stable, shares), 0)
        harmless = np.maximum(self.harmless.log_evidence(canary, stable, shares), 0)
        return self._held(harm, harmless)

    def _held(self, harm: Array, harmless: Array) -> Array:
        result: Array = np.select([harm >= self.threshold, harmless >= self.threshold], [harm, -harmless], harm - harmless) / self.threshold
        return result

    def of_units(self, requests: int) -> tuple[UnitEvidence, UnitEvidence]:
        """Return evidence of harm, and of none, where so many requests stick to a version together."""
        return UnitEvidence(1.0, requests, worse=True), UnitEvidence(1 + self.margin, requests, worse=False)

    def watch(self, runs: int) -> "Watch":
        """Return what looks at the windows of this many runs as they come."""
        return Watch(self, runs)


class Watch:
    """The gate's memory of the runs that are still going on."""

    def __init__(self, gate: EProcess, runs: int) -> None:
        self._gate = gate
        self._threshold = gate.threshold
        self._sides = ((gate.harm, ROLL_BACK), (gate.harmless, PROMOTE))
        self._failures = np.zeros(runs)
        self._spent = [np.zeros((runs, len(evidence.grid))) for evidence, _ in self._sides]
        self._logs = [np.zeros((BETS, runs)) for _ in self._sides]

    def look(self, seen: Seen) -> Counts:
        """Return the decision after each of some windows of the same share, runs × windows."""
        if seen.unit > 1:
            return self._look_at_units(seen)
        canary, stable, share = seen.canary, seen.stable, float(seen.weight[0])
        failures = self._failures[:, None] + np.cumsum(canary, axis=1)
        everything = np.cumsum(canary + stable, axis=1)
        decisions = np.full(canary.shape, HOLD, dtype=np.int64)
        for number, (evidence, decision) in reversed(list(enumerate(self._sides))):
            crossed = evidence.crossings(failures, everything, self._spent[number], share, self._threshold)
            decisions[crossed] = decision
            self._spent[number] = self._spent[number] + everything[:, -1:] * evidence.cost(share)
        self._failures = failures[:, -1]
        return decisions

    def _look_at_units(self, seen: Seen) -> Counts:
        """Look where several requests stick together: the evidence is on units, and `_logs` holds what it comes to, by bet."""
        sums, share = _sums(seen), float(seen.weight[0])
        decisions = np.full(seen.canary.shape, HOLD, dtype=np.int64)
        for number, (evidence, (_, decision)) in reversed(list(enumerate(zip(self._gate.of_units(seen.unit), self._sides, strict=True)))):
            logs = self._logs[number][:, :, None] + np.cumsum(evidence.log_factors(*sums, share), axis=2)
            decisions[log_mean(logs) >= self._threshold] = decision
            self._logs[number] = logs[:, :, -1]
        self._failures = self._failures + seen.canary.sum(axis=1)
        return decisions

    def keep(self, going: NDArray[np.bool_]) -> None:
        """Forget the runs that ended."""
        self._failures = self._failures[going]
        self._spent = [spent[going] for spent in self._spent]
        self._logs = [logs[:, going] for logs in self._logs]

    @property
    def blind(self) -> NDArray[np.bool_]:
        """Runs whose failures have moved the evidence nowhere: nothing was there to judge."""
        return np.asarray((self._failures == 0) & (np.abs(self._spent[0]).max(axis=1) < UNMOVED))


def _sums(seen: Seen) -> tuple[tuple[Counts, Counts], tuple[Counts, Counts]]:
    """Return the failures of either arm with the squares of its units' failures."""
    assert seen.canary_squares is not None
    assert seen.stable_squares is not None
    return (seen.canary, seen.canary_squares), (seen.stable, seen.stable_squares)
