"""The same row with two labels."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table


class ConflictingLabels(Check):
    """Rows that are the same in every feature and differ in their label."""

    code = "L01"
    title = "Conflicting labels"
    severity = "failed"
    threshold = 0
    unit = "count"
    says = "{rows} that equal another one in every feature and not in the label."
    advice = "Judge these rows again together; if both labels are right, a feature that tells them apart is missing."
    why = "No model can be right on both of two equal rows with different labels; they show where the rule isn't clear."

    def inapplicable(self, table: Table) -> str:
        """Ask for a label, and something beside it."""
        if table.plan.label is None:
            return "No column was named as the label."
        return "" if table.features else "There is no feature beside the label."

    @staticmethod
    def _differ(table: Table) -> Any:
        """Whether the rows of a group have two labels."""
        cell = table.twins[table.names[str(table.plan.label)]]
        return cell.min() != cell.max()

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Count the rows in groups with two labels."""
        if not table.described:
            return
        groups = table.groups(table.twins, table.described, differ=self._differ(table))
        rows = groups.aggregate(rows=groups.differ.ifelse(groups["size"], 0).sum().coalesce(0)).to_pyarrow().column(0)[0].as_py()
        yield Finding(str(table.plan.label), int(rows), int(rows))

    def concerned(self, table: Table, column: str) -> Any:
        """Rows in such groups, each group together."""
        return table.in_groups(table.twins, table.described, self._differ(table))
