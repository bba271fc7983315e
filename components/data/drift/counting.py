"""Counts a column in two samples, or over time: one query a column, whose small result is all that statistics need."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from components.data.description import looks_like_key
from components.data.engine import as_arrow, opened
from components.data.missing import missing_text

BINS = 10
CELLS = 100
"""Cells, of equally many rows, in which a column of numbers is permuted; their Kolmogorov–Smirnov distance is the one that is judged."""
MOST_CATEGORIES = 1000
FEW, FEW_SHARE = 50, 0.05
SIDE = "side"
Kind = str


@dataclass(frozen=True)
class Sides:
    """Two samples as one table of the engine: the columns that both have, and those that only one has or whose type differs."""

    expression: Any
    names: dict[str, str]
    rows: tuple[int, int]
    changed: dict[str, str]

    def cell(self, column: str) -> Any:
        """Return a column; text that spells that it is missing is missing."""
        cell = self.expression[self.names[column]]
        return missing_text(cell).ifelse(None, cell) if cell.type().is_string() else cell

    @property
    def before(self) -> Any:
        """1 for rows of the first sample, else 0."""
        return (self.expression[self.names[SIDE]] == 0).ifelse(1, 0)


@dataclass(frozen=True)
class Counted:
    """What is known of one column: how many rows of each sample lie in each cell.

    `bins` are deciles of the first sample for numbers, and the categories for categories; `cells` are finer and ordered. `distance`
    is the exact Kolmogorov–Smirnov distance (numbers only).
    """

    kind: Kind
    bins: NDArray[np.int64]
    cells: NDArray[np.int64]
    missing: tuple[int, int]
    distance: float | None = None
    categories: tuple[str, ...] = ()


@contextmanager
def both(before: pd.DataFrame | pa.Table, after: pd.DataFrame | pa.Table) -> Iterator[Sides]:
    """Give two samples to the engine as one table."""
    first, second = (table if isinstance(table, pa.Table) else as_arrow(table) for table in (before, after))
    changed = {name: "only in the second" for name in second.column_names if name not in first.column_names}
    shared: dict[str, pa.ChunkedArray] = {}
    for name in first.column_names:
        if name not in second.column_names:
            changed[name] = "only in the first"
            continue
        pair = _alike(_whole(first.column(name)), _whole(second.column(name)))
        if pair is None:
            changed[name] = f"{_word(first.field(name).type)} became {_word(second.field(name).type)}"
        else:
            shared[name] = pa.chunked_array([*pair[0].chunks, *pair[1].chunks], pair[0].type)
    side = next(name for name in (SIDE, *(f"{SIDE} {number}" for number in range(len(shared) + 1))) if name not in shared)
    marks = pa.array(np.repeat(np.array([0, 1], dtype=np.int64), [first.num_rows, second.num_rows]))
    with opened(pa.table([*shared.values(), marks], names=[*shared, side])) as (expression, names):
        renamed = {name: short for name, short in names.items() if name != side}
        yield Sides(expression, {**renamed, SIDE: names[side]}, (first.num_rows, second.num_rows), changed)


def _whole(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _word(kind: pa.DataType) -> str:
    words = (
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_temporal, "time"),
        (pa.types.is_integer, "number"),
        (pa.types.is_floating, "number"),
    )
    return next((word for is_one, word in words if is_one(kind)), "text")


def _alike(first: pa.ChunkedArray, second: pa.ChunkedArray) -> tuple[pa.ChunkedArray, pa.ChunkedArray] | None:
    """Return two columns in one type, or None where they have none in common; a column without any value fits every other."""
    if first.null_count == len(first) or second.null_count == len(second):
        kind = second.type if first.null_count == len(first) else first.type
        return tuple(column.cast(kind) if column.null_count < len(column) else _nothing(column, kind) for column in (first, second))
    if first.type == second.type:
        return first, second

    def all_are(test: Callable[[pa.DataType], bool]) -> bool:
        return test(first.type) and test(second.type)

    common = next(
        (
            kind
            for test, kind in (
                (lambda t: pa.types.is_integer(t) or pa.types.is_floating(t) or pa.types.is_decimal(t), pa.float64()),
                (lambda t: pa.types.is_string(t) or pa.types.is_large_string(t) or pa.types.is_string_view(t), pa.string()),
                (lambda t: pa.types.is_timestamp(t) or pa.types.is_date(t), pa.timestamp("us")),
            )
            if all_are(test)
        ),
        None,
    )
    return (first.cast(common, safe=False), second.cast(common, safe=False)) if common is not None else None


def _nothing(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    return pa.chunked_array([pa.nulls(len(column), kind)], kind)


def count(sides: Sides, column: str) -> Counted:
    """Count one column in both samples."""
    cell = sides.cell(column)
    kind = cell.type()
    missing, distinct = _missing(sides, cell)
    present = sum(sides.rows) - sum(missing)
    nothing = np.zeros((2, 0), np.int64)
    if kind.is_temporal():
        return Counted("time", nothing, nothing, missing)
    if looks_like_key(column) and not kind.is_floating() and distinct == present and present > 1:
        return Counted("key", nothing, nothing, missing)
    if kind.is_boolean() or (kind.is_string() and distinct <= min(max(FEW, FEW_SHARE * present), MOST_CATEGORIES)):
        names, counts = _categories(sides, cell)
        return Counted("category", counts, counts, missing, categories=names)
    if kind.is_string():
        return _numbers(sides, cell.length().cast("int64"), missing, "text")
    return _numbers(sides, cell, missing, "number")


def _missing(sides: Sides, cell: Any) -> tuple[tuple[int, int], int]:
    gone = cell.isnull().ifelse(1, 0)
    rows = sides.expression
    found = rows.aggregate(
        before=(gone * sides.before).sum().coalesce(0).cast("int64"), both=gone.sum().coalesce(0).cast("int64"), distinct=cell.nunique()
    ).to_pyarrow()
    before, total, distinct = (int(found.column(name)[0].as_py()) for name in ("before", "both", "distinct"))
    return (before, total - before), distinct


def _values(sides: Sides, cell: Any) -> Any:
    """Return the different values with how many rows of each sample hold them."""
    rows = sides.expression.select(value=cell, before=sides.before)
    rows = rows.filter(rows.value.notnull())
    return rows.group_by("value").aggregate(before=rows.before.sum().cast("int64"), total=rows.count().cast("int64"))


def _categories(sides: Sides, cell: Any) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    found = _values(sides, cell).to_pyarrow().to_pydict()
    ordered = sorted(zip(map(str, found["value"]), found["before"], found["total"], strict=True))
    counts = np.array([[before for _, before, _ in ordered], [total - before for _, before, total in ordered]], np.int64)
    return tuple(name for name, _, _ in ordered), counts.reshape(2, len(ordered))


def _numbers(sides: Sides, cell: Any, missing: tuple[int, int], kind: Kind) -> Counted:
    """Count numbers in bins and cells. All bounds are ranks, in whole numbers, so that every engine finds the same."""
    import ibis

    before = max(sides.rows[0] - missing[0], 1)
    total = max(sum(sides.rows) - sum(missing), 1)
    values = _values(sides, cell)
    so_far = ibis.window(order_by=values.value, preceding=None, following=0)
    values = values.mutate(until=values.before.sum().over(so_far).cast("int64"), all=values.total.sum().over(so_far).cast("int64"))
    after = total - before
    apart = (values.until * after - (values["all"] - values.until) * before).abs()
    binned = values.select(
        bin=((values.until - values.before) * BINS // before).cast("int64"),
        cell=((values["all"] - values.total) * CELLS // total).cast("int64"),
        before=values.before,
        total=values.total,
        apart=apart,
    )
    found = (
        binned.group_by(["bin", "cell"])
        .aggregate(before=binned.before.sum().cast("int64"), total=binned.total.sum().cast("int64"), apart=binned.apart.max())
        .to_pyarrow()
        .to_pydict()
    )
    bins, cells = np.zeros((2, BINS), np.int64), np.zeros((2, CELLS), np.int64)
    for bin_, cell_, first, both_ in zip(found["bin"], found["cell"], found["before"], found["total"], strict=True):
        for target, place in ((bins, min(bin_, BINS - 1)), (cells, min(cell_, CELLS - 1))):
            target[:, place] += (first, both_ - first)
    distance = max(found["apart"], default=0) / (before * after) if after > 0 else 0.0
    return Counted(kind, bins[:, bins.sum(0) > 0], cells[:, cells.sum(0) > 0], missing, distance)
