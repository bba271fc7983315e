"""What changed between two versions, by the key of a row: rows that came and went, cells and labels that changed."""

from dataclasses import dataclass
from math import isnan

import pandas as pd

from components import words
from components.errors import BadInput

CHANGE = "change"


@dataclass(frozen=True)
class Difference:
    """How many rows came, went and changed, in how many of them the label did, which columns, and the rows themselves.

    `rows` has the column `change` (added, removed, before, after) beside those of the data; a changed row stands there twice.
    """

    added: int
    removed: int
    changed: int
    relabelled: int
    same: int
    columns: dict[str, int]
    rows: pd.DataFrame

    @property
    def sentence(self) -> str:
        """The difference in one sentence."""
        parts = [
            f"{words.count(n)} {what}" for n, what in ((self.added, "added"), (self.removed, "removed"), (self.changed, "changed")) if n
        ]
        if not parts:
            return f"Both hold the same {words.counted(self.same, 'row')}."
        labels = f", {words.counted(self.relabelled, 'label')} among them" if self.relabelled else ""
        return f"{words.listed(parts)}{labels}; {words.count(self.same)} the same."


def difference(before: pd.DataFrame, after: pd.DataFrame, key: str | None = None, label: str | None = None) -> Difference:
    """Compare two versions.

    Parameters
    ----------
    before, after : DataFrame
        The older and the newer version.
    key : str, optional
        Column that identifies a row in both. Without one, rows are compared as a whole: they come and go, and none changes.
    label : str, optional
        Column whose changes are counted apart.

    Returns
    -------
    Difference
        Cells are compared as they read; a missing cell equals a missing cell. Columns that only one version has are no change of a row.

    Raises
    ------
    BadInput
        The key isn't in both versions, or stands twice in one.
    """
    shared = [name for name in after.columns if name in before.columns]
    if key is None:
        return _by_content(before, after, shared)
    for frame, name in ((before, "older"), (after, "newer")):
        if key not in frame.columns:
            raise BadInput(f"The {name} version has no column “{key}”.", "Choose a key that both have.")
        twice = frame[key][frame[key].duplicated() & frame[key].notna()]
        if len(twice):
            raise BadInput(
                f"The {name} version has the key “{str(twice.iloc[0])[:80]}” more than once.",
                "Remove duplicate keys, or compare without a key.",
            )
    old, new = (frame[frame[key].notna()].assign(**{key: frame[key].map(_text)}).set_index(key) for frame in (before, after))
    both = new.index.intersection(old.index, sort=False)
    compared = [name for name in shared if name != key]
    differs = pd.DataFrame({name: _differs(old.loc[both, name], new.loc[both, name]) for name in compared}, index=both)
    changed = both[differs.any(axis=1)] if compared else both[:0]
    parts = [
        new.loc[new.index.difference(old.index, sort=False)].assign(**{CHANGE: "added"}),
        old.loc[old.index.difference(new.index, sort=False)].assign(**{CHANGE: "removed"}),
        old.loc[changed].assign(**{CHANGE: "before"}),
        new.loc[changed].assign(**{CHANGE: "after"}),
    ]
    rows = (
        pd.concat([part.reset_index() for part in parts if len(part)], ignore_index=True)
        if any(map(len, parts))
        else new.iloc[:0].reset_index()
    )
    if CHANGE in rows.columns:
        twins = rows[CHANGE].isin(["before", "after"])
        rows = pd.concat([rows[~twins], rows[twins].sort_values(key, kind="stable")], ignore_index=True)
        rows = rows[[CHANGE, *(name for name in rows.columns if name != CHANGE)]]
    counts = {name: int(differs[name].sum()) for name in compared if differs[name].any()}
    return Difference(len(parts[0]), len(parts[1]), len(changed), counts.get(label or "", 0), len(both) - len(changed), counts, rows)


def _by_content(before: pd.DataFrame, after: pd.DataFrame, shared: list[str]) -> Difference:
    """Compare rows as a whole; a row that stands there twice is two rows."""
    if not shared:
        raise BadInput("The two versions have no column in common.", "Compare versions of the same data set.")

    def numbered(frame: pd.DataFrame) -> pd.DataFrame:
        cells = frame[shared].map(_text)
        return cells.assign(**{"\x1fcopy": cells.groupby(shared, dropna=False).cumcount()})

    joined = numbered(before).reset_index(names="\x1fold").merge(numbered(after).reset_index(names="\x1fnew"), how="outer")
    gone, came = joined["\x1fnew"].isna(), joined["\x1fold"].isna()
    parts = [
        after.loc[joined.loc[came, "\x1fnew"].astype(int).sort_values()].assign(**{CHANGE: "added"}),
        before.loc[joined.loc[gone, "\x1fold"].astype(int).sort_values()].assign(**{CHANGE: "removed"}),
    ]
    rows = pd.concat([part[[CHANGE, *shared]] for part in parts], ignore_index=True)
    return Difference(int(came.sum()), int(gone.sum()), 0, 0, int((~gone & ~came).sum()), {}, rows)


def _differs(old: pd.Series, new: pd.Series) -> "pd.Series[bool]":
    return old.map(_text).ne(new.map(_text)) & ~(old.isna() & new.isna())


def _text(cell: object) -> str:
    """Write a cell so that 1 and 1.0, read from different files, are the same."""
    if cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and isnan(cell)):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
