"""One label an item out of many: by majority, and by Dawid and Skene, who weigh each annotator by what they mistake for what."""

from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.errors import BadInput
from components.stats.label_counts import LabelCounts, label_counts

Array = NDArray[np.float64]
LEAST = 1e-10
ITERATIONS, TOLERANCE = 100, 1e-5
MOST_DOUBLE = 100_000
"""With more judgements, posteriors are counted with seven digits instead of sixteen: a third of the time."""
MOST_CONFUSIONS = 50_000_000


@dataclass(frozen=True)
class DawidSkene:
    """What Dawid and Skene's model found.

    Attributes
    ----------
    probabilities : array of shape (items, labels)
        How likely each label is the true one of each item.
    confusion : array of shape (annotators, labels, labels)
        How often each annotator says the third where the second is true.
    prior : array of shape (labels,)
        How frequent each true label is.
    iterations : int
        How many were needed.
    converged : bool
        Whether the likelihood had settled.
    """

    probabilities: Array
    confusion: Array
    prior: Array
    iterations: int
    converged: bool


def majority(labels: pd.DataFrame) -> pd.DataFrame:
    """Return the label that most annotators gave each item.

    Parameters
    ----------
    labels : DataFrame
        Columns `item`, `annotator`, `label`; one row a judgement, missing ones left out.

    Returns
    -------
    DataFrame
        item, label, probability: the share of the votes that it got. Of several with most votes, the first in the order of labels.

    Raises
    ------
    BadInput
        As `label_counts`.

    Examples
    --------
    >>> rows = [(1, "a", "x"), (1, "b", "x"), (1, "c", "y"), (2, "a", "y")]
    >>> majority(pd.DataFrame(rows, columns=["item", "annotator", "label"])).to_numpy().tolist()
    [['1', 'x', 0.6666666666666666], ['2', 'y', 1.0]]
    """
    coded = label_counts(labels)
    return _table(coded, coded.counts / coded.per_item[:, None])


def dawid_skene(labels: pd.DataFrame, iterations: int = ITERATIONS) -> pd.DataFrame:
    """Return the most likely label of each item, each annotator weighed by how they err.

    Parameters
    ----------
    labels : DataFrame
        Columns `item`, `annotator`, `label`; one row a judgement, missing ones left out.
    iterations : int
        At most so many steps of expectation and maximisation.

    Returns
    -------
    DataFrame
        item, label, probability: the posterior of the label under the model.

    Raises
    ------
    BadInput
        As `label_counts`, and where annotators × labels² are too many to estimate.

    References
    ----------
    Dawid, A. P., Skene, A. M. (1979). Maximum likelihood estimation of observer error-rates using the EM algorithm. Applied Statistics
    28, 20-28.

    Examples
    --------
    >>> rows = [(i, a, "xy"[i % 2]) for i in range(6) for a in "ab"] + [(i, "c", "yx"[i % 2]) for i in range(6)]
    >>> found = dawid_skene(pd.DataFrame(rows, columns=["item", "annotator", "label"]))
    >>> "".join(found["label"]), bool(found["probability"].min() > .99)
    ('xyxyxy', True)
    """
    coded = label_counts(labels)
    return _table(coded, fitted(coded, iterations).probabilities)


def fitted(coded: LabelCounts, iterations: int = ITERATIONS, tolerance: float = TOLERANCE) -> DawidSkene:
    """Fit Dawid and Skene's model by expectation and maximisation, begun with the shares of the votes.

    Notes
    -----
    The judgements are a sparse matrix of items × (annotator, label): each step is one product with it. It ends where the mean log
    likelihood of an item rises by less than `tolerance`. Shares below 1e-10 are raised to it, so that nothing is ever impossible.
    """
    from scipy.sparse import csr_array

    items, people, labels = len(coded.items), len(coded.annotators), len(coded.labels)
    if people * labels**2 > MOST_CONFUSIONS:
        raise BadInput(
            f"{words.counted(people, 'annotator')} and {words.counted(labels, 'label')} are too many to learn who mistakes what for what.",
            "Take the majority, or group rare labels.",
        )
    said, which = (codes.astype(np.int32) for codes in (coded.annotator_codes * labels + coded.label_codes, coded.item_codes))
    exact = np.float64 if coded.judgements <= MOST_DOUBLE else np.float32
    given = csr_array((np.ones(coded.judgements, exact), (which, said)), shape=(items, people * labels))
    probabilities: NDArray[Any] = (coded.counts / coded.per_item[:, None]).astype(exact)
    before, steps, converged = -np.inf, 0, False
    confusion, prior = np.empty(0), np.empty(0)
    while steps < iterations and not converged:
        steps += 1
        seen = np.maximum((given.T @ probabilities).astype(np.float64).reshape(people, labels, labels), LEAST)
        confusion = seen / seen.sum(axis=1, keepdims=True)
        prior = np.maximum(np.ones(items, exact) @ probabilities / items, LEAST)
        logs = given @ np.log(confusion).reshape(people * labels, labels).astype(exact)
        logs += np.log(prior).astype(exact)
        most = reduce(np.maximum, logs.T)  # over few columns, ten times as fast as logs.max(axis=1)
        probabilities = np.exp(logs - most[:, None])
        totals = reduce(np.add, probabilities.T)
        probabilities /= totals[:, None]
        likelihood = float((most + np.log(totals)).mean(dtype=np.float64))
        converged = abs(likelihood - before) < tolerance
        before = likelihood
    return DawidSkene(probabilities.astype(np.float64), confusion.transpose(0, 2, 1), prior, steps, converged)


def _table(coded: LabelCounts, probabilities: Array) -> pd.DataFrame:
    best = probabilities.argmax(axis=1)
    chosen = probabilities[np.arange(len(best)), best]
    return pd.DataFrame({"item": coded.items, "label": coded.labels[best], "probability": chosen})
