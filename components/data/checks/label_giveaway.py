"""Features that give the label away."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import SAMPLE, Table
from components.data.engine import ROW

BINS = 20
MANY = 100
LOOKED_AT = 5000


class LabelGiveaway(Check):
    """How much of the error of guessing the most frequent label one feature alone removes, other rows deciding for each row."""

    code = "T13"
    title = "Feature that gives the label away"
    severity = "failed"
    threshold = 0.8
    unit = "share"
    says = "Alone it removes {figure} of the error of guessing; up to {threshold} passes."
    advice = "Ask whether the feature is known before the label; if it is written afterwards, leave it out."
    why = "A feature that is only known once the outcome is makes every figure on the test set too good, and isn't there in use."

    def inapplicable(self, table: Table) -> str:
        """Ask for a label."""
        return "" if table.plan.label is not None else "No column was named as the label."

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge each feature, on a sample where there are many rows."""
        if table.classes is None:
            return
        label = str(table.plan.label)
        rows = table.sample.filter(~table.missing(label, table.sample)).select(*table.short([label, *table.described])).to_pyarrow()
        labels = codes(rows.column(0), binned=False)
        base = np.bincount(labels).max() / max(len(labels), 1) if len(labels) else 1.0
        note = f"on about {SAMPLE:,} rows" if table.rows > SAMPLE else ""
        for place, name in enumerate(table.described, start=1):
            cells = rows.column(place)
            if base < 1 and cells.null_count < len(cells):
                right = predicted(codes(cells, binned=name in table.numbers), labels) / len(labels)
                score = max(0.0, (right - base) / (1 - base))
                yield Finding(name, score, table.rows if self.beyond(score) else 0, note)

    def concerned(self, table: Table, column: str) -> Any:
        """All rows, by the feature."""
        return table.expression.order_by([table[column], ROW])


def codes(cells: pa.ChunkedArray, binned: bool) -> NDArray[np.int64]:
    """Return a number for each value of a column, missing being one; with `binned`, for each of 20 bins of equal frequency."""
    if not binned or pc.count_distinct(cells.slice(0, LOOKED_AT), mode="all").as_py() <= MANY:
        encoded = pc.dictionary_encode(cells, null_encoding="encode").combine_chunks()
        if not binned or len(encoded.dictionary) <= min(MANY, len(cells) // 2):
            return np.asarray(encoded.indices, dtype=np.int64)
    values = cells.cast(pa.float64(), safe=False).to_numpy()
    edges = np.quantile(values[~np.isnan(values)], np.linspace(0, 1, BINS + 1)[1:-1], method="inverted_cdf")
    return np.where(np.isnan(values), BINS, np.searchsorted(edges, values))


def predicted(values: NDArray[np.int64], labels: NDArray[np.int64]) -> int:
    """Count the rows whose label is the most frequent one of their value, where another row shows it.

    >>> predicted(np.array([0, 0, 1, 2]), np.array([1, 1, 0, 0]))
    2
    """
    classes = int(labels.max()) + 1
    cells, rows = np.unique_counts(values * classes + labels)
    starts = np.flatnonzero(np.diff(cells // classes, prepend=-1))
    most = np.maximum.reduceat(rows, starts)
    return int(most[most > 1].sum())
