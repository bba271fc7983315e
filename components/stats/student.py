"""Student's t without a library: what a screen needs in a moment."""

from math import exp, lgamma, pi, sqrt

import numpy as np


def student(share: float, freedom: int) -> float:
    """Return the quantile of Student's t distribution for a share of at least one half.

    Parameters
    ----------
    share : float
        Between .5 and 1, such as .975 for a two-sided interval of 95 %.
    freedom : int
        Degrees of freedom, at least 1.

    Notes
    -----
    Bisection of the integral of the density, taken over the angle `arctan(t / √ν)`, in which it is smooth and bounded.

    Examples
    --------
    >>> round(student(.975, 1), 3), round(student(.975, 5), 4), round(student(.975, 1000), 3)
    (12.706, 2.5706, 1.962)
    """
    scale = exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / sqrt(pi)
    low, high = 0.0, pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        angles = np.linspace(0, middle, 2001)
        reached = 0.5 + scale * float(np.trapezoid(np.cos(angles) ** (freedom - 1), angles))
        low, high = (middle, high) if reached < share else (low, middle)
    return float(np.tan(low) * sqrt(freedom))
