"""Rows that stand there more than once."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table


class DuplicateRows(Check):
    """Share of rows that repeat an earlier row in every column but the key."""

    code = "T08"
    title = "Duplicate rows"
    severity = "failed"
    threshold = 0.05
    says = "{figure} of the rows repeat an earlier one; up to {threshold} pass."
    advice = "Remove the repetitions, or find out why the same thing was collected twice."
    why = "Repeated rows count twice in training, and make a test look better than it is when they fall into two splits. Limit: 5 %."

    def inapplicable(self, table: Table) -> str:
        """One row can't be repeated."""
        return "" if table.rows > 1 else "There is only one row."

    @staticmethod
    def _compared(table: Table) -> list[str]:
        kept = {*table.described, table.plan.label, table.plan.split} - {table.plan.id}
        return [name for name in table.columns if name in kept] or table.columns

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Count the rows beyond the first of each kind."""
        groups = table.groups(table.twins, self._compared(table))
        extra = int(groups.aggregate(extra=(groups["size"] - 1).sum().coalesce(0)).to_pyarrow().column(0)[0].as_py())
        left_out = sorted(set(table.features) - set(table.described))
        note = f"not comparing “{left_out[0]}”, which every row has of its own" if left_out and table.described else ""
        yield Finding("", extra / table.rows, extra, note)

    def concerned(self, table: Table, column: str) -> Any:
        """All rows that have a twin."""
        return table.in_groups(table.twins, self._compared(table), table.twins.count() > 1)
