"""Infinite numbers."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table
from components.data.missing import infinite


class InfiniteValues(Check):
    """Cells that hold infinity."""

    code = "T07"
    title = "Infinite values"
    severity = "failed"
    threshold = 0
    unit = "count"
    says = "{rows} with an infinite number."
    advice = "Find the division by zero that made them, and write the cells as missing until it is mended."
    why = "Most models refuse infinity; the others are ruined by it."

    def inapplicable(self, table: Table) -> str:
        """Only floating-point numbers can be infinite."""
        return "" if table.decimals else "There is no column of decimal numbers."

    def counts(self, table: Table) -> Counts:
        """Count infinite cells of each column."""
        return {(name, "infinite"): table.count(infinite(table[name])) for name in table.decimals}

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the number of each column."""
        for (name, _), number in counted.items():
            yield Finding(name, number, number)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows with an infinite cell."""
        return table.where(infinite(table[column]))
