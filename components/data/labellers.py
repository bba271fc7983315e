"""Each annotator by themselves: what they say more often than others, how fast they are, and whether they agree with themselves."""

from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.stats.intervals import wilson
from components.stats.label_counts import LabelCounts, label_counts

Array = NDArray[np.float64]
MOST_LABELS = 60
CERTAIN = 0.05
LONGEST = 3600.0
"""Seconds between two answers beyond which somebody was away."""


def leaning(coded: LabelCounts) -> pd.DataFrame:
    """Return, for each annotator, the label that they lean to most against the others on the same items.

    Returns
    -------
    DataFrame
        annotator, label, more (their share of it minus the others', on the items that others judged too), low, high (normal, widened
        so that over all annotators and labels one in twenty tables names anybody by chance); only annotators whose interval excludes 0.
    """
    people = len(coded.annotators)
    chosen = np.argsort(-coded.counts.sum(axis=0), kind="stable")[:MOST_LABELS]
    others = coded.per_item[coded.item_codes] - 1
    compared = others > 0
    who, item, said = coded.annotator_codes[compared], coded.item_codes[compared], coded.label_codes[compared]
    number = np.bincount(who, minlength=people)
    z = NormalDist().inv_cdf(1 - CERTAIN / 2 / max(people * len(chosen), 1))
    best: dict[int, tuple[float, float, int]] = {}
    for label in chosen:
        own = (said == label).astype(np.float64)
        apart = own - (coded.counts[item, label] - own) / others[compared]
        mean, square = (np.bincount(who, weights=values, minlength=people) / np.maximum(number, 1) for values in (apart, apart**2))
        error = np.sqrt(np.maximum(square - mean**2, 0) / np.maximum(number - 1, 1))
        for person in np.flatnonzero((number > 1) & (np.abs(mean) > z * error) & (error > 0)):
            if abs(mean[person]) > abs(best.get(int(person), (0.0, 0.0, 0))[0]):
                best[int(person)] = (float(mean[person]), float(z * error[person]), int(label))
    rows = [
        (coded.annotators[person], coded.labels[label], more, more - reach, more + reach)
        for person, (more, reach, label) in sorted(best.items(), key=lambda one: -abs(one[1][0]))
    ]
    return pd.DataFrame(rows, columns=["annotator", "label", "more", "low", "high"])


def with_themselves(repeated: pd.DataFrame) -> pd.DataFrame:
    """Return how often each annotator gives an item the same label again: annotator, pairs, agrees, low, high (Wilson over items).

    Parameters
    ----------
    repeated : DataFrame
        Columns `item`, `annotator`, `label`; several rows for one item by one annotator.
    """
    given = repeated.dropna(subset=["label"]).astype({"label": str})
    groups = given.groupby(["annotator", "item"], sort=False)["label"].agg(["size", "nunique"])
    groups = groups[groups["size"] > 1]
    rows = []
    for name, theirs in groups.groupby(level="annotator", sort=True):
        same = wilson(int((theirs["nunique"] == 1).sum()), len(theirs))
        rows.append((str(name), len(theirs), same.value, same.low, same.high))
    return pd.DataFrame(rows, columns=["annotator", "pairs", "agrees", "low", "high"])


def speed(labels: pd.DataFrame) -> pd.DataFrame:
    """Return how many seconds an answer takes each annotator: annotator, answers, seconds (median), low, high (middle half).

    Parameters
    ----------
    labels : DataFrame
        Columns `annotator` and `time`: seconds an answer took, or when it was given; then the seconds since the one before.
    """
    times = labels["time"]
    if not pd.api.types.is_numeric_dtype(times):
        moments = pd.to_datetime(times, errors="coerce", utc=True, format="mixed")
        ordered = labels.assign(time=moments).dropna(subset=["time"]).sort_values("time", kind="stable")
        times = ordered.groupby("annotator", sort=False)["time"].diff().dt.total_seconds()
        times = times.where(times < LONGEST)
    known = pd.DataFrame({"annotator": labels["annotator"].astype(str), "seconds": times}).dropna()
    known = known[np.isfinite(known["seconds"]) & (known["seconds"] >= 0)]
    parts = known.groupby("annotator", sort=True)["seconds"].quantile([0.5, 0.25, 0.75]).unstack()
    if not len(parts):
        return pd.DataFrame(columns=["annotator", "answers", "seconds", "low", "high"])
    parts.columns = pd.Index(["seconds", "low", "high"])
    return parts.assign(answers=known.groupby("annotator").size()).reset_index()[["annotator", "answers", "seconds", "low", "high"]]


def by_rule(labels: pd.DataFrame) -> pd.DataFrame:
    """Return which cited rules cost most agreement: rule, judgements, share of all, pairs (that differ and cite it), cost (their share).

    Parameters
    ----------
    labels : DataFrame
        Columns `item`, `annotator`, `label`, `rule`.

    Notes
    -----
    A pair of judgements that differ counts for a rule where at least one of the two was given under it, so shares add up to more than 1.
    """
    kept = labels.dropna(subset=["label", "rule"])
    coded = label_counts(kept)
    everything = _differing(coded.counts).sum()
    names = kept["rule"].astype(str).str.strip()
    rows = []
    for rule, number in names.value_counts().head(MOST_LABELS).items():
        rest = kept[(names != rule).to_numpy()]
        without = float(_differing(label_counts(rest).counts).sum()) if len(rest) else 0.0
        pairs = float(everything) - without
        rows.append((str(rule), int(number), number / len(kept), int(pairs), pairs / everything if everything else 0.0))
    found = pd.DataFrame(rows, columns=["rule", "judgements", "share", "pairs", "cost"])
    return found.sort_values("cost", ascending=False, kind="stable").reset_index(drop=True)


def _differing(counts: Array) -> Array:
    """Return the pairs of judgements of each item that differ."""
    result: Array = (counts.sum(axis=1) ** 2 - (counts**2).sum(axis=1)) / 2
    return result
