"""The metrics that predictions are scored by, each with its convention: formula, direction, range, averaging, positive class."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.errors import BadInput
from components.modelling.transcripts import NORMALISED, character_list, word_list
from components.stats.edits import edit_distance
from components.stats.label_counts import coded

Array = NDArray[np.float64]
Kind = Literal["labels", "numbers", "texts"]
MOST_CLASSES = 200


@dataclass(frozen=True)
class Sides:
    """The truth and one model's predictions, prepared: label codes, numbers or texts; `positive` is the code of the positive class."""

    truth: NDArray[Any]
    predicted: NDArray[Any]
    classes: int = 0
    positive: int = -1


@dataclass(frozen=True)
class Metric:
    """One metric: what is known of each item (`figures`, items × figures), and the score of their sums (`value`).

    `right_or_wrong` where each item is simply right or wrong, so that McNemar's test applies; `needs_positive` where one class is meant.
    """

    code: str
    title: str
    kind: Kind
    direction: Literal["higher", "lower"]
    range: str
    formula: str
    averaging: str
    figures: Callable[[Sides], Array]
    value: Callable[[Array], Array]
    share: bool = True
    needs_positive: bool = False
    right_or_wrong: bool = False

    def convention(self, positive: str = "") -> str:
        """Write the convention out in one sentence."""
        of = f", positive class “{positive}”" if self.needs_positive else ""
        return f"{self.title} = {self.formula}; {self.range}, {self.direction} is better, {self.averaging}{of}."

    def written(self, value: float | None) -> str:
        """Write a score as this metric is read."""
        return words.percent(value) if self.share else words.decimal(value, 3)

    def difference(self, value: float | None) -> str:
        """Write a difference of two scores: in points where they are shares."""
        return words.points(value) if self.share else words.decimal(value, 3)

    def better(self, difference: float) -> bool:
        """Whether a difference (first − second) is in favour of the first."""
        return difference > 0 if self.direction == "higher" else difference < 0


def _right(sides: Sides) -> Array:
    right = (sides.truth == sides.predicted).astype(float)
    return np.column_stack([right, np.ones_like(right)])


def _wrong(sides: Sides) -> Array:
    wrong = (sides.truth != sides.predicted).astype(float)
    return np.column_stack([wrong, np.ones_like(wrong)])


def _per_class(sides: Sides) -> Array:
    """Return, per class, whether an item is a hit, is of the class, and is predicted as it: items × 3 K."""
    if sides.classes > MOST_CLASSES:
        what = f"{words.count(sides.classes)} classes are too many to average over."
        raise BadInput(what, f"Use accuracy, or group rare classes: at most {MOST_CLASSES}.")
    of, said = (np.eye(sides.classes)[codes] for codes in (sides.truth, sides.predicted))
    return np.hstack([of * said, of, said])


def _positive(sides: Sides) -> Array:
    of, said = (codes == sides.positive for codes in (sides.truth, sides.predicted))
    return np.column_stack([of & said, of, said]).astype(float)


def _errors(sides: Sides) -> Array:
    error = sides.predicted - sides.truth
    return np.column_stack([np.abs(error), error**2, sides.truth, sides.truth**2, np.ones_like(error)])


def _edits(parts: Callable[[str, bool], list[str]]) -> Callable[[Sides], Array]:
    def figures(sides: Sides) -> Array:
        pairs = [(parts(said, True), parts(understood, True)) for said, understood in zip(sides.truth, sides.predicted, strict=True)]
        return np.array([(edit_distance(*pair), len(pair[0])) for pair in pairs], dtype=np.float64)

    return figures


def _share(sums: Array) -> Array:
    result: Array = sums[..., 0] / sums[..., 1]
    return result


def _classwise(sums: Array) -> tuple[Array, Array, Array]:
    hits, of, said = np.split(sums, 3, axis=-1)
    return hits, of, said


def _mean_known(values: Array) -> Array:
    known = np.isfinite(values)
    result: Array = np.where(known, values, 0).sum(axis=-1) / known.sum(axis=-1)
    return result


def _balanced(sums: Array) -> Array:
    hits, of, _ = _classwise(sums)
    return _mean_known(hits / of)


def _macro_f1(sums: Array) -> Array:
    hits, of, said = _classwise(sums)
    return _mean_known(2 * hits / (of + said))


def _r2(sums: Array) -> Array:
    result: Array = 1 - sums[..., 1] / (sums[..., 3] - sums[..., 2] ** 2 / sums[..., 4])
    return result


