"""An estimate held against a limit: met, not met, or undecided, since its interval reaches over the limit."""

import operator
from collections.abc import Callable
from typing import Literal

from components.stats.estimate import Estimate

Comparison = Literal["<", "≤", "≥", ">"]
Verdict = Literal["met", "not met", "undecided", "not measured"]
COMPARE: dict[Comparison, Callable[[float, float], bool]] = {"<": operator.lt, "≤": operator.le, "≥": operator.ge, ">": operator.gt}


def against(estimate: Estimate | None, comparison: Comparison, limit: float) -> Verdict:
    """Return whether an estimate meets a limit.

    Parameters
    ----------
    estimate : Estimate or None
        None, or an estimate without a value, is not measured. Without an interval, the value alone decides.
    comparison : {"<", "≤", "≥", ">"}
    limit : float

    Returns
    -------
    {"met", "not met", "undecided", "not measured"}
        Undecided where one end of the interval meets the limit and the other doesn't.

    Examples
    --------
    >>> against(Estimate(.97, .96, .98), "≥", .95), against(Estimate(.97, .96, .98), "≥", .975), against(Estimate(3), "≤", 2)
    ('met', 'undecided', 'not met')
    """
    if estimate is None or estimate.value is None:
        return "not measured"
    ends = (estimate.value, estimate.low, estimate.high)
    found = {COMPARE[comparison](end, limit) for end in ends if end is not None}
    if len(found) == 2:
        return "undecided"
    return "met" if found == {True} else "not met"
