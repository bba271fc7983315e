"""Each item by itself: how split its labels are, what the consensus says, and which labels are probably wrong."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.data.consensus import DawidSkene
from components.stats.estimate import Estimate
from components.stats.intervals import wilson
from components.stats.label_counts import LabelCounts

Array = NDArray[np.float64]
SURE = 0.9
MOST_WRONG = 10_000


def entropy(counts: Array) -> Array:
    """Return how split each row of counts is, in bits; 0 where all are the same.

    >>> entropy(np.array([[2., 2.], [4., 0.]])).tolist()
    [1.0, 0.0]
    """
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
    logs = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
    result: Array = np.abs((shares * logs).sum(axis=1))
    return result


def items(coded: LabelCounts, model: DawidSkene | None) -> pd.DataFrame:
    """Return one row an item, in the order of the labels.

    Returns
    -------
    DataFrame
        item, labels (how many), different (how many different ones), entropy (bits), majority, share (of the votes; the first of
        several that have most), tied, and label and probability of Dawid and Skene's consensus, the majority's where there is no model.
    """
    counts, totals = coded.counts, coded.per_item
    best = counts.argmax(axis=1)
    most = counts[np.arange(len(best)), best]
    frame = pd.DataFrame(
        {
            "item": coded.items,
            "labels": totals.astype(np.int64),
            "different": (counts > 0).sum(axis=1),
            "entropy": entropy(counts),
            "majority": coded.labels[best],
            "share": most / totals,
            "tied": (counts == most[:, None]).sum(axis=1) > 1,
        }
    )
    if model is None:
        return frame.assign(label=frame["majority"], probability=frame["share"])
    likely = model.probabilities.argmax(axis=1)
    return frame.assign(label=coded.labels[likely], probability=model.probabilities[np.arange(len(likely)), likely])


def likely_wrong(coded: LabelCounts, model: DawidSkene) -> pd.DataFrame:
    """Return the judgements that the consensus takes for wrong, the surest first: item, annotator, label, consensus, probability.

    Named are those on items with at least three labels whose consensus is another label with a posterior of at least .9.
    """
    likely = model.probabilities.argmax(axis=1)
    sure = model.probabilities[np.arange(len(likely)), likely]
    wrong = (coded.label_codes != likely[coded.item_codes]) & (sure[coded.item_codes] >= SURE) & (coded.per_item[coded.item_codes] >= 3)
    places = np.flatnonzero(wrong)
    item, said = coded.item_codes[places], coded.label_codes[places]
    doubt = model.probabilities[item, said]
    order = np.lexsort((item, doubt))[:MOST_WRONG]
    return pd.DataFrame(
        {
            "item": coded.items[item[order]],
            "annotator": coded.annotators[coded.annotator_codes[places[order]]],
            "label": coded.labels[said[order]],
            "consensus": coded.labels[likely[item[order]]],
            "probability": sure[item[order]],
        }
    )


def right(found: pd.DataFrame, column: str, gold: pd.Series) -> Estimate:
    """Return how often a column of `items` is the gold label (Wilson), of the items that have one; `gold` is indexed by item."""
    truth = found["item"].map(gold)
    known = truth.notna()
    return wilson(int((found.loc[known, column] == truth[known]).sum()), int(known.sum()))
