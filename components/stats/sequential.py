"""An e-process on a ratio of failure rates: evidence that may be looked at after every window."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
GRID = np.geomspace(1.05, 10, 20)
"""Risk ratios that the evidence is averaged over, from barely worse to ten times as bad."""


def share_of_failures(ratio: Array | float, share: Array | float) -> Array:
    """Return the chance that a failure falls in the canary: `q(ρ) = wρ / (wρ + 1 - w)`.

    >>> float(share_of_failures(1.0, 0.01)), round(float(share_of_failures(2.0, 0.5)), 4)
    (0.01, 0.6667)
    """
    weighted = np.asarray(share) * np.asarray(ratio)
    result: Array = weighted / (weighted + 1 - np.asarray(share))
    return result


def log_evidence(canary: Array, stable: Array, shares: Array, null_ratio: float, grid: Array) -> Array:
    """Return the logarithm of the e-process after each window.

    Parameters
    ----------
    canary, stable : array, runs × windows
        Failures in each arm and window.
    shares : array, windows
        The canary's share of the traffic, strictly between 0 and 1, fixed before each window.
    null_ratio : float
        ρ0, the risk ratio at the edge of the null hypothesis.
    grid : array
        Risk ratios ρ_j of the alternative, all on one side of ρ0, weighted equally.

    Returns
    -------
    array, runs × windows
        `log Σ_j π_j Π_s (q_j/q0)^k_s ((1-q_j)/(1-q0))^c_s`. Under the null its exponential exceeds 1/α at any time with
        probability at most α (Ville's inequality), while shares change and when both arms share a shock, because it conditions
        on the number of failures.

    References
    ----------
    Ramdas, A., Grünwald, P., Vovk, V., Shafer, G. (2023). Game-theoretic statistics and safe anytime-valid inference.
    Statistical Science 38, 576-601.
    """
    null = share_of_failures(null_ratio, shares)[:, None]
    other = share_of_failures(grid[None, :], shares[:, None])
    gain_canary, gain_stable = np.log(other / null), np.log((1 - other) / (1 - null))
    evidence = np.full(canary.shape, -np.inf)
    for column in range(len(grid)):
        steps = canary * gain_canary[:, column] + stable * gain_stable[:, column]
        np.logaddexp(evidence, np.cumsum(steps, axis=1), out=evidence)
    result: Array = evidence - np.log(len(grid))
    return result
