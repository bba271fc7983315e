"""Tables of labels in any shape as one row a judgement: long, one column an annotator, or votes counted by class."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from components.errors import BadInput
from components.stats.label_counts import require_columns

Shape = Literal["long", "wide", "votes"]
Repeats = Literal["refuse", "first", "last"]
SHAPES: dict[Shape, str] = {"long": "one row a judgement", "wide": "one column an annotator", "votes": "counted votes, one column a class"}
MOST_VOTES = 20_000_000
MOST_COLUMNS = 200
LOOKED_AT = 1000
VOTE = "vote {}"


def shape_of(frame: pd.DataFrame, item: str, annotator: str) -> Shape:
    """Return which shape a table most likely has, from its first rows; `annotator` is its column of annotators by name, or empty."""
    if annotator:
        return "long"
    start = frame.head(LOOKED_AT)
    rest = [column for column in start.columns if column != item]
    if not 2 <= len(rest) <= MOST_COLUMNS or not start[item].is_unique:
        return "long"
    numbers = [column for column in rest if pd.api.types.is_numeric_dtype(start[column])]
    if len(numbers) == len(rest):
        cells = start[rest].to_numpy(dtype=np.float64)
        whole = bool(np.isfinite(cells).all() and (cells >= 0).all() and (cells == np.round(cells)).all())
        totals = cells.sum(axis=1)
        if whole and (cells == 0).any() and len(np.unique(totals)) <= max(3, len(rest)) and totals.min() >= 1:
            return "votes"
    used = [set(start[column].dropna().astype(str)) for column in rest]
    together = set().union(*used)
    alike = sum(len(one) for one in used) >= 2 * len(together) > 0
    return "wide" if alike and len(together) <= max(LOOKED_AT / 5, 20) else "long"


def from_wide(frame: pd.DataFrame, item: str, annotators: Sequence[str], gold: str | None = None) -> pd.DataFrame:
    """Return a table of one column an annotator as item, annotator, label (and gold); empty cells are missing labels.

    Raises
    ------
    BadInput
        A column isn't there, fewer than two annotators, or an item stands there twice.
    """
    require_columns(frame, [item, *annotators, *([gold] if gold else [])])
    if len(annotators) < 2:
        raise BadInput("Fewer than two columns hold labels, so there is nothing to compare.", "Choose the columns of all annotators.")
    _require_once(frame, item)
    kept = frame[[item, *([gold] if gold else []), *annotators]]
    long = kept.melt([item, *([gold] if gold else [])], var_name="annotator", value_name="label")
    return long.rename(columns={item: "item", **({gold: "gold"} if gold else {})}).dropna(subset=["label"]).reset_index(drop=True)


def from_votes(frame: pd.DataFrame, item: str, classes: Sequence[str], gold: str | None = None) -> pd.DataFrame:
    """Return counted votes as item, annotator, label (and gold), one row a vote; who voted isn't known, so they are called vote 1, 2 ….

    Raises
    ------
    BadInput
        A column isn't there, fewer than two classes, an item stands there twice, or a count is no whole number from 0.
    """
    require_columns(frame, [item, *classes, *([gold] if gold else [])])
    if len(classes) < 2:
        raise BadInput("Votes for one class alone can't be compared.", "Choose the columns of all classes.")
    _require_once(frame, item)
    counts = frame[list(classes)].apply(pd.to_numeric, errors="coerce").fillna(0.0).to_numpy(dtype=np.float64)
    text = frame[list(classes)].apply(lambda column: column.notna() & pd.to_numeric(column, errors="coerce").isna()).to_numpy()
    bad = text | (counts < 0) | (counts != np.round(counts)) | ~np.isfinite(counts)
    if bad.any():
        row, column = np.argwhere(bad)[0]
        cell = str(frame[classes[column]].iloc[row])[:40]
        raise BadInput(
            f"Row {row + 1} has “{cell}” votes for “{str(classes[column])[:40]}”.",
            "Votes are whole numbers from 0: choose the columns that hold them.",
        )
    total = counts.sum()
    if not 0 < total <= MOST_VOTES:
        raise BadInput(
            f"These columns hold {total:,.0f} votes." if total else "Nobody voted: every count is 0.",
            f"Between 1 and {MOST_VOTES:,} can be read: choose the columns that hold votes, or take a sample of items.",
        )
    place, label = np.nonzero(counts)
    times = counts[place, label].astype(np.int64)
    place, label = np.repeat(place, times), np.repeat(label, times)
    starts = np.concatenate([[0], np.cumsum(counts.sum(axis=1).astype(np.int64))[:-1]])
    number = np.arange(len(place)) - starts[place]
    names = np.array([VOTE.format(one + 1) for one in range(int(number.max()) + 1)], dtype=object)
    long = pd.DataFrame(
        {"item": frame[item].to_numpy()[place], "annotator": names[number], "label": np.array(classes, dtype=object)[label]}
    )
    return long.assign(gold=frame[gold].to_numpy()[place]) if gold else long


def settle_repeats(
    frame: pd.DataFrame, item: str, annotator: str, label: str, which: Repeats, time: str | None = None
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Return the table with one answer per item and annotator, and all answers of those who gave several; refusing is left to who counts.

    With a column of moments, the first and last are those in time; else those in the order of the rows.
    """
    given = frame[frame[label].notna()]
    several = given.duplicated([item, annotator], keep=False)
    if not several.any():
        return frame, None
    repeated = given.loc[several, [item, annotator, label]].set_axis(["item", "annotator", "label"], axis=1).reset_index(drop=True)
    if which == "refuse":
        return frame, repeated
    ordered = given
    if time and not pd.api.types.is_numeric_dtype(given[time]):
        moments = pd.to_datetime(given[time], errors="coerce", utc=True, format="mixed")
        ordered = given.iloc[np.argsort(moments.to_numpy(), kind="stable")]
    return ordered.drop_duplicates([item, annotator], keep=which).sort_index().reset_index(drop=True), repeated


def _require_once(frame: pd.DataFrame, item: str) -> None:
    twice = frame[item].duplicated()
    if twice.any():
        row = int(np.flatnonzero(twice)[0])
        raise BadInput(
            f"Row {row + 1} has the item “{str(frame[item].iloc[row])[:40]}” again.",
            "In this shape each item has one row; choose another item column.",
        )
