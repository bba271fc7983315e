"""Numbers far from all others."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table
from components.data.in_memory import beyond_fences, in_parallel

FAR = 3.0
MOST_TOGETHER = 3_000_000
"""Of more rows than these, quartiles are taken a column at a time: each takes as much memory as its column."""


class Outliers(Check):
    """Share of a column's numbers further than three interquartile ranges from the middle half."""

    code = "T10"
    title = "Numeric outliers"
    severity = "warned"
    threshold = 0.01
    says = "{figure} of the cells lie further than 3 interquartile ranges outside the middle half; up to {threshold} pass."
    advice = "Look at the rows: mend wrong units and typing errors, and keep what is rare but true."
    why = "Tukey's outer fence, 3 interquartile ranges: beyond it lie about 2 of a million numbers of a normal distribution."

    def inapplicable(self, table: Table) -> str:
        """Only numbers can lie far."""
        return "" if self._columns(table) else "There is no column of numbers beside the label."

    @staticmethod
    def _columns(table: Table) -> list[str]:
        return [name for name in table.numbers if name in table.described]

    def counts(self, table: Table) -> Counts:
        """Take the quartiles of each column."""
        if table.cells is not None or table.rows > MOST_TOGETHER:
            return {}
        return {(name, "quartiles"): self._quartiles(table, name) for name in self._columns(table)}

    @staticmethod
    def _quartiles(table: Table, column: str) -> Any:
        return table.finite(column).quantile([0.25, 0.75])

    @staticmethod
    def _far(table: Table, column: str, counted: Counts) -> Any:
        """Whether a cell lies beyond the fences; None where the middle half of the column is one value."""
        first, third = counted[column, "quartiles"] or (None, None)
        if first is None or third is None or not third > first:
            return None
        cell = table[column].cast("float64")
        return (cell < first - FAR * (third - first)) | (cell > third + FAR * (third - first))

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Count the numbers beyond the fences of each column."""
        if table.cells is not None:
            names = self._columns(table)
            numbers = in_parallel(lambda name: beyond_fences(table.cells[table.names[name]], FAR), names)
            yield from (Finding(name, far / table.rows, far) for name, far in zip(names, numbers, strict=True) if far is not None)
            return
        if table.rows > MOST_TOGETHER:
            counted = {(name, "quartiles"): table.aggregated({name: self._quartiles(table, name)})[name] for name in self._columns(table)}
        far = {name: self._far(table, name, counted) for name in self._columns(table)}
        far = {name: condition for name, condition in far.items() if condition is not None}
        if not far:
            return
        counts = {f"a{place}": table.count(condition) for place, condition in enumerate(far.values())}
        found = table.expression.aggregate(**counts).to_pyarrow()
        for place, name in enumerate(far):
            number = int(found.column(f"a{place}")[0].as_py())
            yield Finding(name, number / table.rows, number)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows beyond the fences."""
        quartiles = table.aggregated({column: self._quartiles(table, column)})[column]
        far = self._far(table, column, {(column, "quartiles"): quartiles})
        return table.where(far if far is not None else table[column].isnull() & table[column].notnull())