ONE = "from 0 to 1"
EACH = "each item counts alike"
CLASSES = "the mean over classes, each counts alike"
OF_ONE = "of one class"
METRICS: tuple[Metric, ...] = (
    Metric("accuracy", "Accuracy", "labels", "higher", ONE, "right items ÷ items", EACH, _right, _share, right_or_wrong=True),
    Metric("error", "Error rate", "labels", "lower", ONE, "wrong items ÷ items", EACH, _wrong, _share, right_or_wrong=True),
    Metric("balanced accuracy", "Balanced accuracy", "labels", "higher", ONE, "recall of each class", CLASSES, _per_class, _balanced),
    Metric("macro F1", "Macro F1", "labels", "higher", ONE, "2 hits ÷ (of the class + predicted as it)", CLASSES, _per_class, _macro_f1),
    Metric(
        "precision",
        "Precision",
        "labels",
        "higher",
        ONE,
        "hits ÷ predicted as the class",
        OF_ONE,
        _positive,
        lambda sums: sums[..., 0] / sums[..., 2],
        needs_positive=True,
    ),
    Metric(
        "recall",
        "Recall",
        "labels",
        "higher",
        ONE,
        "hits ÷ items of the class",
        OF_ONE,
        _positive,
        lambda sums: sums[..., 0] / sums[..., 1],
        needs_positive=True,
    ),
    Metric(
        "F1",
        "F1",
        "labels",
        "higher",
        ONE,
        "2 hits ÷ (of the class + predicted as it)",
        OF_ONE,
        _positive,
        lambda sums: 2 * sums[..., 0] / (sums[..., 1] + sums[..., 2]),
        needs_positive=True,
    ),
    Metric(
        "MAE",
        "Mean absolute error",
        "numbers",
        "lower",
        "from 0, in the target's unit",
        "Σ |prediction − truth| ÷ items",
        EACH,
        _errors,
        lambda sums: sums[..., 0] / sums[..., 4],
        share=False,
    ),
    Metric(
        "RMSE",
        "Root mean squared error",
        "numbers",
        "lower",
        "from 0, in the target's unit",
        "√(Σ (prediction − truth)² ÷ items)",
        "large errors count more",
        _errors,
        lambda sums: np.sqrt(sums[..., 1] / sums[..., 4]),
        share=False,
    ),
    Metric(
        "R²",
        "R²",
        "numbers",
        "higher",
        "up to 1, below 0 where the mean predicts better",
        "1 − Σ (prediction − truth)² ÷ Σ (truth − mean)²",
        "large errors count more",
        _errors,
        _r2,
        share=False,
    ),
    Metric(
        "WER",
        "Word error rate",
        "texts",
        "lower",
        "from 0, can exceed 1",
        "Σ edits ÷ Σ words of the truth",
        f"each word counts alike; {NORMALISED}",
        _edits(word_list),
        _share,
    ),
    Metric(
        "CER",
        "Character error rate",
        "texts",
        "lower",
        "from 0, can exceed 1",
        "Σ edits ÷ Σ characters of the truth",
        f"each character counts alike; {NORMALISED}",
        _edits(character_list),
        _share,
    ),
)
BY_CODE = {metric.code: metric for metric in METRICS}


def metric_of(code: str) -> Metric:
    """Return a metric by its code, in whatever capitals.

    Raises
    ------
    BadInput
        There is none of this name.
    """
    found = next((metric for metric in METRICS if metric.code.lower() == code.strip().lower()), None)
    if found is None:
        raise BadInput(f"There is no metric “{code[:40]}”.", f"Use one of {words.listed(list(BY_CODE), most=len(BY_CODE))}.")
    return found


def sides(metric: Metric, truth: pd.Series, predictions: dict[str, pd.Series], positive: str | None = None) -> dict[str, Sides]:
    """Return the truth beside each model's predictions, prepared for a metric.

    Raises
    ------
    BadInput
        A cell is missing, isn't a number where the metric needs one, or the positive class isn't there.
    """
    for name, column in [("", truth), *predictions.items()]:
        _complete(name, column)
    if metric.kind == "numbers":
        numbers = {name: _numbers(name, column) for name, column in [("", truth), *predictions.items()]}
        return {name: Sides(numbers[""], numbers[name]) for name in predictions}
    if metric.kind == "texts":
        said = truth.astype(str).to_numpy(dtype=object)
        return {name: Sides(said, column.astype(str).to_numpy(dtype=object)) for name, column in predictions.items()}
    found = [coded(column) for column in [truth, *predictions.values()]]
    codes, names = pd.factorize(np.concatenate([texts for _, texts in found]))
    ends = np.cumsum([len(texts) for _, texts in found])
    whole = [codes[end - len(texts) : end][own] for (own, texts), end in zip(found, ends, strict=True)]
    for name, (own, _) in zip(["", *predictions], found, strict=True):
        if (own < 0).any():
            raise _missing(name, own < 0)
    place = -1
    if metric.needs_positive:
        place = _place_of(positive, [str(name) for name in names], [str(name) for name in found[0][1]])
    return {name: Sides(whole[0], own, len(names), place) for name, own in zip(predictions, whole[1:], strict=True)}


def _place_of(positive: str | None, names: list[str], in_truth: list[str]) -> int:
    if positive is None or str(positive) not in in_truth:
        what = "The metric needs a positive class." if positive is None else f"No item's truth is “{str(positive)[:40]}”."
        raise BadInput(what, f"The classes are: {words.listed(sorted(in_truth), most=12)}.")
    return names.index(str(positive))


def _complete(name: str, column: pd.Series) -> None:
    absent = column.isna().to_numpy()
    if absent.any():
        raise _missing(name, absent)


def _missing(name: str, absent: NDArray[np.bool_]) -> BadInput:
    rows = np.flatnonzero(absent) + 1
    what = f"“{name}” has no prediction for" if name else "The truth is missing for"
    which = f"such as row {rows[0]}" if len(rows) > 1 else f"row {rows[0]}"
    todo = "Leave these rows out for every model, or have it predict something." if name else "Leave these rows out."
    return BadInput(f"{what} {words.counted(len(rows), 'item')}, {which}.", todo)


def _numbers(name: str, column: pd.Series) -> Array:
    numbers: Array = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64)
    bad = ~np.isfinite(numbers)
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        whose = f"“{name}”" if name else "The truth"
        raise BadInput(f"{whose} holds “{str(column.iloc[row])[:40]}” in row {row + 1}, which is no number.", "Choose a metric for labels.")
    return numbers
