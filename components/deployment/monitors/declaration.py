"""What a monitor is: it counts one sign of trouble in the new version's requests, and alarms above a limit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from components.deployment.faults.declaration import Sign, Stage

FALSE_ALARMS = 1e-4
"""Chance that a monitor alarms in a window in which nothing is wrong: one in 10,000 windows."""


@dataclass(frozen=True)
class Monitor:
    """One thing that is watched while the model serves; a file of its own, listed in `MONITORS`.

    Attributes
    ----------
    stage : str
        Where it looks on a request's way.
    watches : str
        The sign that it counts.
    usual : float or None
        Share of the requests that show the sign when nothing is wrong; None for the failure rate of the current version.
    sample : float
        Share of the requests that it looks at.
    delay : int
        Windows from a sign to its alarm.
    stops : bool
        A hard stop: one sign is enough, at once, outside α.
    needs_labels : bool
        It counts outcomes: it waits for labels, and sees only those that come.
    """

    code: str
    title: str
    stage: Stage
    watches: Sign
    says: str
    usual: float | None
    sample: float = 1.0
    delay: int = 0
    stops: bool = False
    needs_labels: bool = False

    def limit(self, requests: int, seen: float, usual: float, rare: float = FALSE_ALARMS) -> int:
        """Return the most signs in a window that are no alarm yet: false alarms are rarer than `rare` a window.

        `seen` is the share of all `requests` that the monitor looks at, `usual` the share of those that show the sign normally.
        """
        return int(self._limits(np.array([requests]), np.array([seen]), usual, rare)[0])

    @staticmethod
    def _limits(requests: NDArray[np.int64], seen: NDArray[np.float64], usual: float, most: float) -> NDArray[np.int64]:
        """Return the limits of several windows at once, by halving."""
        from scipy.special import bdtrc

        if usual == 0:
            return np.zeros(len(requests), dtype=np.int64)
        mean = requests * seen * usual
        low = np.full(len(requests), -1)
        high = np.minimum((mean + 12 * np.sqrt(mean) + 40).astype(np.int64), requests)
        while (high - low > 1).any():
            middle = np.maximum((low + high) // 2, 0)
            rare = (bdtrc(middle, requests, seen * usual) <= most) & (high - low > 1)
            low, high = np.where(rare | (high - low <= 1), low, middle), np.where(rare, middle, high)
        return np.asarray(high, dtype=np.int64)

    def chance(
        self,
        requests: NDArray[np.int64],
        seen: NDArray[np.float64],
        showing: NDArray[np.float64],
        usual: float,
        rare: float = FALSE_ALARMS,
    ) -> NDArray[np.float64]:
        """Return the chance of an alarm in windows where a share `showing` of the requests shows the sign."""
        from scipy.special import bdtrc

        pairs, which = np.unique(np.column_stack([requests, seen]), axis=0, return_inverse=True)
        limits = self._limits(pairs[:, 0].astype(np.int64), pairs[:, 1], usual, rare)[which.ravel()]
        return np.asarray(bdtrc(limits, requests, seen * showing))
