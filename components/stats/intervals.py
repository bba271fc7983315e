"""Intervals for shares."""

from math import exp, hypot, sqrt
from statistics import NormalDist

from components.stats.estimate import Estimate


def wilson(successes: float, n: int, level: float = 0.95) -> Estimate:
    """Return a share with its Wilson score interval.

    Parameters
    ----------
    successes : float
        How many of `n`, between 0 and `n`.
    n : int
        How many were tried, each counted once. 0 gives an estimate without a value.
    level : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Estimate
        Value `p = successes / n`; limits `(p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)`, within [0, 1].

    Raises
    ------
    ValueError
        `successes` outside [0, n], or `level` outside (0, 1).

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22, 209-212.

    Examples
    --------
    >>> e = wilson(81, 263)
    >>> round(e.value, 4), round(e.low, 4), round(e.high, 4)
    (0.308, 0.2553, 0.3662)
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    if not 0 <= successes <= n:
        raise ValueError(f"successes must lie between 0 and n = {n}, not {successes}")
    if n == 0:
        return Estimate(None, n=0, why="There is nothing to count yet.", level=level)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    p = successes / n
    middle = p + z * z / (2 * n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if successes == 0 else (middle - half) / scale
    high = 1.0 if successes == n else (middle + half) / scale
    return Estimate(p, low, high, n, level=level)


def difference_of_independent(one: Estimate, other: Estimate) -> Estimate:
    """Return the difference of two estimates that were measured apart, with an interval made of theirs.

    Notes
    -----
    `d − √((x − xₗ)² + (yᵤ − y)²)` and `d + √((xᵤ − x)² + (y − yₗ)²)` for `d = x − y`: of Wilson's intervals, Newcombe's method 10.

    References
    ----------
    Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions. Statistics in Medicine 17, 873-890.

    Examples
    --------
    >>> found = difference_of_independent(wilson(56, 70), wilson(48, 80))
    >>> round(found.value, 4), round(found.low, 4), round(found.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    if one.value is None or other.value is None:
        return Estimate(None, why=one.why or other.why)
    value = one.value - other.value
    if None in {one.low, one.high, other.low, other.high}:
        return Estimate(value)
    down, up = hypot(one.value - one.low, other.high - other.value), hypot(one.high - one.value, other.value - other.low)  # type: ignore[operator]
    return Estimate(value, value - down, value + up)


def rule_of_three(n: int, level: float = 0.95) -> float:
    """Return the largest failure rate still compatible with none in `n` tries: `1 - (1 - level)^(1/n)`, about 3/n.

    References
    ----------
    Hanley, J. A., Lippman-Hand, A. (1983). If nothing goes wrong, is everything all right? JAMA 249, 1743-1745.

    Examples
    --------
    >>> round(rule_of_three(100), 4)
    0.0295
    """
    if n < 1:
        raise ValueError("n must be at least 1")
    return float(1 - (1 - level) ** (1 / n))


def relative_risk(successes: float, n: int, others: float, m: int, level: float = 0.95) -> Estimate:
    """Return how many times as large a share is as another, with its interval.

    Parameters
    ----------
    successes, n : float, int
        How many of how many, of the one.
    others, m : float, int
        The same of the other; more than 0, or the ratio isn't defined.
    level : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Estimate
        Value `(successes / n) / (others / m)`; limits `value · exp(± z √(1/successes - 1/n + 1/others - 1/m))`, none without successes.
        The two are taken as independent: on the same items, where both fail on the same ones, the interval is too wide, not too narrow.

    References
    ----------
    Katz, D., Baptista, J., Azen, S. P., Pike, M. C. (1978). Obtaining confidence intervals for the risk ratio in cohort studies.
    Biometrics 34, 469-474.

    Examples
    --------
    >>> e = relative_risk(27, 122, 44, 487)
    >>> round(e.value, 2), round(e.low, 3), round(e.high, 3)
    (2.45, 1.584, 3.789)
    """
    if not others:
        return Estimate(None, n=n + m, why="There is nothing to be a multiple of.", level=level)
    value = (successes / n) / (others / m)
    if not successes:
        return Estimate(value, n=n + m, why="Without any there is no interval.", level=level)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    factor = exp(z * sqrt(1 / successes - 1 / n + 1 / others - 1 / m))
    return Estimate(value, value / factor, value * factor, n + m, level=level)


def poisson_rate(events: int, time: float, level: float = 0.95) -> Estimate:
    """Return how often something happens in a unit of time, with its exact Poisson interval.

    Parameters
    ----------
    events : int
        How often it happened, not negative.
    time : float
        How long one looked, more than 0.
    level : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Estimate
        Value `events / time`; limits are quantiles of χ² with 2k and 2k + 2 degrees of freedom, halved, over the time.

    References
    ----------
    Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.

    Examples
    --------
    >>> e = poisson_rate(10, 1.0)
    >>> e.value, round(e.low, 3), round(e.high, 3)
    (10.0, 4.795, 18.39)
    """
    if events < 0 or time <= 0:
        raise ValueError(f"events must not be negative and time above 0, not {events} and {time}")
    from scipy.special import gammaincinv  # a server that starts counts nothing yet

    tail = (1 - level) / 2
    low = float(gammaincinv(events, tail)) if events else 0.0
    return Estimate(events / time, low / time, float(gammaincinv(events + 1, 1 - tail)) / time, n=events, level=level)
