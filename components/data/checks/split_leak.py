"""Rows that stand in two splits."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table


class SplitLeak(Check):
    """Rows that are the same in every feature and stand in more than one split."""

    code = "S01"
    title = "Duplicate rows across splits"
    severity = "failed"
    threshold = 0
    unit = "count"
    advice = "Keep each of them in one split only; any accuracy measured before is too good."
    why = "A model that has seen a test row in training is asked what it remembers, not what it learnt."

    def inapplicable(self, table: Table) -> str:
        """Ask for a split."""
        if not table.plan.split:
            return "No column was named as the split."
        return "" if table.features else "There is no feature beside the split."

    @staticmethod
    def _groups(table: Table) -> Any:
        groups = table.groups(table.features, splits=table[str(table.plan.split)].nunique())
        return groups.filter(groups.splits > 1)

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Count the rows in groups that span splits."""
        groups = self._groups(table)
        rows = int(groups.aggregate(rows=groups.rows.sum().coalesce(0)).to_pandas()["rows"].iloc[0])
        yield Finding(str(table.plan.split), rows, rows)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows in such groups, each group together."""
        return table.in_groups(table.features, self._groups(table)).order_by(table.features)
