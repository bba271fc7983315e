"""What belongs together, in two splits."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table


class GroupLeak(Check):
    """Rows of a group, such as a person or a session, that stands in more than one split."""

    code = "S05"
    title = "The same group in two splits"
    severity = "failed"
    threshold = 0
    unit = "count"
    says = "{rows} of {note} that stand in more than one split."
    advice = "Split by group: all rows of one person, session or source belong into one split."
    why = "A model that knows a speaker's voice or a patient's other scans is tested on what it remembers."

    def inapplicable(self, table: Table) -> str:
        """Ask for a split and a group."""
        if table.plan.split is None:
            return "No column was named as the split."
        return "" if table.plan.group is not None else "No column was named that says what belongs together."

    @staticmethod
    def _rows(table: Table) -> Any:
        return table.where(~table.missing(str(table.plan.group)))

    @staticmethod
    def _differ(table: Table, rows: Any) -> Any:
        cell = rows[table.names[str(table.plan.split)]]
        return cell.min() != cell.max()

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Count the rows in such groups."""
        rows = self._rows(table)
        groups = table.groups(rows, [str(table.plan.group)], differ=self._differ(table, rows))
        sums = {"rows": groups.differ.ifelse(groups["size"], 0).sum(), "groups": groups.differ.ifelse(1, 0).sum()}
        found = groups.aggregate(**{name: one.coalesce(0).cast("int64") for name, one in sums.items()}).to_pyarrow().to_pylist()[0]
        yield Finding(str(table.plan.group), found["rows"], found["rows"], f"{found['groups']:,} groups")

    def concerned(self, table: Table, column: str) -> Any:
        """Rows in such groups, each group together."""
        rows = self._rows(table)
        return table.in_groups(rows, [column], self._differ(table, rows))
