"""The model scored against the same panels as people: each judgement's others, or gold."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from components.errors import BadInput
from components.stats.estimate import Estimate
from components.stats.label_counts import label_counts, require_columns
from components.stats.resampling import Resampled

FEWEST = 5


@dataclass(frozen=True)
class SamePanels:
    """People and a model on the same items against the same labels; see `on_the_same_panels`."""

    people: Estimate
    model: Estimate
    difference: Estimate
    items: int


def on_the_same_panels(labels: pd.DataFrame, predictions: pd.DataFrame, gold: pd.DataFrame | None = None, seed: int = 0) -> SamePanels:
    """Score a model as each annotator is scored.

    Parameters
    ----------
    labels : DataFrame
        Columns `item`, `annotator`, `label`.
    predictions : DataFrame
        Columns `item`, `prediction`; items that nobody judged are left out, as are judged items without a prediction.
    gold : DataFrame, optional
        Columns `item`, `gold`. Without it, the model stands in for each annotator in turn and is held against the majority of the
        others; where they tie, the judgement is left out for both.

    Returns
    -------
    SamePanels
        Accuracies pooled over judgements, and model − people, with 95 % intervals by the bootstrap over items.

    Raises
    ------
    BadInput
        Fewer than five items have both.
    """
    require_columns(predictions, ("item", "prediction"))
    sides = [labels.assign(item=labels["item"].astype(str), label=labels["label"].astype(str))]
    sides.append(
        pd.DataFrame({"item": predictions["item"].astype(str), "annotator": "\x00model", "label": predictions["prediction"].astype(str)})
    )
    if gold is not None:
        sides.append(pd.DataFrame({"item": gold["item"].astype(str), "annotator": "\x00gold", "label": gold["gold"].astype(str)}))
    coded = label_counts(pd.concat([side[["item", "annotator", "label"]] for side in sides], ignore_index=True))
    said = {name: np.full(len(coded.items), -1) for name in ("\x00model", "\x00gold")}
    own = np.ones(coded.judgements, dtype=bool)
    for name, answers in said.items():
        which = coded.annotators[coded.annotator_codes] == name
        answers[coded.item_codes[which]] = coded.label_codes[which]
        own &= ~which
    item, label = coded.item_codes[own], coded.label_codes[own]
    counts = np.zeros_like(coded.counts)
    np.add.at(counts, (item, label), 1)
    expected = said["\x00gold"][item] if gold is not None else _others(counts, item, label)
    compared = (expected >= 0) & (said["\x00model"][item] >= 0)
    figures = [
        np.bincount(item[compared], weights=right[compared], minlength=len(coded.items))
        for right in ((label == expected).astype(float), (said["\x00model"][item] == expected).astype(float), np.ones(len(item)))
    ]
    rows = np.column_stack(figures)[figures[2] > 0].astype(np.float64)
    if len(rows) < FEWEST:
        raise BadInput(f"The model predicted only {len(rows)} of the items that people judged.", "Check that both name items alike.")
    resampled = Resampled(rows, seed=seed)
    people, model, difference = (
        resampled.estimate(lambda sums, first=first, second=second: (sums[:, first] - (sums[:, second] if second >= 0 else 0)) / sums[:, 2])  # type: ignore[misc]
        for first, second in ((0, -1), (1, -1), (1, 0))
    )
    return SamePanels(people, model, difference, len(rows))


def _others(counts: np.ndarray, item: np.ndarray, label: np.ndarray) -> np.ndarray:
    """Return the majority of the others for each judgement, -1 where there is none or a tie."""
    others = counts[item]
    others[np.arange(len(item)), label] -= 1
    top = np.partition(others, -2, axis=1)[:, -2:] if others.shape[1] > 1 else np.column_stack([np.zeros(len(item)), others[:, 0]])
    clear = (top[:, 1] > top[:, 0]) & (top[:, 1] > 0)
    found: np.ndarray = np.where(clear, others.argmax(axis=1), -1)
    return found
