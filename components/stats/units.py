"""An e-process on users or sessions: several requests of one stick to a version together, and end alike."""

from dataclasses import dataclass

import numpy as np

from components.stats.sequential import GRID, Array, Counts, log_mean, share_of_failures

BETS = 10
MOST_STAKE = 0.9
"""The largest part of the evidence that one unit may take."""


@dataclass(frozen=True)
class UnitEvidence:
    """Evidence against "the risk ratio is ρ0 or lies beyond it" where whole units of at most m requests are routed.

    Attributes
    ----------
    null_ratio : float
        ρ0, the risk ratio at the edge of the null hypothesis.
    requests : int
        m, the most requests of one unit in a window.
    worse : bool
        Whether the alternative is a larger ratio than ρ0.

    Notes
    -----
    Let x in [0, 1] be the failures of one unit by m. With canary share w, a bet b on units of the canary and -r b, r = wρ0/(1-w), on
    those of the control is worth, by the unit,

        E[1 + b x; canary] w + E[1 - r b x; control] (1-w) = 1 + (b w / m) (E[K; canary] - ρ0 E[K; control]),

    which is at most 1 under the null, however alike the requests of a unit are, and while both arms share a shock. So the product over
    units is an e-process, and so is what lies below it,

        E_t = Σ_j π_j exp Σ_units (b_j x - ψ(b_j) x²),   ψ(b) = m² (b/m - log(1 + b/m)) for b > 0,   b - log(1 + b) for b < 0,

    since (b x - log(1 + b x)) / x² is largest at x = 1/m where b > 0, and at x = 1 where b < 0. It takes the sums of failures and of
    their squares alone. Requests that don't belong together are the case m = 1; where the requests of a unit differ, bets go up to
    m times as high. Units are taken as independent, also from one window to the next.

    References
    ----------
    Waudby-Smith, I., Ramdas, A. (2024). Estimating means of bounded random variables by betting. J. R. Stat. Soc. B 86, 1-27.
    Fan, X., Grama, I., Liu, Q. (2015). Exponential inequalities for martingales with applications. Electron. J. Probab. 20, 1-22.
    """

    null_ratio: float
    requests: int
    worse: bool

    def bets(self, share: float) -> tuple[Array, Array]:
        """Return the bets on a unit of the canary and of the control, while the canary has this share."""
        null = share_of_failures(self.null_ratio, share)
        ratios = self.null_ratio * GRID[[0, -1]] if self.worse else self.null_ratio / GRID[[0, -1]]
        small, large = np.abs(share_of_failures(ratios, share) / null - 1)
        against = share * self.null_ratio / (1 - share)
        most = MOST_STAKE / against if self.worse else MOST_STAKE
        canary = np.geomspace(min(small, most), min(self.requests * large, most), BETS) * (1 if self.worse else -1)
        return canary, -against * canary

    def log_factors(self, canary: tuple[Counts, Counts], control: tuple[Counts, Counts], share: float) -> Array:
        """Return what windows of one share add to each exponent.

        Parameters
        ----------
        canary, control : pairs of arrays, runs × windows
            Sums over an arm's units of their failures, and of the squares of those.

        Returns
        -------
        array, bets × runs × windows

        Examples
        --------
        >>> one = np.array([[1]])
        >>> added = UnitEvidence(1.0, 1, worse=True).log_factors((one, one), (0 * one, 0 * one), 0.5)
        >>> round(float(np.exp(added[0, 0, 0])), 4)  # q(1.05)/q(1): a single request that failed
        1.0244
        """
        added = np.empty((BETS, *canary[0].shape))
        worth = [part for bets in self.bets(share) for part in (bets / self.requests, -self._price(bets) / self.requests**2)]
        for number, (one, square, other, other_square) in enumerate(zip(*worth, strict=True)):
            added[number] = one * canary[0] + square * canary[1] + other * control[0] + other_square * control[1]
        return added

    def log_evidence(self, canary: tuple[Counts, Counts], control: tuple[Counts, Counts], shares: Array) -> Array:
        """Return `log E` after each window, runs × windows, the canary having these shares in them."""
        parts = []
        for start, end in _stretches(shares):
            here = slice(start, end)
            one, other = ((failures[:, here], squares[:, here]) for failures, squares in (canary, control))
            parts.append(self.log_factors(one, other, float(shares[start])))
        return log_mean(np.cumsum(np.concatenate(parts, axis=2), axis=2))

    def _price(self, bets: Array) -> Array:
        scale = self.requests
        return np.where(bets > 0, scale**2 * (bets / scale - np.log1p(np.maximum(bets, 0) / scale)), bets - np.log1p(np.minimum(bets, 0)))


def _stretches(shares: Array) -> list[tuple[int, int]]:
    ends = [*(np.flatnonzero(np.diff(shares)) + 1).tolist(), len(shares)]
    return list(zip([0, *ends[:-1]], ends, strict=True))
