"""Which of two models is better, and which of many: paired on the same items, with how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import erfc, sqrt
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.errors import BadInput
from components.modelling.metrics import Metric, metric_of, sides
from components.stats.estimate import Estimate
from components.stats.intervals import wilson
from components.stats.paired import holm, mcnemar, paired_interval, smallest_detectable
from components.stats.resampling import RESAMPLES, Resampled, percentile_interval

Array = NDArray[np.float64]
Verdict = Literal["better", "worse", "equivalent", "undecided"]
LEVEL = 0.05
MARGIN = 0.01
RELATIVE_MARGIN = 0.02
FEW_DISCORDANT = 30
"""Below so many discordant items the bootstrap of a difference is too narrow: its coverage falls to .92."""
MANY_ROWS = 20_000
MOST_MODELS = 60


@dataclass(frozen=True)
class Comparison:
    """Two models on the same items; see `compare`.

    Attributes
    ----------
    difference : Estimate
        Score of the first − score of the second.
    p_value : float
    verdict : {"better", "worse", "equivalent", "undecided"}
        Of the first.
    n : int
        Items.
    first, second : float
        Their scores.
    smallest : float
        The smallest difference that so many items show in four of five tries.
    margin : float
        Differences below it don't matter.
    convention : str
        The metric, written out.
    """

    difference: Estimate
    p_value: float
    verdict: Verdict
    n: int
    first: float
    second: float
    smallest: float
    margin: float
    convention: str


@dataclass(frozen=True)
class Ranking:
    """Many models on the same items; see `rank`.

    Attributes
    ----------
    models : DataFrame
        model, value, low, high, n, best (share of the resamples in which it leads), beside (the verdict of the leader over it), best
        first.
    pairs : DataFrame
        first, second, difference, low, high, p_value, adjusted_p (Holm), verdict (of the first, by the adjusted p), smallest.
    convention : str
    """

    models: pd.DataFrame
    pairs: pd.DataFrame
    convention: str


def compare(
    truth: Any,
    first: Any,
    second: Any,
    seed: int = 0,
    *,
    metric: str = "accuracy",
    positive: str | None = None,
    margin: float | None = None,
) -> Comparison:
    """Compare two models' predictions of the same items.

    Parameters
    ----------
    truth, first, second : sequence
        What is true and what each model predicts, in the same order; labels, numbers or texts, as the metric needs.
    seed : int
        Seed of the bootstrap.
    metric : str
        Code of a metric, see `components.modelling.metrics`.
    positive : str, optional
        The positive class, where the metric is of one class.
    margin : float, optional
        Differences below it don't matter: .01 (a point) by default, 2 % of the better score for metrics with a unit.

    Returns
    -------
    Comparison
        `difference` with its 95 % interval by the paired bootstrap over items; where fewer than 30 items are discordant, Bonett and
        Price's. `p_value` by McNemar's exact test, or for metrics other than accuracy and error by the bootstrap's standard error.
        `verdict`: better (worse) where p ≤ .05 and the interval lies beyond zero; else equivalent where the interval lies within
        the margin; else undecided. Of two equal models, at most 2.5 % are called better.

    Raises
    ------
    BadInput
        The three aren't equally many, a cell is missing or no number, or the positive class isn't there.

    Examples
    --------
    >>> truth, first = ["a", "b"] * 50, ["a", "b"] * 45 + ["b", "a"] * 5
    >>> found = compare(truth, first, ["a"] * 100)
    >>> round(found.difference.value, 2), found.verdict, found.p_value < .001
    (0.4, 'better', True)
    """
    chosen = metric_of(metric)
    one_name, other_name = (str(getattr(side, "name", None) or place) for side, place in ((first, "the first"), (second, "the second")))
    columns = {one_name: _series(first), (other_name if other_name != one_name else "the second"): _series(second)}
    scored = _Scored(chosen, _series(truth), columns, positive, seed)
    difference, p_value, smallest = scored.pair(0, 1)
    wide = margin if margin is not None else scored.margin(0, 1)
    verdict = _verdict(chosen, difference, p_value, wide)
    one, other = (float(value) for value in scored.values)
    return Comparison(difference, p_value, verdict, scored.n, one, other, smallest, wide, chosen.convention(positive or ""))


def rank(
    truth: Any,
    predictions: Mapping[str, Any] | pd.DataFrame,
    metric: str = "accuracy",
    positive: str | None = None,
    margin: float | None = None,
    seed: int = 0,
) -> Ranking:
    """Rank many models on the same items, and compare each with each.

    Parameters are those of `compare`; `predictions` holds a column a model. Verdicts are by Holm's adjusted p-values over all pairs.

    Raises
    ------
    BadInput
        As `compare`; there is no model, or more than 60.
    """
    chosen, columns = metric_of(metric), {str(name): _series(column) for name, column in predictions.items()}
    if not 1 <= len(columns) <= MOST_MODELS:
        raise BadInput(f"{words.counted(len(columns), 'model')} can't be ranked.", f"Bring at least one and at most {MOST_MODELS}.")
    scored = _Scored(chosen, _series(truth), columns, positive, seed)
    found = [(one, other, *scored.pair(one, other)) for one, other in combinations(scored.order, 2)]
    adjusted = holm([p for *_, p, _ in found]) if found else np.zeros(0)
    names, rows = list(columns), []
    for (one, other, difference, p, smallest), p_adjusted in zip(found, adjusted, strict=True):
        wide = margin if margin is not None else scored.margin(one, other)
        verdict = _verdict(chosen, difference, float(p_adjusted), wide)
        rows.append((names[one], names[other], difference.value, difference.low, difference.high, p, float(p_adjusted), verdict, smallest))
    pairs = pd.DataFrame(rows, columns=["first", "second", "difference", "low", "high", "p_value", "adjusted_p", "verdict", "smallest"])
    of_leader = pairs[pairs["first"] == names[scored.order[0]]]
    beside = dict(zip(of_leader["second"], of_leader["verdict"], strict=True))
    lead = scored.lead()
    models = [
        (names[place], estimate.value, estimate.low, estimate.high, scored.n, lead[place], beside.get(names[place], ""))
        for place, estimate in ((place, scored.estimate(place)) for place in scored.order)
    ]
    return Ranking(
        pd.DataFrame(models, columns=["model", "value", "low", "high", "n", "best", "beside"]), pairs, chosen.convention(positive or "")
    )


class _Scored:
    """The scores of models on the same items, and the same items drawn with replacement for all of them."""

    def __init__(self, metric: Metric, truth: pd.Series, predictions: dict[str, pd.Series], positive: str | None, seed: int) -> None:
        self.n, self.metric, self.seed = len(truth), metric, seed
        wrong_length = next((name for name, column in predictions.items() if len(column) != self.n), None)
        if wrong_length is not None:
            what = (
                f"The truth holds {words.counted(self.n, 'item')}, “{wrong_length}” predicts {words.count(len(predictions[wrong_length]))}."
            )
            raise BadInput(what, "Give one prediction for each item, in the same order.")
        if not self.n:
            raise BadInput("There are no items to compare on.", "Bring at least one.")
        figures = [metric.figures(both) for both in sides(metric, truth, predictions, positive).values()]
        self.width = figures[0].shape[1]
        self.models = len(figures)
        self.resampled = Resampled(np.hstack(figures), None, RESAMPLES, seed)
        with np.errstate(divide="ignore", invalid="ignore"):
            self.values = self._values(self.resampled.total)[0]
        if not np.isfinite(self.values).all():
            raise BadInput(f"{metric.title} isn't defined on these items.", "It needs items on which it can be right or wrong.")
        sign = -1 if metric.direction == "higher" else 1
        self.order = [int(place) for place in np.argsort(sign * self.values, kind="stable")]
        self._draws: Array | None = None
        self.right = np.column_stack([one[:, 0] for one in figures]) if metric.right_or_wrong else None
        self.rng = np.random.default_rng(seed)

    def _values(self, sums: Array) -> Array:
        return self.metric.value(sums.reshape(len(sums), self.models, self.width))

    @property
    def draws(self) -> Array:
        """Scores on items drawn with replacement, resamples × models."""
        if self._draws is None:
            resampled = self.resampled
            sums = resampled.normal_sums if len(resampled.rows) > MANY_ROWS else resampled.sums
            with np.errstate(divide="ignore", invalid="ignore"):
                self._draws = self._values(sums)
        return self._draws

    def pair(self, one: int, other: int) -> tuple[Estimate, float, float]:
        """Return the difference of two models, its p-value, and the smallest difference that would be seen."""
        value = float(self.values[one] - self.values[other])
        if self.right is not None:
            return self._discordant(one, other, value)
        draws = self.draws[:, one] - self.draws[:, other]
        known = draws[np.isfinite(draws)]
        limits = percentile_interval(draws) if self.n > 1 else None
        if limits is None:
            return Estimate(value, n=self.n, why="Too few items for an interval."), 1.0, float("inf")
        error = float(known.std())
        p_value = erfc(abs(value) / error / sqrt(2)) if error > 0 else 1.0 if value == 0 else 0.0
        return Estimate(value, *limits, n=self.n), p_value, smallest_detectable(error)

    def _discordant(self, one: int, other: int, value: float) -> tuple[Estimate, float, float]:
        assert self.right is not None
        a, b = self.right[:, one], self.right[:, other]
        both = float(a @ b)
        first, second = round(float(a.sum()) - both), round(float(b.sum()) - both)
        p_value, n = mcnemar(first, second), self.n
        smallest = smallest_detectable(sqrt((first + second + 2) / (n + 2) / (n + 2)))
        if first + second < FEW_DISCORDANT:
            low, high = paired_interval(first, second, n)
            why = f"Only {words.counted(first + second, 'item')} told them apart: Bonett and Price's interval."
            return Estimate(value, min(low, value), max(high, value), n, why), p_value, smallest
        drawn = self.rng.multinomial(n, [first / n, second / n, 1 - (first + second) / n], size=RESAMPLES)
        low, high = np.quantile((drawn[:, 0] - drawn[:, 1]) / n, [0.025, 0.975])
        return Estimate(value, float(low), float(high), n), p_value, smallest

    def margin(self, one: int, other: int) -> float:
        """Return the difference below which two scores are as good as equal, unless somebody says otherwise."""
        if self.metric.share:
            return MARGIN
        return RELATIVE_MARGIN * float(min(abs(self.values[one]), abs(self.values[other])))

    def estimate(self, place: int) -> Estimate:
        """Return the score of a model with its interval."""
        value = float(self.values[place])
        if self.metric.right_or_wrong:
            return wilson(round(value * self.n), self.n)
        limits = percentile_interval(self.draws[:, place]) if self.n > 1 else None
        return Estimate(value, *limits, n=self.n) if limits else Estimate(value, n=self.n, why="Too few items for an interval.")

    def lead(self) -> list[float]:
        """Return in which share of the resamples each model leads, ties shared."""
        draws = self.draws if self.metric.direction == "higher" else -self.draws
        leads = draws == np.nanmax(draws, axis=1, keepdims=True)
        result: list[float] = (leads / leads.sum(axis=1, keepdims=True)).mean(axis=0).tolist()
        return result


def _verdict(metric: Metric, difference: Estimate, p_value: float, margin: float) -> Verdict:
    low, high, value = difference.low, difference.high, difference.value
    if low is None or high is None or value is None:
        return "undecided"
    if p_value <= LEVEL and (low > 0 or high < 0):
        return "better" if metric.better(value) else "worse"
    return "equivalent" if -margin < low and high < margin else "undecided"


def _series(values: Any) -> pd.Series:
    return values.reset_index(drop=True) if isinstance(values, pd.Series) else pd.Series(list(values))
