"""An e-process on a ratio of failure rates: evidence that may be looked at after every window."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64] | NDArray[np.float64]
GRID = np.geomspace(1.05, 10, 20)
"""Risk ratios that the evidence is averaged over, from barely worse to ten times as bad."""
HALVINGS = 6


def share_of_failures(ratio: Array | float, share: Array | float) -> Array:
    """Return the chance that a failure falls in the canary: `q(ρ) = wρ / (wρ + 1 - w)`.

    >>> float(share_of_failures(1.0, 0.01)), round(float(share_of_failures(2.0, 0.5)), 4)
    (0.01, 0.6667)
    """
    weighted = np.asarray(share) * np.asarray(ratio)
    result: Array = weighted / (weighted + 1 - np.asarray(share))
    return result


@dataclass(frozen=True, eq=False)
class Evidence:
    """Evidence against the null hypothesis that the risk ratio is ρ0 or lies beyond it.

    Attributes
    ----------
    null_ratio : float
        ρ0, the risk ratio at the edge of the null hypothesis.
    grid : array
        Risk ratios ρ_j of the alternative, all on one side of ρ0, weighted equally.

    Notes
    -----
    With q as in `share_of_failures`, k failures of the canary and c of the control in window s, and q0 = q(ρ0),

        E_t = Σ_j π_j Π_s (q_j/q0)^k_s ((1-q_j)/(1-q0))^c_s .

    Under the null, E exceeds 1/α at any time with probability at most α (Ville's inequality), while shares change and when both
    arms share a shock, because it conditions on the number of failures. Since

        log q_j/q0 = log ρ_j/ρ0 - b_j   and   log (1-q_j)/(1-q0) = -b_j   with   b_j = log (1 + w(ρ_j-1)) / (1 + w(ρ0-1)),

    the exponent of E_j is `K log ρ_j/ρ0 - Σ_s (k_s + c_s) b_j(w_s)`, K being all failures of the canary so far.

    References
    ----------
    Ramdas, A., Grünwald, P., Vovk, V., Shafer, G. (2023). Game-theoretic statistics and safe anytime-valid inference.
    Statistical Science 38, 576-601.
    """

    null_ratio: float
    grid: Array

    @property
    def gain(self) -> Array:
        """What one failure of the canary adds to each exponent."""
        result: Array = np.log(self.grid / self.null_ratio)
        return result

    def cost(self, shares: Array | float) -> Array:
        """Return what any failure takes from each exponent while the canary has these shares; one axis more than `shares`."""
        share = np.asarray(shares, dtype=float)[..., None]
        result: Array = np.log1p(share * (self.grid - 1)) - np.log1p(share * (self.null_ratio - 1))
        return result

    def log_evidence(self, canary: Counts, stable: Counts, shares: Array) -> Array:
        """Return `log E` after each window.

        Parameters
        ----------
        canary, stable : array, runs × windows
            Failures in each arm and window.
        shares : array, windows
            The canary's share of the traffic, strictly between 0 and 1, fixed before each window.

        Returns
        -------
        array, runs × windows

        Examples
        --------
        >>> evidence = Evidence(1.0, np.array([2.0]))
        >>> one_canary_failure = evidence.log_evidence(np.array([[1.0]]), np.array([[0.0]]), np.array([0.5]))
        >>> round(float(np.exp(one_canary_failure[0, 0])), 4)  # (2/3) / (1/2)
        1.3333
        """
        failures, everything = np.cumsum(canary, axis=1), np.asarray(canary, dtype=float) + stable
        costs = self.cost(shares)
        exponents = np.empty((len(self.grid), *everything.shape))
        for number, gain in enumerate(self.gain):
            exponents[number] = failures * gain - np.cumsum(everything * costs[:, number], axis=1)
        return log_mean(exponents)

    def crossings(self, failures: Counts, everything: Counts, spent: Array, share: float, threshold: float) -> NDArray[np.bool_]:
        """Say after which windows `log E` is at least `threshold`, all windows having the same share.

        Parameters
        ----------
        failures : array, runs × windows
            Failures of the canary since the beginning of the rollout.
        everything : array, runs × windows
            Failures of both arms since the first of these windows.
        spent : array, runs × grid
            Costs of all failures before these windows.

        Returns
        -------
        array of bool, runs × windows

        Notes
        -----
        `log E` is convex in both counts, so the count of canary failures that is needed is concave in the count of all failures:
        a chord between the needs at either end lies below it. Only what reaches the chord is evaluated.
        """
        gain, cost = self.gain, self.cost(share)
        sign = 1.0 if gain[0] > 0 else -1.0
        last = everything[:, -1]
        first_need, last_need = self._need(spent, threshold), self._need(spent + last[:, None] * cost, threshold)
        chord = first_need[:, None] + everything * ((last_need - first_need) / np.maximum(last, 1))[:, None]
        crossed = sign * failures >= chord
        rows, columns = np.nonzero(crossed)
        exponents = np.outer(gain, failures[rows, columns]) - np.outer(cost, everything[rows, columns]) - spent[rows].T
        crossed[rows, columns] = log_mean(exponents) >= threshold
        return crossed

    def _need(self, spent: Array, threshold: float) -> Array:
        """Return, a little too low but never too high, how many failures of the canary it takes, as a negative count for "at most"."""
        steepness = np.abs(self.gain)
        low = ((threshold + spent) / steepness).min(axis=1)
        high = ((threshold + np.log(len(self.grid)) + spent) / steepness).min(axis=1)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            short = log_mean(np.outer(steepness, middle) - spent.T) < threshold
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        result: Array = low - 1e-6 * (1 + np.abs(low))
        return result


def log_mean(exponents: Array) -> Array:
    """Return the logarithm of the mean of the exponentials over the first axis."""
    highest = exponents.max(axis=0)
    result: Array = highest + np.log(np.exp(exponents - highest).mean(axis=0))
    return result
