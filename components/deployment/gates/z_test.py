"""The z-test that is looked at after every window: rolls back as soon as it is significant once."""

from statistics import NormalDist
from typing import ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from components import words
from components.deployment.gates.declaration import Gate
from components.deployment.seen import HOLD, PROMOTE, ROLL_BACK, Array, Counts, Seen

HIGHEST = 0.95


class ZTest(Gate):
    """A one-sided test of two shares on all requests so far, pooled; McNemar's on pairs.

    The test is made for one look. Looking after every window, it is wrong far more often than α says: that is its price. What has
    not been rolled back by the end of the ramp is promoted, provided that there were enough requests.
    """

    code: ClassVar[str] = "G03"
    title: ClassVar[str] = "z-test with peeking"
    says: ClassVar[str] = "Quick, but each look is another chance to be wrong: far more than α of the harmless versions are rolled back."
    kind: Literal["z-test"] = "z-test"
    alpha: float = Field(0.05, gt=0, lt=1, title="Significance at each look (α)")
    least_sample: int = Field(30, ge=1, le=10_000_000, title="Least requests of the new version before looking")

    def shared(self, metrics: int) -> Self:
        """Return the gate for each of several metrics, which share α."""
        return self.model_copy(update={"alpha": self.alpha / metrics})

    @property
    def described(self) -> str:
        """The gate and its settings in a few words."""
        return f"z-test at each look, α {words.decimal(self.alpha)}, from {words.counted(self.least_sample, 'request')}"

    @property
    def critical(self) -> float:
        """The value of z that rolls back."""
        return NormalDist().inv_cdf(1 - self.alpha)

    def watch(self, runs: int) -> "Peeks":
        """Return what adds up the requests of this many runs."""
        return Peeks(self, runs)

    def weight(self, seen: Seen, shown: NDArray[np.int64]) -> Array:
        """Return z as a share of the value that rolls back; it promotes only at the end of the ramp."""
        sums = [np.cumsum(counts, axis=1)[:, shown - 1] for counts in counted(seen)]
        z, enough = self.test(*sums, paired=seen.paired, unit=seen.unit)
        scaled = z / abs(self.critical) if self.critical else z
        result: Array = np.where(enough, np.where(z > self.critical, np.maximum(scaled, 1.0), np.clip(scaled, -HIGHEST, HIGHEST)), 0.0)
        return result

    def test(
        self,
        canary: Counts,
        stable: Counts,
        requests: Counts,
        stable_requests: Counts,
        squares: Counts | None = None,
        *,
        paired: bool,
        unit: int = 1,
    ) -> tuple[Array, Counts]:
        """Return z, and whether there were enough requests to look.

        Where `unit` requests stick together, the means of units are compared; `squares` is the sum over units of their failures squared.
        """
        n, m = np.maximum(requests, 1) / unit, np.maximum(stable_requests, 1) / unit
        if paired:
            difference, variance = (canary - stable).astype(float), (canary + stable).astype(float)
        else:
            pooled = (canary + stable) / (n + m)
            spread = pooled * (1 - pooled) if squares is None else squares / (n + m) - pooled**2
            difference, variance = canary / n - stable / m, spread * (1 / n + 1 / m)
        z = np.where(variance > 0, difference / np.sqrt(np.where(variance > 0, variance, 1)), 0.0)
        return z, np.asarray(requests >= self.least_sample)


class Peeks:
    """The requests so far of the runs that are still going on."""

    def __init__(self, gate: ZTest, runs: int) -> None:
        self._gate = gate
        self._before = [np.zeros(runs, dtype=np.int64) for _ in range(5)]

    def look(self, seen: Seen) -> Counts:
        """Return the decision after each of some windows, runs × windows."""
        sums = [before[:, None] + np.cumsum(counts, axis=1) for before, counts in zip(self._before, counted(seen), strict=False)]
        z, enough = self._gate.test(*sums, paired=seen.paired, unit=seen.unit)
        decisions = np.where(enough & (z > self._gate.critical), ROLL_BACK, HOLD)
        if seen.ends:
            decisions[(decisions[:, -1] == HOLD) & enough[:, -1], -1] = PROMOTE
        self._before = [total[:, -1] for total in sums]
        return decisions

    def keep(self, going: NDArray[np.bool_]) -> None:
        """Forget the runs that ended."""
        self._before = [before[going] for before in self._before]

    @property
    def blind(self) -> NDArray[np.bool_]:
        """Runs with fewer requests than the gate looks at."""
        return np.asarray(self._before[2] < self._gate.least_sample)


def counted(seen: Seen) -> tuple[Counts, ...]:
    """Return what the test compares: failures of either version, and their requests; the squares of units' failures where there are."""
    assert seen.requests is not None
    assert seen.stable_requests is not None
    counts = (seen.canary, seen.stable, seen.requests, seen.stable_requests)
    if seen.canary_squares is None or seen.stable_squares is None:
        return counts
    return (*counts, seen.canary_squares + seen.stable_squares)
