"""Which items a calibration round asks about: random ones that nobody judged yet, or those that a changed rule touches."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from components import words
from components.data.rulebook.records import Rule, Sample
from components.errors import BadInput

MOST_ITEMS = 300


@dataclass(frozen=True)
class Sampled:
    """The rows that were drawn, in random order; from how many; and of those that an earlier round had, which a changed rule touches."""

    rows: tuple[int, ...]
    drawn_from: int
    touched: tuple[str, ...] = ()


def unseen(keys: pd.Series, size: int, seed: int, seen: Collection[str] = (), strata: pd.Series | None = None) -> Sampled:
    """Draw items at random among those that no round has shown, from each stratum as many as it has of all (so that no weights are needed).

    Raises
    ------
    BadInput
        Too few are left.

    Examples
    --------
    >>> found = unseen(pd.Series(list("abcdef")), 3, 0, seen={"a"})
    >>> len(found.rows), 0 in found.rows, found.drawn_from
    (3, False, 5)
    """
    left = np.flatnonzero(~keys.isin(set(seen)).to_numpy())
    if len(left) < 2:
        raise BadInput(
            "Nearly every item was judged in an earlier round.", "Bring more data, or choose the items that a changed rule touches."
        )
    size, rng = min(size, len(left), MOST_ITEMS), np.random.default_rng(seed)
    if strata is None:
        return Sampled(tuple(int(row) for row in rng.choice(left, size, replace=False)), len(left))
    group = strata.astype(str).to_numpy()[left]
    names, counts = np.unique(group, return_counts=True)
    exact = size * counts / len(left)
    share = np.floor(exact).astype(int)
    for place in np.argsort(-(exact - share), kind="stable")[: size - share.sum()]:
        share[place] += 1
    drawn = [rng.choice(left[group == name], number, replace=False) for name, number in zip(names, share, strict=True)]
    return Sampled(tuple(int(row) for row in rng.permutation(np.concatenate(drawn))), len(left))


def most_disputed(disputed: Sequence[str], keys: pd.Series, size: int, seed: int) -> Sampled:
    """Take the items on which an earlier round differed most; `disputed` names them, the most split first."""
    rows = _rows(disputed, keys)[: min(size, MOST_ITEMS)]
    if not rows:
        raise BadInput("Nobody differed in the last round, or its items aren't in this version.", "Draw a random sample instead.")
    return Sampled(tuple(np.random.default_rng(seed).permutation(rows).tolist()), len(rows))


def touched_and_controls(touched: Sequence[str], others: Sequence[str], keys: pd.Series, size: int, seed: int) -> Sampled:
    """Take what changed rules touch, and as many of the last round's other items as controls."""
    affected = _rows(touched, keys)[:MOST_ITEMS]
    if not affected:
        raise BadInput("No rule has changed since the last round, or none of its items is touched.", "Change the wording, or sample anew.")
    rng = np.random.default_rng(seed)
    controls = rng.permutation(_rows(others, keys)).tolist()[: max(min(size, MOST_ITEMS) - len(affected), 0)]
    return Sampled(tuple(rng.permutation([*affected, *controls]).tolist()), len(affected) + len(controls), tuple(touched))


def _rows(wanted: Sequence[str], keys: pd.Series) -> list[int]:
    place = {key: row for row, key in enumerate(keys)}
    return [place[key] for key in wanted if key in place]


def touched(
    judged: pd.DataFrame, frame: pd.DataFrame, keys: pd.Series, changes: Mapping[str, tuple[Rule | None, Rule | None]]
) -> list[str]:
    """Return the items of a round that changed rules touch: only these are judged, labelled or decided again.

    Parameters
    ----------
    judged : DataFrame
        Columns `item`, `label` (missing where somebody could not tell): what was said under the old rules.
    frame, keys : DataFrame, Series
        The rows of the data, and what names each.
    changes : mapping
        By the rule's id: what it was and what it is; None where it was or is not there.

    Returns
    -------
    list of str
        Items that somebody gave the label of a changed rule, old or new, and items on which its old or its new condition holds.
    """
    labels = {one.label for pair in changes.values() for one in pair if one is not None}
    found = set(judged.loc[judged["label"].isin(labels), "item"].astype(str))
    for pair in changes.values():
        for one in pair:
            if one is not None and one.condition.clauses:
                try:
                    found |= set(keys[one.condition.on_frame(frame).to_numpy()])
                except BadInput:
                    continue  # a condition on columns that this version hasn't touches none of its rows
    return [item for item in dict.fromkeys(judged["item"].astype(str)) if item in found]


def sample_sentence(sample: Sample, drawn_from: int, by: str = "") -> str:
    """Say how the items of a round were chosen."""
    return {
        "random": f"drawn at random from {words.count(drawn_from)} that nobody had judged",
        "stratified": f"drawn from {words.count(drawn_from)} that nobody had judged, by “{by}”, each part as often as it is",
        "disputed": "the most disputed of the round before",
        "touched": "those that a changed rule touches, and controls, of the round before",
    }[sample]
