"""What a gate sees of a rollout, window by window."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
ROLL_BACK, HOLD, PROMOTE = 1, 0, -1


class Rates(NamedTuple):
    """What the windows are drawn from: failure rates of both versions, requests, labels among them, and where both versions are wrong."""

    new: Array
    old: Array
    requests: Counts
    labelled: Array
    both: Array


@dataclass(frozen=True, eq=False)
class Seen:
    """Labelled outcomes of some windows in a row; every array is runs × windows.

    Attributes
    ----------
    canary, stable : array
        Failures that are compared. Where both versions answer the same requests (pairs), only those where the other was right.
    weight : array, windows
        Chance that a failure falls in the canary when both versions are equally good; in pairs ½.
    both : array or None
        In pairs: requests that both versions got wrong.
    requests, stable_requests : array or None
        Answered requests of either version; only drawn for gates that count them.
    unit : int
        Requests that stick to a version together; 1 where each stands alone.
    canary_squares, stable_squares : array or None
        Where several do: over the units of either version, the squares of their failures.
    known : Seen or None
        What becomes known of it, where that isn't a matter of each outcome alone: of a unit all do or none, and reviewers have their time.
    paired : bool
        Whether both versions answered the same requests.
    ends : bool
        Whether the last of these windows ends the ramp.
    """

    canary: Counts
    stable: Counts
    weight: Array
    both: Counts | None = None
    requests: Counts | None = None
    stable_requests: Counts | None = None
    paired: bool = False
    ends: bool = False
    unit: int = 1
    canary_squares: Counts | None = None
    stable_squares: Counts | None = None
    known: "Seen | None" = None

    @property
    def wrong(self) -> Counts:
        """Every failure of the new version."""
        return self.canary if self.both is None else self.canary + self.both

    @property
    def stable_wrong(self) -> Counts:
        """Every failure of the current version."""
        return self.stable if self.both is None else self.stable + self.both

    def of(self, runs: NDArray[np.int64] | slice, windows: int | None = None) -> "Seen":
        """Return the same for some of the runs, and for the first windows."""
        held: dict[str, Any] = {name: counts[runs, :windows] for name in ARRAYS if (counts := getattr(self, name)) is not None}
        return replace(self, weight=self.weight[:windows], **held)

    def masked(self, counts: NDArray[np.bool_]) -> "Seen":
        """Return the same with nothing in windows that don't count."""
        return replace(self, **{name: held * counts for name in ARRAYS if (held := getattr(self, name)) is not None})

    def thinned(self, labelled: Array, rng: np.random.Generator) -> "Seen":
        """Return what is known of it where only a share of the outcomes gets a label, by window."""
        if self.known is not None:
            return self.known
        if (labelled >= 1).all():
            return self
        failed: dict[str, Any] = {
            name: rng.binomial(counts, labelled) for name in ARRAYS[:3] if (counts := getattr(self, name)) is not None
        }
        thin = replace(self, **failed)
        if self.requests is None or self.stable_requests is None:
            return thin
        if self.paired:
            known = thin.canary + thin.stable_wrong
            requests = known + rng.binomial(self.requests - self.canary - self.stable_wrong, labelled)
            return replace(thin, requests=requests, stable_requests=requests)
        requests = thin.canary + rng.binomial(self.requests - self.canary, labelled)
        return replace(thin, requests=requests, stable_requests=thin.stable + rng.binomial(self.stable_requests - self.stable, labelled))

    def spread(self, runs: NDArray[np.int64], everything: int) -> "Seen":
        """Return the same as rows of a table of all runs, with nothing in the others."""
        if len(runs) == everything:
            return replace(self, known=None)
        held: dict[str, Any] = {"known": None}
        for name in ARRAYS:
            if (counts := getattr(self, name)) is not None:
                held[name] = np.zeros((everything, counts.shape[1]), dtype=np.int64)
                held[name][runs] = counts
        return replace(self, **held)

    def padded(self, weight: Array) -> "Seen":
        """Return the same with empty windows at its end, so that there are as many as weights."""
        width = ((0, 0), (0, len(weight) - self.canary.shape[1]))
        held: dict[str, Any] = {name: np.pad(counts, width) for name in ARRAYS if (counts := getattr(self, name)) is not None}
        return replace(self, weight=weight, **held)

    @classmethod
    def joined(cls, parts: "list[Seen]") -> "Seen":
        """Return stretches one after the other."""
        held: dict[str, Any] = {
            name: np.concatenate([getattr(part, name) for part in parts], axis=1) for name in ARRAYS if getattr(parts[0], name) is not None
        }
        return replace(parts[-1], weight=np.concatenate([part.weight for part in parts]), **held)


ARRAYS = ("canary", "stable", "both", "requests", "stable_requests", "canary_squares", "stable_squares")
