"""Important cases: how many rows one has, how many one needs to be sure of them, and what to collect next."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd
import pyarrow as pa

from components import words
from components.data.condition import Condition
from components.data.engine import opened
from components.data.records import CoverageRun, ImportantCase
from components.stats.intervals import wilson

MOST_NEEDED = 10_000_000
TEST = ("test", "testing", "eval", "evaluation", "holdout")
MOST_LABELS = 12


@cache
def needed(width: float, expected: float) -> int:
    """Return how many rows a case needs so that the 95 % Wilson interval of an accuracy is at most `width` wide.

    >>> needed(.1, .9), needed(.02, .9), needed(.1, .5)
    (141, 3461, 381)
    """
    low, high = 1, 1
    while _wide(high, expected) > width and high < MOST_NEEDED:
        low, high = high, high * 2
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _wide(middle, expected) <= width else (middle + 1, high)
    return high


def _wide(n: int, expected: float) -> float:
    found = wilson(expected * n, n)
    return float((found.high or 0) - (found.low or 0))


def count_cases(
    table: pd.DataFrame | pa.Table, conditions: Mapping[str, Condition], split: str | None = None, label: str | None = None
) -> dict[str, dict[str, Any]]:
    """Count the rows of each case, in one scan; those of the test part and of each label apart.

    Returns
    -------
    dict
        By the names of the conditions: `have`, `tested` (None without a split that has a test part), `labels` (rows by label).

    Raises
    ------
    BadInput
        A condition names a column that isn't there, or a value that doesn't fit it.
    """
    if not conditions:
        return {}
    with opened(table) as (rows, names, _):
        marks = {f"m{place}": condition.on_engine(rows, names).ifelse(1, 0) for place, condition in enumerate(conditions.values())}
        kept = {role: rows[names[column]].cast("string") for role, column in (("split", split), ("label", label)) if column in names}
        marked = rows.select(**marks, **kept)
        sums = {name: marked[name].sum().coalesce(0).cast("int64") for name in marks}
        grouped = (marked.group_by(list(kept)) if kept else marked).aggregate(**sums).to_pyarrow().to_pandas()
    parts = grouped["split"].fillna("").str.lower() if "split" in grouped else pd.Series([""] * len(grouped))
    in_test = parts.isin(TEST)
    found: dict[str, dict[str, Any]] = {}
    for place, name in enumerate(conditions):
        counts = grouped[f"m{place}"]
        by_label = (
            counts.groupby(grouped["label"].fillna(words.MISSING)).sum().sort_values(ascending=False) if "label" in grouped else counts[:0]
        )
        found[name] = {
            "have": int(counts.sum()),
            "tested": int(counts[in_test].sum()) if in_test.any() else None,
            "labels": {str(one): int(rows_) for one, rows_ in by_label.head(MOST_LABELS).items()},
        }
    return found


def coverage_table(cases: Mapping[str, ImportantCase], run: CoverageRun) -> pd.DataFrame:
    """Return have, need and what to collect of each case, the largest lack first: columns name, rows, counted, need, collect, condition.

    Where the data have a test part, its rows are counted, since an accuracy is measured on them.
    """
    rows = []
    for id_, found in run.cases.items():
        case = cases.get(id_)
        if case is None:
            continue
        counted = found["have"] if found["tested"] is None else found["tested"]
        need = needed(case.width, case.expected)
        rows.append(
            {
                "name": case.name,
                "rows": found["have"],
                "counted": counted,
                "need": need,
                "collect": max(need - counted, 0),
                "condition": case.condition.sentence,
            }
        )
    table = pd.DataFrame(rows, columns=["name", "rows", "counted", "need", "collect", "condition"])
    return table.sort_values(["collect", "name"], ascending=[False, True], kind="stable").reset_index(drop=True)


def coverage_answer(table: pd.DataFrame) -> str:
    """Answer “do we have enough of what matters?”."""
    short = table[table["collect"] > 0]
    if not len(table):
        return "No important case was counted yet."
    if not len(short):
        every = f"All {len(table)} important cases have" if len(table) > 1 else f"“{table['name'].iloc[0]}” has"
        return f"{every} enough rows to be sure of."
    first = short.iloc[0]
    more = f"{len(short)} of {len(table)} important cases need more rows" if len(table) > 1 else "The important case needs more rows"
    return f"{more}: “{first['name']}” {words.count(first['collect'])}."


def next_batch(table: pd.DataFrame) -> list[str]:
    """Say what to collect next, the largest lack first."""
    short = table[table["collect"] > 0]
    return [
        f"{words.count(collect)} more of “{name}”: {condition}"
        for name, collect, condition in zip(short["name"], short["collect"], short["condition"], strict=True)
    ]


def slices_table(cases: Mapping[str, ImportantCase], run: CoverageRun) -> pd.DataFrame:
    """Return how many rows of each label each case has: one row a case."""
    rows: Sequence[dict[str, Any]] = [{"case": cases[id_].name, **found["labels"]} for id_, found in run.cases.items() if id_ in cases]
    return pd.DataFrame(rows).fillna(0)
