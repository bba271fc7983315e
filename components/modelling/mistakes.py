"""What a model gets wrong: which classes it mixes up, how honest its certainty is, and the examples it misses most."""

import numpy as np
import pandas as pd

from components import words
from components.stats.estimate import Estimate
from components.stats.intervals import wilson
from components.stats.resampling import bootstrap

MOST_CLASSES = 20
BINS = 10
LEAST_IN_BIN = 10
HONEST = 0.05


def confusion(predictions: pd.DataFrame) -> pd.DataFrame:
    """Return how often each class was taken for which.

    Parameters
    ----------
    predictions : DataFrame
        Columns `truth` and `prediction`, one row an example.

    Returns
    -------
    DataFrame
        truth, prediction, rows, share (of the rows of that truth); every pair, the most frequent classes first, at most 20 of them.
    """
    truth, predicted = predictions["truth"].astype(str), predictions["prediction"].astype(str)
    names = truth.value_counts(sort=True).index[:MOST_CLASSES]
    order = sorted(names, key=_numbers_first)
    counts = pd.crosstab(truth, predicted).reindex(index=order, columns=order, fill_value=0)
    long = counts.rename_axis(index="truth", columns="prediction").stack().rename("rows").reset_index()
    totals = truth.value_counts()
    return long.assign(share=long["rows"] / long["truth"].map(totals))


def _numbers_first(name: str) -> tuple[int, float, str]:
    try:
        return (0, float(name), name)
    except ValueError:
        return (1, 0.0, name)


def confusion_sentence(table: pd.DataFrame) -> str:
    """Say which two classes are mixed up most."""
    wrong = table[(table["truth"] != table["prediction"]) & (table["rows"] > 0)]
    if not len(wrong):
        return "No class is taken for another."
    top = wrong.loc[wrong["rows"].idxmax()]
    share = words.percent(float(top["share"]))
    return f"“{top['truth'][:40]}” is taken for “{top['prediction'][:40]}” most: {words.counted(top['rows'], 'time')}, {share} of its rows."


def calibration(predictions: pd.DataFrame) -> pd.DataFrame:
    """Return how often predictions are right by how certain the model was: bins of as many rows each.

    Returns
    -------
    DataFrame
        certainty (mean of the bin), value (share that is right), low, high (Wilson, 95 %), rows; the least certain first.
    """
    rows = predictions.dropna(subset=["certainty"])
    bins = max(1, min(BINS, len(rows) // LEAST_IN_BIN))
    order = np.argsort(rows["certainty"].to_numpy(), kind="stable")
    certainty = rows["certainty"].to_numpy()[order]
    right = (rows["truth"] == rows["prediction"]).to_numpy()[order]
    found = []
    for part in np.array_split(np.arange(len(rows)), bins):
        if len(part):
            share = wilson(int(right[part].sum()), len(part))
            found.append((float(certainty[part].mean()), share.value, share.low, share.high, len(part)))
    return pd.DataFrame(found, columns=["certainty", "value", "low", "high", "rows"])


def overconfidence(predictions: pd.DataFrame, seed: int = 0) -> Estimate:
    """Return the mean certainty minus the share that is right, with its bootstrap interval over rows; above 0 it promises too much."""
    rows = predictions.dropna(subset=["certainty"])
    if not len(rows):
        return Estimate(None, why="This model gives no probabilities.")
    right = (rows["truth"] == rows["prediction"]).to_numpy(float)
    figures = np.column_stack([rows["certainty"].to_numpy() - right, np.ones(len(rows))])
    return bootstrap(figures, lambda sums: sums[:, 0] / sums[:, 1], seed=seed)


def calibration_sentence(found: Estimate) -> str:
    """Say whether a model's certainty can be taken at its word."""
    if found.value is None:
        return found.why
    positive = found if found.value >= 0 else Estimate(-found.value, _minus(found.high), _minus(found.low))
    size = f"{words.points(positive.value)} {words.points_interval(positive)}".strip()
    if found.low is not None and found.high is not None and found.low <= 0 <= found.high:
        apart = words.points(found.value, sign=True)
        return f"On average its certainty matches how often it is right: they are {apart} apart, n = {words.count(found.n)}."
    more = "too sure" if found.value > 0 else "less sure than it could be"
    return f"It is {more}, by {size} on average, n = {words.count(found.n)}."


def _minus(limit: float | None) -> float | None:
    return None if limit is None else -limit


def worst(predictions: pd.DataFrame, most: int = 24) -> pd.DataFrame:
    """Return the rows that a model missed most: wrong ones by how little it gave the truth; of numbers those farthest off.

    Returns
    -------
    DataFrame
        row, truth, prediction and certainty, or for numbers off (prediction − truth).
    """
    if "of_truth" in predictions:
        wrong = predictions[predictions["truth"] != predictions["prediction"]]
        ordered = wrong.sort_values(["of_truth", "certainty"], ascending=[True, False], kind="stable")
        return ordered[["row", "truth", "prediction", "certainty"]].head(most).reset_index(drop=True)
    off = (predictions["prediction"] - predictions["truth"]).rename("off")
    order = off.abs().sort_values(ascending=False, kind="stable").index
    return predictions[["row", "truth", "prediction"]].join(off).loc[order].head(most).reset_index(drop=True)


def mistakes_answer(predictions: pd.DataFrame, title: str, noun: str = "row") -> str:
    """Say how many rows a model missed, or how far off its numbers are."""
    number = len(predictions)
    if "of_truth" in predictions:
        wrong = int((predictions["truth"] != predictions["prediction"]).sum())
        share = wilson(wrong, number)
        limits = words.interval(share, as_percent=True)
        return f"{title} gets {words.count(wrong)} of {words.counted(number, noun)} wrong: {words.percent(share.value)} {limits}."
    off = (predictions["prediction"] - predictions["truth"]).abs().to_numpy(float)
    mean = bootstrap(np.column_stack([off, np.ones(number)]), lambda sums: sums[:, 0] / sums[:, 1])
    limits = "" if mean.low is None or mean.high is None else f" [{mean.low:.4g}, {mean.high:.4g}]"
    return f"{title} is off by {off.mean():.4g}{limits} on average, over {words.counted(number, noun)}."
