"""Keys that stand there more than once."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table


class DuplicateKeys(Check):
    """Rows whose key an earlier row already has, or that have none."""

    code = "T09"
    title = "Duplicate keys"
    severity = "failed"
    threshold = 0
    unit = "count"
    advice = "Give every row a key of its own; where a key stands for one thing, keep its newest row."
    why = "A key that names two rows makes joins multiply and lets one thing be in training and test at once."

    def inapplicable(self, table: Table) -> str:
        """Ask for a key."""
        return "" if table.plan.id else "No column was named as the key of a row."

    def counts(self, table: Table) -> dict[str, Any]:
        """Count the different keys."""
        return {"distinct": table[str(table.plan.id)].nunique()}

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Judge the rows beyond the first of each key."""
        extra = table.rows - counted["distinct"]
        yield Finding(str(table.plan.id), extra, extra)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows whose key is missing or shared."""
        groups = table.groups([column])
        return table.in_groups([column], groups.filter((groups.rows > 1) | groups[column].isnull()))
