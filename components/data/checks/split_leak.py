"""Rows that stand in two splits."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table


class SplitLeak(Check):
    """Rows that are the same in every feature and stand in more than one split."""

    code = "S01"
    title = "Duplicate rows across splits"
    severity = "failed"
    threshold = 0
    unit = "count"
    says = "{rows} that stand in more than one split: accuracy on them is remembered, not learnt."
    advice = "Keep each of them in one split only; any accuracy measured before is too good."
    why = "A model that has seen a test row in training is asked what it remembers, not what it learnt."

    def inapplicable(self, table: Table) -> str:
        """Ask for a split, and something beside it."""
        if table.plan.split is None:
            return "No column was named as the split."
        return "" if table.features else "There is no feature beside the split."

    @staticmethod
    def _differ(table: Table) -> Any:
        """Whether the rows of a group have two splits."""
        cell = table.twins[table.names[str(table.plan.split)]]
        return cell.min() != cell.max()

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Count the rows in groups with two splits."""
        if not table.described:
            return
        groups = table.groups(table.twins, table.described, differ=self._differ(table))
        rows = groups.aggregate(rows=groups.differ.ifelse(groups["size"], 0).sum().coalesce(0)).to_pyarrow().column(0)[0].as_py()
        yield Finding(str(table.plan.split), int(rows), int(rows))

    def concerned(self, table: Table, column: str) -> Any:
        """Rows in such groups, each group together."""
        return table.in_groups(table.twins, table.described, self._differ(table))
