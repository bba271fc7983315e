"""What more data would buy, and what more of them would cost: a model on growing parts of the data, the same rows held back."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from components import words
from components.modelling.records import GrowthStep
from components.stats.estimate import Estimate
from components.stats.power_law import PowerLaw, power_law

STEPS = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0)
FEWEST_ROWS = 20
FEWEST_STEPS = 3
"""Two points give no interval."""
LEAST_SECONDS, LEAST_MEGABYTES = 1e-4, 0.5


def sizes(rows: int) -> list[int]:
    """Return how many rows each step learns from: halves of the one before, not below twenty."""
    return sorted({max(round(rows * step), min(FEWEST_ROWS, rows)) for step in STEPS})


def subsample(train: NDArray[np.int64], target: NDArray[Any], size: int, seed: int, classes: bool) -> NDArray[np.int64]:
    """Return some of the training rows, drawn at random; of each class at least one where there are classes."""
    if size >= len(train):
        return train
    rng = np.random.default_rng(seed)
    order = rng.permutation(train)
    if not classes:
        return order[:size]
    _, first = np.unique(target[order].astype(str), return_index=True)
    rest = np.delete(order, first)
    return np.concatenate([order[first], rest])[: max(size, len(first))]


def error_at(grown: list[GrowthStep], rows: float) -> Estimate:
    """Return the error to expect from so many rows, by a power law through the steps, with its interval."""
    known = _errors(grown)
    if len(known) < FEWEST_STEPS:
        return Estimate(None, n=len(known), why="Too few steps with an error above zero to draw a curve through.")
    return _law(known).at(rows)


def _law(known: list[tuple[int, float]]) -> PowerLaw:
    return power_law([rows for rows, _ in known], [error for _, error in known])


def _errors(grown: list[GrowthStep]) -> list[tuple[int, float]]:
    return [(one.rows, one.error["value"]) for one in grown if one.error["value"] is not None and one.error["value"] > 0]


def cost_at(grown: list[GrowthStep], rows: float, what: str) -> Estimate:
    """Return the seconds or megabytes that so many rows take, by a power law through the steps; `what` is the name of the field."""
    least = LEAST_SECONDS if what == "seconds" else LEAST_MEGABYTES
    taken = [(one.rows, max(float(getattr(one, what)), least)) for one in grown]
    if len(taken) < FEWEST_STEPS:
        return Estimate(None, n=len(taken), why="Too few steps to draw a curve through.")
    law = power_law([size for size, _ in taken], [cost for _, cost in taken])
    found = law.at(rows)
    if found.value is None or found.low is None or found.high is None:
        return found
    reach = np.log(found.value / found.low)
    return Estimate(found.value, found.low, float(found.value * np.exp(reach)), found.n)  # costs have no upper end as errors do


def gain_of_more(grown: list[GrowthStep], times: float) -> Estimate:
    """Return what `times` as many rows would take off the error: `error · (1 − times^−b)`, with the interval of the exponent b."""
    known = _errors(grown)
    if len(known) < FEWEST_STEPS:
        return Estimate(None, n=len(known), why="Too few steps with an error above zero to draw a curve through.")
    law = _law(known)
    now = float(law.at(grown[-1].rows).value or 0.0)
    value, low, high = (now * (1 - times ** -float(b)) if b is not None else None for b in (law.b.value, law.b.low, law.b.high))
    return Estimate(value, low, high, len(known))


def growing_answer(grown: list[GrowthStep], times: float, metric: str) -> str:
    """Answer “would more data help?”."""
    found = gain_of_more(grown, times)
    if found.value is None:
        return f"Not known: {found.why[:1].lower()}{found.why[1:]}"
    share = metric == "accuracy"
    size = f"{words.percent(found.value) if share else words.decimal(found.value, 3)} {words.interval(found, share, None if share else 3)}"
    if found.low is not None and found.low > 0:
        return f"Yes: {times:g} times the data would take about {size} off the error."
    if found.high is not None and found.high <= 0:
        return f"No: the curve is flat, {times:g} times the data would bring {size}."
    return f"It can't be told: {times:g} times the data would bring {size}."
