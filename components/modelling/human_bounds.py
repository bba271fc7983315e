"""What human level can and cannot say: implied by agreement, bent by noisy gold, mimicked by a convention; bias against variance."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd

from components import words
from components.errors import BadInput
from components.stats.estimate import Estimate
from components.stats.intervals import difference_of_independent
from components.stats.label_counts import label_counts
from components.stats.resampling import bootstrap

WIDE = 0.05
ALIKE = 0.1
GOLDS = (1.0, 0.99, 0.97, 0.95)
ADVICE = {
    "bias": "work on bias, by a bigger model, longer training or better features.",
    "variance": "work on variance, by more data, regularisation or augmentation.",
    "either": "about as large, so work on either.",
    "no ceiling": "the model errs less on what it learnt than people do, so people are no longer the ceiling.",
    "untold": "which is larger can't be told.",
}


def implied_accuracy(agreement: float, classes: int) -> float | None:
    """Return the accuracy that an agreement of people with one another implies: `a = [1 + √((K−1)(Kp−1))] / K`.

    Parameters
    ----------
    agreement : float
        How often two people give one item the same label, 0 to 1.
    classes : int
        How many labels there are, at least 2.

    Returns
    -------
    float or None
        For independent errors that fall on every wrong label alike; None where people agree less than chance, `p < 1/K`.

    Examples
    --------
    >>> implied_accuracy(.82, 2), implied_accuracy(1.0, 10)
    (0.9, 1.0)
    """
    inside = (classes - 1) * (classes * agreement - 1)
    return None if inside < 0 else round((1 + sqrt(inside)) / classes, 12)


def without_noise(score: Estimate, gold: float, classes: int) -> Estimate:
    """Return an accuracy as it would be against perfect gold: `m = (s − e) / (g − e)` with `e = (1 − g) / (K − 1)`.

    Parameters
    ----------
    score : Estimate
        The accuracy against gold that is itself right in a share `gold` of the items; its interval is moved alike.
    gold : float
        More than 1/K.
    classes : int
        How many labels there are.

    Returns
    -------
    Estimate
        At most 1, at least 0. A sensitivity, no result: the errors of gold and people are taken as independent.

    Examples
    --------
    >>> round(without_noise(Estimate(.95), .97, 10).value, 4)
    0.9793
    """
    if classes < 2 or not 1 / classes < gold <= 1:  # noqa: PLR2004 - one class can't be told from another
        raise BadInput(f"Gold that is right in {words.percent(gold)} can't correct anything.", f"Say more than one in {classes}.")
    wrong = (1 - gold) / (classes - 1)

    def moved(one: float | None) -> float | None:
        return None if one is None else min(max((one - wrong) / (gold - wrong), 0.0), 1.0)

    return Estimate(moved(score.value), moved(score.low), moved(score.high), score.n, score.why)


@dataclass(frozen=True)
class Convention:
    """How often two people agree, and how often the majority of an item agrees with one of its people; see `convention`."""

    agreement: Estimate
    majority: Estimate
    classes: int

    @property
    def trap(self) -> bool:
        """Whether copying the commoner habit would look much better than people are."""
        a, m = self.agreement.value, self.majority.value
        return a is not None and m is not None and m - a > WIDE

    @property
    def sentence(self) -> str:
        """Both numbers, and what they mean."""
        both = (
            f"Two people give an item the same label {words.percent(self.agreement.value)} of the time; "
            f"whoever always says what most say agrees with one of them {words.percent(self.majority.value)} of the time."
        )
        if not self.trap:
            return both
        return f"{both} A model beats people by that habit alone, without being better: look at the rulebook before you celebrate."


def convention(labels: pd.DataFrame, seed: int = 0) -> Convention:
    """Measure how far a model that follows the majority would seem to beat people.

    Parameters
    ----------
    labels : DataFrame
        Columns `item`, `annotator`, `label`.

    Notes
    -----
    With n judgements of an item and counts c: two of its people agree with `Σ c(c−1) / n(n−1)`, its commonest label agrees with one
    of them with `max c / n`. Both are means over items that two or more people judged; intervals by the bootstrap over items.

    Examples
    --------
    >>> rows = [(i, a, "y" if a < 7 else "x") for i in range(30) for a in range(10)]
    >>> found = convention(pd.DataFrame(rows, columns=["item", "annotator", "label"]))
    >>> round(found.agreement.value, 2), found.majority.value, found.trap
    (0.53, 0.7, True)
    """
    coded = label_counts(labels)
    counts = coded.counts[coded.per_item > 1]
    if not len(counts):
        raise BadInput("No item was judged by two people.", "Have the same items judged by at least two.")
    n = counts.sum(axis=1)
    figures = np.column_stack([(counts * (counts - 1)).sum(axis=1) / (n * (n - 1)), counts.max(axis=1) / n, np.ones(len(n))])
    agreement, majority = (bootstrap(figures[:, [place, 2]], lambda sums: sums[:, 0] / sums[:, 1], seed=seed) for place in (0, 1))
    return Convention(agreement, majority, len(coded.labels))


@dataclass(frozen=True)
class BiasVariance:
    """Errors of people, on training and on development data, 0 to 1, and what they mean; with intervals where they were measured."""

    human: float
    train: float
    dev: float
    bias_measured: Estimate | None = None
    variance_measured: Estimate | None = None

    @property
    def avoidable_bias(self) -> float:
        """Training error − human error: what a better fit could bring. Below zero, people are no longer the ceiling."""
        return round(self.train - self.human, 12)

    @property
    def variance(self) -> float:
        """Development error − training error: what more data or regularisation could bring."""
        return round(self.dev - self.train, 12)

    @property
    def sentence(self) -> str:
        """Say which of the two to work on.

        >>> BiasVariance(.106, .108, .148).sentence
        'Avoidable bias .2 points, variance 4.0 points: work on variance, by more data, regularisation or augmentation.'
        """
        bias, variance = _size(self.avoidable_bias, self.bias_measured), _size(self.variance, self.variance_measured)
        return f"Avoidable bias {bias}, variance {variance}: {ADVICE[self._larger]}"

    @property
    def _larger(self) -> str:
        bias, variance = self.bias_measured, self.variance_measured
        if bias is not None and variance is not None:
            return "bias" if _below(variance, bias) else "variance" if _below(bias, variance) else "untold"
        if self.avoidable_bias < 0:
            return "no ceiling"
        if abs(self.avoidable_bias - self.variance) <= ALIKE * max(self.avoidable_bias, self.variance):
            return "either"
        return "bias" if self.avoidable_bias > self.variance else "variance"


def _below(one: Estimate, other: Estimate) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def _size(value: float, measured: Estimate | None) -> str:
    return f"{words.points(value)} {words.points_interval(measured) if measured else ''}".strip()


def bias_variance(human: float, train: float, dev: float) -> BiasVariance:
    """Return avoidable bias and variance of three errors, each from 0 to 1.

    Raises
    ------
    BadInput
        An error isn't between 0 and 1.

    Examples
    --------
    >>> found = bias_variance(.106, .108, .148)
    >>> found.avoidable_bias, found.variance
    (0.002, 0.04)
    """
    for name, error in (("people", human), ("training", train), ("development", dev)):
        if not 0 <= error <= 1:
            raise BadInput(f"The error of {name} is {error:g}, which is no share.", "Write 10.6 % as .106.")
    return BiasVariance(human, train, dev)


def measured_bias_variance(people: Estimate, learnt: Estimate, forgets: Estimate) -> BiasVariance | None:
    """Return avoidable bias and variance of a model that was measured beside people; nothing where one of the three has no value.

    Parameters
    ----------
    people : Estimate
        Accuracy of people.
    learnt : Estimate
        Accuracy of the model on rows that it had learnt from.
    forgets : Estimate
        How much more that is than on the same rows held back.

    Returns
    -------
    BiasVariance
        `bias_measured` with an interval made of those of people and model, `variance_measured` with the paired one.
    """
    if people.value is None or learnt.value is None or forgets.value is None:
        return None
    bias = difference_of_independent(people, learnt)
    train = 1 - learnt.value
    return BiasVariance(1 - people.value, train, train + forgets.value, bias, forgets)
