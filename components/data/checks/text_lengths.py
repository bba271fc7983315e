"""Text that is far shorter or longer than the rest of its column."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table
from components.data.missing import missing_text

FAR = 3.0
LEAST_FILLED = 20


class TextLengths(Check):
    """Share of the filled cells whose length lies further than three interquartile ranges outside the middle half."""

    code = "T15"
    title = "Text of unusual length"
    severity = "warned"
    threshold = 0
    says = "{figure} of the cells are far shorter or longer than the others: {note}; up to {threshold} pass."
    advice = "Look at the rows: text that was cut off, two cells that ran together, a remark where a name should stand."
    why = "Tukey's outer fence on the number of characters, taken of its logarithm, since lengths have a long tail by nature."

    def inapplicable(self, table: Table) -> str:
        """Only text has a length."""
        return "" if self._columns(table) else "There is no column of text beside the label, the key and the split."

    @staticmethod
    def _columns(table: Table) -> list[str]:
        return [name for name in table.text if name in table.described]

    @staticmethod
    def _lengths(values: Any) -> Any:
        """Return how many rows have which length (of each column, where the values are of several)."""
        filled = values.filter(~missing_text(values.value)).mutate(length=lambda rows: rows.value.length().cast("int64"))
        by = [name for name in ("of", "length") if name in filled.columns]
        return filled.group_by(by).aggregate(rows=filled.rows.sum().cast("int64")).order_by(by).to_pyarrow().to_pandas()

    @staticmethod
    def _fences(lengths: pd.DataFrame) -> tuple[float, float, int, int] | None:
        """Return the shortest and longest usual length, how many rows lie outside, and how many are filled; None where nothing is usual."""
        length, rows = lengths["length"].to_numpy(float), lengths["rows"].to_numpy(np.int64)
        total = int(rows.sum())
        if total < LEAST_FILLED:
            return None
        scale = np.log1p(length)
        first, third = (scale[np.searchsorted(np.cumsum(rows), share * total)] for share in (0.25, 0.75))
        if not third > first:
            return None
        low, high = first - FAR * (third - first), third + FAR * (third - first)
        outside = (scale < low) | (scale > high)
        return float(np.expm1(low)), float(np.expm1(high)), int(rows[outside].sum()), total

    def judge(self, table: Table, counted: Any) -> Iterator[Finding]:
        """Judge each column in which lengths differ."""
        for group in table.text_groups:
            lengths = self._lengths(table.values_of(group))
            for place, name in enumerate(group):
                fences = self._fences(lengths[lengths["of"] == place]) if name in self._columns(table) else None
                if fences is not None:
                    low, high, rows, filled = fences
                    yield Finding(name, rows / filled, rows, f"usual are {max(int(np.ceil(low)), 0):,} to {int(high):,} characters")

    def concerned(self, table: Table, column: str) -> Any:
        """Rows whose text is that short or long."""
        low, high, _, _ = self._fences(self._lengths(table.values(column))) or (0.0, float("inf"), 0, 0)
        length = table[column].length().cast("float64")
        return table.where(~table.missing(column) & ((length < low) | (length > high)))
