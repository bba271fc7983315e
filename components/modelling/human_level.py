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
    """How often people give the right label; see `human_level`.

    Attributes
    ----------
    accuracy : Estimate
    per_annotator : DataFrame
    ties : int
        Judgements left out because the others tie.
    items, judgements : int
        How many were compared.
    against : str
        What they were held against: "gold", or "the majority of the others".
    per_item : DataFrame
        item, right, judged: how many judgements of each item are right, of how many that were compared.
    """

    accuracy: Estimate
    per_annotator: pd.DataFrame
    ties: int
    items: int
    judgements: int
    against: str
    per_item: pd.DataFrame


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
        else the bootstrap over items, and the rule of three's limit where every judgement is right, or none.
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
    """Return for each judgement whether its item has a gold label, and whether it is that one."""
    require_columns(gold, ("item", "gold"))
    truth = label_counts(pd.DataFrame({"item": gold["item"], "annotator": "gold", "label": gold["gold"]}), of="gold labels")
    label_of = dict(zip(truth.items[truth.item_codes], truth.labels[truth.label_codes], strict=True))
    expected = pd.factorize(np.concatenate([coded.labels, [label_of.get(item) for item in coded.items]]))[0]
    code_of, expected = expected[: len(coded.labels)], expected[len(coded.labels) :][coded.item_codes]
    known = expected >= 0
    if not known.any():
        raise BadInput("None of the labelled items has a gold label.", "Check that both name the items alike.")
    return known, known & (code_of[coded.label_codes] == expected)


def _measured(
    coded: LabelCounts, compared: NDArray[np.bool_], correct: NDArray[np.bool_], ties: int, against: str, seed: int
) -> HumanLevel:
    items, people = len(coded.items), len(coded.annotators)
    right, total = (np.bincount(coded.item_codes[which], minlength=items) for which in (correct, compared))
    figures = np.column_stack([right, total]).astype(np.float64)[total > 0]
    theirs = [np.bincount(coded.annotator_codes[which], minlength=people).tolist() for which in (correct, compared)]
    rows = []
    for name, good, judged in zip(coded.annotators, *theirs, strict=True):
        share = wilson(good, judged)
        rows.append((name, judged, share.value, share.low, share.high))
    frame = pd.DataFrame(rows, columns=["annotator", "labels", "accuracy", "low", "high"])
    frame = frame.astype(dict.fromkeys(("accuracy", "low", "high"), "float64"))
    frame = frame.sort_values("accuracy", ascending=False, kind="stable", na_position="last").reset_index(drop=True)
    per_item = pd.DataFrame({"item": coded.items, "right": right, "judged": total})[total > 0].reset_index(drop=True)
    return HumanLevel(_pooled(figures, seed), frame, ties, len(figures), int(compared.sum()), against, per_item)


def _pooled(figures: NDArray[np.float64], seed: int) -> Estimate:
    """Return the share of judgements that are right; `figures` holds per item how many are right and how many there are."""
    right, total = figures.sum(axis=0)
    if (figures[:, 1] == 1).all():
        return wilson(float(right), int(total))
    most_wrong = rule_of_three(len(figures))
    if right == total:
        why = "Every judgement is right; the lower limit is the rule of three's over items."
        return Estimate(1.0, 1 - most_wrong, 1.0, len(figures), why)
    if right == 0:
        why = "No judgement is right; the upper limit is the rule of three's over items."
        return Estimate(0.0, 0.0, most_wrong, len(figures), why)
    return bootstrap(figures, lambda sums: sums[:, 0] / sums[:, 1], seed=seed)
