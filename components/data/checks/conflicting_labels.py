"""The same row with two labels."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table


class ConflictingLabels(Check):
    """Rows that are the same in every feature and differ in their label."""

    code = "L01"
    title = "Conflicting labels"
    severity = "failed"
    threshold = 0
    unit = "count"
    advice = "Judge these rows again together; if both labels are right, a feature that tells them apart is missing."
    why = "No model can be right on both of two equal rows with different labels; they show where the rule isn't clear."

    def inapplicable(self, table: Table) -> str:
        """Ask for a label, and something beside it."""
        if not table.plan.label:
            return "No column was named as the label."
        return "" if table.features else "There is no feature beside the label."

    @staticmethod
    def _groups(table: Table) -> Any:
        groups = table.groups(table.features, labels=table[str(table.plan.label)].nunique())
        return groups.filter(groups.labels > 1)

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Count the rows in groups with two labels."""
        groups = self._groups(table)
        rows = int(groups.aggregate(rows=groups.rows.sum().coalesce(0)).to_pandas()["rows"].iloc[0])
        yield Finding(str(table.plan.label), rows, rows)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows in such groups, each group together."""
        rows = table.in_groups(table.features, self._groups(table))
        return rows.order_by(table.features)
