"""How many items and annotators an interval of a wanted width needs, and what labelling them costs."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.data.disagreement import alpha_estimate
from components.errors import BadInput

Array = NDArray[np.float64]
ANNOTATORS = (2, 3, 4, 5, 6, 8, 10, 15, 20)
PILOT, LEAST, MOST = 400, 20, 200_000
DRAWS = 6
SEED = 11
SIMULATED = (
    "Labels are drawn: each item has a true label, and each annotator gives it or, as often as the agreement that you expect leaves room "
    "for, any label by its frequency. The width of the interval of α on 400 such items, the mean of six draws, is scaled by 1 / √items."
)


@dataclass(frozen=True)
class Plan:
    """What somebody wants to know of their labels, and what labelling costs them.

    Attributes
    ----------
    width : float
        Width of the 95 % interval of α, between 0 and 2.
    expected : float
        The α that is expected, between 0 and 1.
    labels : int
        How many different labels there are.
    frequent : float
        Share of the most frequent one; the others share the rest.
    seconds : float
        How long one judgement takes.
    price : float
        What an hour of labelling costs.
    """

    width: float = 0.1
    expected: float = 0.75
    labels: int = 3
    frequent: float = 0.5
    seconds: float = 10.0
    price: float = 30.0


def plan(wanted: Plan) -> pd.DataFrame:
    """Return, for each number of annotators, how many items the interval needs and what that costs; the cheapest first.

    Returns
    -------
    DataFrame
        annotators, items, judgements, hours, cost. Simulated, as `SIMULATED` says; never fewer than 20 items.

    Raises
    ------
    BadInput
        A figure lies outside of its range.

    Examples
    --------
    >>> found = plan(Plan(width=.2, expected=.8, labels=2))
    >>> bool((found["cost"].diff().dropna() >= 0).all()), int(found["annotators"].min())
    (True, 2)
    """
    _require(wanted)
    rows = []
    for annotators in ANNOTATORS:
        items = int(np.clip(np.ceil(PILOT * (_width(wanted, annotators) / wanted.width) ** 2), LEAST, MOST))
        judgements = items * annotators
        hours = judgements * wanted.seconds / 3600
        rows.append((annotators, items, judgements, hours, hours * wanted.price))
    frame = pd.DataFrame(rows, columns=["annotators", "items", "judgements", "hours", "cost"])
    return frame.sort_values(["judgements", "annotators"], kind="stable").reset_index(drop=True)


def drawn(wanted: Plan, items: int, annotators: int, rng: np.random.Generator) -> Array:
    """Return the counts (items × labels) of made-up labels with the expected agreement."""
    rest = (1 - wanted.frequent) / (wanted.labels - 1)
    shares = np.array([wanted.frequent, *[rest] * (wanted.labels - 1)])
    truth = rng.choice(wanted.labels, items, p=shares)
    knows = rng.random((items, annotators)) < np.sqrt(wanted.expected)
    given = np.where(knows, truth[:, None], rng.choice(wanted.labels, (items, annotators), p=shares))
    counts: Array = (given[:, :, None] == np.arange(wanted.labels)).sum(axis=1).astype(np.float64)
    return counts


def _width(wanted: Plan, annotators: int) -> float:
    """Return how wide the interval of α is on a pilot of `PILOT` items."""
    values = np.arange(wanted.labels, dtype=np.float64)
    found = []
    for draw in range(DRAWS):
        counts = drawn(wanted, PILOT, annotators, np.random.default_rng([SEED, annotators, draw]))
        estimate = alpha_estimate(counts, values, "nominal", SEED)
        if estimate.low is not None and estimate.high is not None:
            found.append(estimate.high - estimate.low)
    return float(np.mean(found)) if found else wanted.width


def _require(wanted: Plan) -> None:
    for name, value, low, high in (
        ("width of the interval", wanted.width, 0.01, 1.0),
        ("agreement that you expect", wanted.expected, 0.0, 0.99),
        ("share of the most frequent label", wanted.frequent, 1 / wanted.labels - 1e-9, 0.99),
        ("time of a judgement", wanted.seconds, 0.0, 36_000.0),
        ("price of an hour", wanted.price, 0.0, 100_000.0),
        ("number of labels", wanted.labels, 2, 100),
    ):
        if not low <= value <= high:
            raise BadInput(f"The {name} can't be {value:g}.", f"Choose something from {max(low, 0):.3g} to {high:g}.")
