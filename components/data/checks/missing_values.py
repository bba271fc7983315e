"""Missing values."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table, rows_where
from components.data.missing import missing_text


class MissingValues(Check):
    """Share of the cells of a column that are missing."""

    code = "T01"
    title = "Missing values"
    severity = "failed"
    threshold = 0.05
    says = "{figure} of the cells are missing; up to {threshold} pass."
    advice = "Find out why the cells are missing; fill them from the source, or decide together how the model treats them."
    why = "Models treat missing cells each in their own way, and what is missing is rarely missing at random. Customary limit: 5 %."

    def counts(self, table: Table) -> Counts:
        """Count the missing cells of each column that isn't text."""
        columns = [name for name in table.columns if name != table.plan.label and name not in table.text]
        return {(name, "missing"): table.count(table[name].isnull()) for name in columns}

    def text_counts(self, table: Table, values: Any) -> dict[str, Any]:
        """Count the rows whose cell is empty or spells it."""
        return {"missing": rows_where(values, missing_text(values.value))}

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the share of each column; a missing label is another check's."""
        for (name, _), number in counted.items():
            if name != table.plan.label:
                yield Finding(name, number / table.rows, number)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows in which the cell is missing."""
        return table.where(table.missing(column))
