"""Counts columns in two samples: few queries, whose small results are all that statistics need."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from components.data import backends, in_memory
from components.data.description import looks_like_key
from components.data.engine import as_arrow, is_folded, opened
from components.data.missing import missing_text

BINS = 10
CELLS = 100
"""Cells, of equally many rows, in which a column of numbers is permuted; their Kolmogorov–Smirnov distance is the one that is judged."""
MOST_CATEGORIES = 1000
AT_ONCE = 25
FEW, FEW_SHARE = 50, 0.05
SIDE = "side"
Kind = str


@dataclass(frozen=True)
class Sides:
    """Two samples: the columns that both have, and those that only one has or whose type differs.

    Columns are in one table of the engine (`names` gives their names there), which the column `side` tells apart; columns of numbers
    are in `numbers` instead, the filled cells of each sample, where the engine is the embedded one.
    """

    columns: list[str]
    expression: Any
    names: dict[str, str]
    side: str
    rows: tuple[int, int]
    changed: dict[str, str]
    numbers: dict[str, tuple[in_memory.Numbers, in_memory.Numbers]]

    @property
    def before(self) -> Any:
        """1 for rows of the first sample, else 0."""
        return (self.expression[self.side] == 0).ifelse(1, 0)

    def values(self, column: str) -> Any:
        """Return the different values of a column that is no text with how many rows of each sample hold them, missing ones left out."""
        cell = self.expression[self.names[column]]
        rows = self.expression.select(value=cell, before=self.before).filter(cell.notnull())
        return rows.group_by("value").aggregate(before=rows.before.sum().cast("int64"), total=rows.count().cast("int64"))

    @cached_property
    def texts(self) -> dict[str, tuple[int, Any]]:
        """The different values of columns of text: the table with theirs, as `values` has them, and the column's place in it (`of`)."""
        import ibis

        found: dict[str, tuple[int, Any]] = {}
        named = [column for column, short in self.names.items() if self.expression[short].type().is_string()]
        for start in range(0, len(named), AT_ONCE):
            parts, group = [], named[start : start + AT_ONCE]
            for place, column in enumerate(group):
                rows = self.expression.select(value=self.expression[self.names[column]], before=self.before)
                counted = rows.group_by("value").aggregate(before=rows.before.sum().cast("int64"), total=rows.count().cast("int64"))
                parts.append(counted.mutate(of=ibis.literal(place, "int64")))
            kept = self.expression.get_backend().create_table(f"texts{start}", ibis.union(*parts) if len(parts) > 1 else parts[0])
            found.update({column: (place, kept) for place, column in enumerate(group)})
        return found

    def text(self, column: str) -> Any:
        """Return the different values of a column of text; text that spells that it is missing is missing, and left out."""
        place, values = self.texts[column]
        return values.filter((values.of == place) & ~missing_text(values.value))

    @cached_property
    def filled(self) -> dict[str, tuple[tuple[int, int], int]]:
        """How many cells are missing in each sample, and how many different values there are, by column of the engine."""
        found = {}
        for start, values in {id(values): values for _, values in self.texts.values()}.items():
            gone = missing_text(values.value)
            counted = values.group_by("of").aggregate(
                before=gone.ifelse(values.before, 0).sum().cast("int64"),
                both=gone.ifelse(values.total, 0).sum().cast("int64"),
                distinct=gone.ifelse(0, 1).sum().cast("int64"),
            )
            columns = {place: column for column, (place, table) in self.texts.items() if id(table) == start}
            for row in counted.to_pyarrow().to_pylist():
                found[columns[row["of"]]] = (row["before"], row["both"] - row["before"]), row["distinct"]
        others = [column for column in self.names if column not in self.texts]
        for start in range(0, len(others), AT_ONCE):
            wanted = {}
            for place, column in enumerate(others[start : start + AT_ONCE]):
                cell = self.expression[self.names[column]]
                gone = cell.isnull().ifelse(1, 0)
                wanted[f"before{place}"] = (gone * self.before).sum().coalesce(0).cast("int64")
                wanted[f"both{place}"] = gone.sum().coalesce(0).cast("int64")
                wanted[f"distinct{place}"] = cell.nunique()
            (row,) = self.expression.aggregate(**wanted).to_pyarrow().to_pylist()
            for place, column in enumerate(others[start : start + AT_ONCE]):
                before, total, distinct = (int(row[f"{what}{place}"]) for what in ("before", "both", "distinct"))
                found[column] = (before, total - before), distinct
        return found


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
        cells = first.column(name), second.column(name)
        same = cells[0].type == cells[1].type and is_folded(cells[0].type)
        pair = cells if same else _alike(_whole(cells[0]), _whole(cells[1]))
        if pair is None:
            changed[name] = f"{_word(first.field(name).type)} became {_word(second.field(name).type)}"
        else:
            shared[name] = pa.chunked_array([*pair[0].chunks, *pair[1].chunks], pair[0].type)
    numbers = {}
    if backends.chosen() == backends.EMBEDDED:
        for name in [name for name, column in shared.items() if in_memory.is_number(column.type)]:
            column = shared.pop(name)
            numbers[name] = in_memory.filled(column[: first.num_rows]), in_memory.filled(column[first.num_rows :])
    side = next(name for name in (SIDE, *(f"{SIDE} {number}" for number in range(len(shared) + 1))) if name not in shared)
    marks = pa.array(np.repeat(np.array([0, 1], dtype=np.int64), [first.num_rows, second.num_rows]))
    columns = [name for name in first.column_names if name in shared or name in numbers]
    with opened(pa.table([*shared.values(), marks], names=[*shared, side])) as (expression, names, _):
        renamed = {name: short for name, short in names.items() if name != side}
        yield Sides(columns, expression, renamed, names[side], (first.num_rows, second.num_rows), changed, numbers)


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
    if column in sides.numbers:
        return _in_memory(sides, column)
    kind = sides.expression[sides.names[column]].type()
    missing, distinct = sides.filled[column]
    present = sum(sides.rows) - sum(missing)
    nothing = np.zeros((2, 0), np.int64)
    if kind.is_temporal():
        return Counted("time", nothing, nothing, missing)
    if not kind.is_floating() and _is_key(column, distinct, present):
        return Counted("key", nothing, nothing, missing)
    values = sides.text(column) if kind.is_string() else sides.values(column)
    if kind.is_boolean() or (kind.is_string() and distinct <= min(max(FEW, FEW_SHARE * present), MOST_CATEGORIES)):
        names, counts = _categories(values)
        return Counted("category", counts, counts, missing, categories=names)
    if kind.is_string():
        lengths = values.mutate(value=values.value.length().cast("int64")).group_by("value")
        values = lengths.aggregate(before=values.before.sum().cast("int64"), total=values.total.sum().cast("int64"))
        return _numbers(sides, values, missing, "text")
    return _numbers(sides, values, missing, "number")


