"""Missing values."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table


class MissingValues(Check):
    """Share of the cells of a column that are missing."""

    code = "T01"
    title = "Missing values"
    severity = "failed"
    threshold = 0.05
    advice = "Find out why the cells are missing; fill them from the source, or decide together how the model treats them."
    why = "Models treat missing cells each in their own way, and what is missing is rarely missing at random. Customary limit: 5 %."

    def counts(self, table: Table) -> dict[str, Any]:
        """Count the missing cells of each column."""
        return {name: table.count(table.missing(name)) for name in table.columns if name != table.plan.label}

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Judge the share of each column."""
        for name, number in counted.items():
            yield Finding(name, number / table.rows, number)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows in which the cell is missing."""
        return table.where(table.missing(column))
