"""Learning curves: the error as a power of the size, and what more data are worth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.stats.estimate import Estimate
from components.stats.student import student

Array = NDArray[np.float64]


@dataclass(frozen=True)
class PowerLaw:
    """The curve `error = a · size^−b`, fitted to the logarithms; `spread` and what else its intervals rest on."""

    a: float
    b: Estimate
    sizes: Array
    errors: Array
    _middle: float
    _width: float
    _spread: float

    def at(self, size: float, level: float = 0.95) -> Estimate:
        """Return the error to expect of a new run at a size, with the interval in which it falls."""
        value = self.a * size ** -float(self.b.value or 0.0)
        n = len(self.sizes)
        if n < 3:
            return Estimate(value, n=n, why="Two points give no interval.")
        away = (np.log(size) - self._middle) ** 2 / self._width
        reach = student(0.5 + level / 2, n - 2) * self._spread * float(np.sqrt(1 + 1 / n + away))
        return Estimate(value, float(value * np.exp(-reach)), float(min(value * np.exp(reach), 1.0)), n, level=level)


def power_law(sizes: ArrayLike, errors: ArrayLike, level: float = 0.95) -> PowerLaw:
    """Fit a power law to errors at several sizes.

    Parameters
    ----------
    sizes : array
        How many rows each run learnt from; at least two different ones.
    errors : array
        The error of each run, above 0.
    level : float
        Confidence level of the interval of the exponent.

    Returns
    -------
    PowerLaw
        Least squares on logarithms; intervals from Student's t with n − 2 degrees of freedom.

    Raises
    ------
    ValueError
        There are fewer than two sizes, or an error isn't above 0.

    References
    ----------
    Hestness, J. et al. (2017). Deep learning scaling is predictable, empirically. arXiv:1712.00409.

    Examples
    --------
    >>> curve = power_law([100, 200, 400], [.2, .1, .05])
    >>> round(curve.b.value, 6), round(curve.at(800).value, 6)
    (1.0, 0.025)
    """
    x, y = np.asarray(sizes, float), np.asarray(errors, float)
    if len(np.unique(x)) < 2:
        raise ValueError("a learning curve needs two different sizes")
    if (y <= 0).any() or (x <= 0).any():
        raise ValueError("sizes and errors have to lie above 0")
    u, v = np.log(x), np.log(y)
    middle = float(u.mean())
    width = float(((u - middle) ** 2).sum())
    slope = float(((u - middle) * (v - v.mean())).sum() / width)
    level_at = float(v.mean() - slope * middle)
    rest = v - level_at - slope * u
    n = len(x)
    spread = float(np.sqrt((rest**2).sum() / (n - 2))) if n > 2 else float("nan")
    b = Estimate(-slope, n=n, why="Two points give no interval.")
    if n > 2:
        reach = student(0.5 + level / 2, n - 2) * spread / np.sqrt(width)
        b = Estimate(-slope, -slope - float(reach), -slope + float(reach), n, level=level)
    return PowerLaw(float(np.exp(level_at)), b, x, y, middle, width, spread)
