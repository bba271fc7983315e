"""The threshold gate: a window counts as a strike when too many decisions fail; enough strikes roll back."""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from components import words
from components.deployment.gates.declaration import Gate
from components.deployment.seen import HOLD, PROMOTE, ROLL_BACK, Array, Counts, Seen


class Threshold(Gate):
    """Strikes over the whole ramp: a window strikes when its share of failures is over the limit, however few requests it had.

    It compares with nothing, so a shock that hits both versions strikes as well. What has not been rolled back by the end of the
    ramp is promoted, provided that the canary answered anything at all.
    """

    code: ClassVar[str] = "G02"
    title: ClassVar[str] = "threshold with strikes"
    says: ClassVar[str] = "Simple, and used everywhere; with few requests a window it strikes by chance."
    kind: Literal["threshold"] = "threshold"
    limit: float = Field(0.1, gt=0, lt=1, title="Limit of a window's failure rate", allow_inf_nan=False)
    strikes: int = Field(4, ge=1, le=1000, title="Strikes that roll back")

    @property
    def described(self) -> str:
        """The gate and its settings in a few words."""
        return f"threshold {words.percent(self.limit)}, {words.counted(self.strikes, 'strike')}"

    def watch(self, runs: int) -> "Strikes":
        """Return what counts the strikes of this many runs."""
        return Strikes(self, runs)

    def weight(self, seen: Seen, shown: NDArray[np.int64]) -> Array:
        """Return the strikes so far as a share of those that roll back."""
        result: Array = np.cumsum(self.struck(seen), axis=1)[:, shown - 1] / self.strikes
        return result

    def struck(self, seen: Seen) -> NDArray[np.bool_]:
        """Say which windows strike; one without requests never does."""
        assert seen.requests is not None
        return np.asarray(seen.wrong > self.limit * seen.requests)


class Strikes:
    """The strikes of the runs that are still going on."""

    def __init__(self, gate: Threshold, runs: int) -> None:
        self._gate = gate
        self._strikes, self._requests = np.zeros(runs, dtype=np.int64), np.zeros(runs, dtype=np.int64)

    def look(self, seen: Seen) -> Counts:
        """Return the decision after each of some windows, runs × windows."""
        assert seen.requests is not None
        strikes = self._strikes[:, None] + np.cumsum(self._gate.struck(seen), axis=1)
        self._requests = self._requests + seen.requests.sum(axis=1)
        decisions = np.where(strikes >= self._gate.strikes, ROLL_BACK, HOLD)
        if seen.ends:
            decisions[(decisions[:, -1] == HOLD) & (self._requests > 0), -1] = PROMOTE
        self._strikes = strikes[:, -1]
        return decisions

    def keep(self, going: NDArray[np.bool_]) -> None:
        """Forget the runs that ended."""
        self._strikes, self._requests = self._strikes[going], self._requests[going]

    @property
    def blind(self) -> NDArray[np.bool_]:
        """Runs in which the canary has answered nothing."""
        return np.asarray(self._requests == 0)
