"""How good are people? Human-level performance from labels, against the other annotators or against gold."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.errors import BadInput
from components.stats.estimate import Estimate
from components.stats.intervals import rule_of_three, wilson
from components.stats.label_counts import LabelCounts, label_counts, require_columns
from components.stats.leave_one_out import leave_one_out
from components.stats.resampling import bootstrap

REFUSED = (
    "Human level is no benchmark for structured data: people label tables badly, so a model that beats them has proved little. "
    "Look for more features or more rows, and compare with simple models."
)


@dataclass(frozen=True)
class HumanLevel:
    """How often people give the right label; see `human_level`."""

    accuracy: Estimate
    per_annotator: pd.DataFrame
    ties: int
    items: int
    judgements: int
    against: str


def human_level(labels: pd.DataFrame, gold: pd.DataFrame | None = None, seed: int = 0) -> HumanLevel:
    """Measure how often people give the right label.

    Parameters
    ----------
    labels : DataFrame
        Columns `item`, `annotator`, `label`; one row a judgement.
    gold : DataFrame, optional
        Columns `item`, `gold`: an expert's label. Without it, each annotator is held against the majority of the others, which
        needs at least three; judgements whose others tie are left out and counted in `ties`.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    HumanLevel
        `accuracy`: share of judgements that are right, pooled, with a 95 % interval: Wilson where each item was judged once,
        else the bootstrap over items, and the rule of three's limit where every judgement is right.
        `per_annotator`: annotator, labels (compared), accuracy, low, high (Wilson), best first.

    Raises
    ------
    BadInput
        Fewer than three annotators without gold, no item of the labels in the gold, or two gold labels for one item.

    Examples
    --------
    >>> rows = [(i, a, "x" if (i + n) % 4 else "y") for i in range(4) for n, a in enumerate("abc")]
    >>> found = human_level(pd.DataFrame(rows, columns=["item", "annotator", "label"]))
    >>> round(found.accuracy.value, 3), found.ties
    (0.5, 6)
    """
    coded = label_counts(labels)
    if gold is None:
        if len(coded.annotators) < 3:
            raise BadInput(
                f"{words.counted(len(coded.annotators), 'annotator')} can't be held against the majority of the others.",
                "Have at least three people label the same items, or bring an expert's labels (gold).",
            )
        others = leave_one_out(coded)
        if not others.judged.any():
            raise BadInput(
                "No judgement has others with a majority to hold it against.", "Have at least three people label the same items."
            )
        return _measured(coded, others.judged, others.correct, int(others.tied.sum()), "the majority of the others", seed)
    known, correct = _against_gold(coded, gold)
    return _measured(coded, known, correct, 0, "gold", seed)


def _against_gold(coded: LabelCounts, gold: pd.DataFrame) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    require_columns(gold, ("item", "gold"))
    table = gold.rename(columns={"gold": "label"}).assign(annotator="gold")
    truth = label_counts(table[["item", "annotator", "label"]])
    label_of = dict(zip(truth.items[truth.item_codes], truth.labels[truth.label_codes], strict=True))
    expected = np.array([label_of.get(item) for item in coded.items], dtype=object)[coded.item_codes]
    known = np.array([label is not None for label in expected])
    if not known.any():
        raise BadInput("None of the labelled items has a gold label.", "Check that both files name the items alike.")
    given = coded.labels[coded.label_codes]
    return known, known & (given == expected)


def _measured(
    coded: LabelCounts, compared: NDArray[np.bool_], correct: NDArray[np.bool_], ties: int, against: str, seed: int
) -> HumanLevel:
    items = len(coded.items)
    figures = np.column_stack(
        [
            np.bincount(coded.item_codes[compared], weights=correct[compared], minlength=items),
            np.bincount(coded.item_codes[compared], minlength=items).astype(np.float64),
        ]
    )
    figures = figures[figures[:, 1] > 0]
    rows = []
    for code, name in enumerate(coded.annotators):
        mine = compared & (coded.annotator_codes == code)
        share = wilson(int(correct[mine].sum()), int(mine.sum()))
        rows.append((name, int(mine.sum()), share.value, share.low, share.high))
    frame = pd.DataFrame(rows, columns=["annotator", "labels", "accuracy", "low", "high"])
    frame = frame.sort_values("accuracy", ascending=False, kind="stable", na_position="last").reset_index(drop=True)
    return HumanLevel(_pooled(figures, seed), frame, ties, len(figures), int(compared.sum()), against)


def _pooled(figures: NDArray[np.float64], seed: int) -> Estimate:
    right, total = figures.sum(axis=0)
    if (figures[:, 1] == 1).all():
        return wilson(float(right), int(total))
    if right == total:
        why = "Every judgement is right; the lower limit is the rule of three's over items."
        return Estimate(1.0, 1 - rule_of_three(len(figures)), 1.0, len(figures), why)
    return bootstrap(figures, lambda sums: sums[:, 0] / sums[:, 1], seed=seed)