def _is_key(column: str, distinct: int, present: int) -> bool:
    return looks_like_key(column) and distinct == present and present > 1


def _in_memory(sides: Sides, column: str) -> Counted:
    before, after = sides.numbers[column]
    missing = sides.rows[0] - len(before), sides.rows[1] - len(after)
    present = len(before) + len(after)
    if (
        looks_like_key(column)
        and before.dtype.kind in "iu"
        and _is_key(column, in_memory.different(np.concatenate([before, after])), present)
    ):
        return Counted("key", np.zeros((2, 0), np.int64), np.zeros((2, 0), np.int64), missing)
    bins, cells, distance = in_memory.counts(before, after, BINS, CELLS)
    return Counted("number", bins, cells, missing, distance)


def _categories(values: Any) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    found = values.to_pyarrow().to_pydict()
    ordered = sorted(zip(map(str, found["value"]), found["before"], found["total"], strict=True))
    counts = np.array([[before for _, before, _ in ordered], [total - before for _, before, total in ordered]], np.int64)
    return tuple(name for name, _, _ in ordered), counts.reshape(2, len(ordered))


def _numbers(sides: Sides, values: Any, missing: tuple[int, int], kind: Kind) -> Counted:
    """Count numbers in bins and cells. All bounds are ranks, in whole numbers, so that every engine finds the same."""
    import ibis

    before = max(sides.rows[0] - missing[0], 1)
    total = max(sum(sides.rows) - sum(missing), 1)
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
