"""Rows that stand there more than once."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table


class DuplicateRows(Check):
    """Share of rows that repeat an earlier row in every column but the key."""

    code = "T08"
    title = "Duplicate rows"
    severity = "failed"
    threshold = 0.05
    advice = "Remove the repetitions, or find out why the same thing was collected twice."
    why = "Repeated rows count twice in training, and make a test look better than it is when they fall into two splits. Limit: 5 %."

    def inapplicable(self, table: Table) -> str:
        """One row can't be repeated."""
        return "" if table.rows > 1 else "There is only one row."

    @staticmethod
    def _compared(table: Table) -> list[str]:
        return [name for name in table.columns if name != table.plan.id] or table.columns

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Count the rows beyond the first of each kind."""
        groups = table.groups(self._compared(table))
        distinct = int(groups.count().to_pandas())
        extra = table.rows - distinct
        yield Finding("", extra / table.rows, extra)

    def concerned(self, table: Table, column: str) -> Any:
        """All rows that have a twin."""
        columns = self._compared(table)
        groups = table.groups(columns)
        return table.in_groups(columns, groups.filter(groups.rows > 1))
