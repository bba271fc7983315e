"""Rows without a label."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table, rows_where
from components.data.missing import missing_text


class Unlabelled(Check):
    """Rows whose label is missing."""

    code = "L03"
    title = "Unlabelled rows"
    severity = "failed"
    threshold = 0
    unit = "count"
    says = "{rows} without a label."
    advice = "Label these rows or leave them out; they can't be trained on."
    why = "A supervised model learns nothing from a row without its label, and rows left out silently change the data."

    def inapplicable(self, table: Table) -> str:
        """Ask for a label."""
        return "" if table.plan.label is not None else "No column was named as the label."

    def counts(self, table: Table) -> Counts:
        """Count missing labels that are no text."""
        label = str(table.plan.label)
        return {} if label in table.text else {(label, "missing"): table.count(table.missing(label))}

    def text_counts(self, table: Table, values: Any) -> dict[str, Any]:
        """Count missing cells."""
        return {"missing": rows_where(values, missing_text(values.value))}

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the number of the label's."""
        label = str(table.plan.label)
        yield Finding(label, counted[label, "missing"], counted[label, "missing"])

    def concerned(self, table: Table, column: str) -> Any:
        """Rows without label."""
        return table.where(table.missing(column))
