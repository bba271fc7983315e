"""Which disputed items come first, who said what of them, and which of those that were settled a changed rule opens again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from components.data.adjudication.records import Adjudicated
from components.data.label_items import entropy
from components.stats.label_counts import LabelCounts

MOST_QUEUED = 5_000


@dataclass(frozen=True)
class Case:
    """A disputed item: who said what, the most frequent label first, and why it comes where it does."""

    item: str
    said: tuple[tuple[str, tuple[str, ...]], ...]
    pair: tuple[str, str]
    share: float
    entropy: float


def disputed(coded: LabelCounts) -> pd.DataFrame:
    """Return the items that were given different labels, in the order in which settling them helps most.

    Returns
    -------
    DataFrame
        item, label, other (the two labels that it got most often), share (of all pairs of judgements that differ, how many are of these
        two on items like it), entropy (bits), and weight = share × entropy, by which the rows are ordered: the pair of labels that costs
        most agreement first, and of those the most split.
    """
    counts, labels = coded.counts, len(coded.labels)
    places = np.flatnonzero((counts > 0).sum(axis=1) >= 2)
    if not len(places):
        return pd.DataFrame(columns=["item", "label", "other", "share", "entropy", "weight"])
    split = counts[places]
    pair = np.sort(np.argsort(-split, axis=1, kind="stable")[:, :2], axis=1)
    rows = np.arange(len(places))
    _, which = np.unique(pair[:, 0] * labels + pair[:, 1], return_inverse=True)
    between = np.bincount(which, weights=split[rows, pair[:, 0]] * split[rows, pair[:, 1]])[which]
    share = 2 * between / (split.sum(axis=1) ** 2 - (split**2).sum(axis=1)).sum()
    bits = entropy(split)
    frame = pd.DataFrame(
        {
            "item": coded.items[places],
            "label": coded.labels[pair[:, 0]],
            "other": coded.labels[pair[:, 1]],
            "share": share,
            "entropy": bits,
            "weight": share * bits,
        }
    )
    return frame.sort_values(["weight", "item"], ascending=[False, True], kind="stable").reset_index(drop=True)


def with_voices(coded: LabelCounts, chosen: pd.DataFrame) -> pd.DataFrame:
    """Return some of the disputed items with who said what of them in the column `said`, as JSON: a list of labels and names."""
    number = {item: place for place, item in enumerate(chosen["item"])}
    place_of = np.array([number.get(item, -1) for item in coded.items], dtype=np.int64)
    said: list[dict[str, list[str]]] = [{} for _ in number]
    for one in np.flatnonzero(place_of[coded.item_codes] >= 0):
        voices = said[place_of[coded.item_codes[one]]]
        voices.setdefault(str(coded.labels[coded.label_codes[one]]), []).append(str(coded.annotators[coded.annotator_codes[one]]))
    told = [json.dumps([[label, sorted(who)] for label, who in sorted(one.items(), key=lambda v: (-len(v[1]), v[0]))]) for one in said]
    return chosen.assign(said=told)


def case(row: Mapping[str, Any]) -> Case:
    """Return a row of `with_voices` as a case."""
    said = tuple((str(label), tuple(who)) for label, who in json.loads(row["said"]))
    return Case(str(row["item"]), said, (str(row["label"]), str(row["other"])), float(row["share"]), float(row["entropy"]))


def opened_again(decided: Iterable[Adjudicated], content: Mapping[str, str]) -> set[str]:
    """Return the items whose rule was changed since they were settled; all others stay settled.

    Parameters
    ----------
    decided : iterable of Adjudicated
    content : mapping
        What each rule asks for now, by its id, as `Rule.content`; rules that were retired or deleted are not in it.
    """
    return {one.item for one in decided if one.cited is not None and content.get(one.cited.rule) != one.cited.content}


def waiting(order: pd.DataFrame, decided: Mapping[str, Adjudicated], again: set[str]) -> pd.DataFrame:
    """Return the rows of `disputed` that nobody settled, or that a changed rule opened again."""
    settled = set(decided) - again
    return order[~order["item"].isin(settled)].reset_index(drop=True)


def gold(decided: Iterable[Adjudicated], again: set[str], names: Mapping[str, str]) -> pd.DataFrame:
    """Return what was settled as a table: item, ending, label, reason, rule, version, proposed, note, open again; `names` are of rules."""
    rows = [
        (
            one.item,
            one.ending,
            one.label,
            one.reason,
            one.cited.title if one.cited else "",
            one.cited.version if one.cited else None,
            names.get(one.proposed, one.proposed),
            one.note,
            one.item in again,
        )
        for one in decided
    ]
    columns = ["item", "ending", "label", "reason", "rule", "rule version", "proposed", "note", "open again"]
    return pd.DataFrame(rows, columns=columns)
