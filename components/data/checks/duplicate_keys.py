"""Keys that stand there more than once."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table
from components.data.in_memory import different, filled


class DuplicateKeys(Check):
    """Rows whose key an earlier row already has, or that have none."""

    code = "T09"
    title = "Duplicate keys"
    severity = "failed"
    threshold = 0
    unit = "count"
    says = "{rows} with a key that an earlier row has, or with none."
    advice = "Give every row a key of its own; where a key stands for one thing, keep its newest row."
    why = "A key that names two rows makes joins multiply and lets one thing be in training and test at once."

    def inapplicable(self, table: Table) -> str:
        """Ask for a key."""
        return "" if table.plan.id is not None else "No column was named as the key of a row."

    def counts(self, table: Table) -> Counts:
        """Count the different keys."""
        name = str(table.plan.id)
        if table.cells is not None and name in table.numbers:
            return {}
        return {(name, "distinct"): table[name].nunique()}

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the rows beyond the first of each key, and those without one."""
        name = str(table.plan.id)
        distinct = counted[name, "distinct"] if counted else different(filled(table.cells[table.names[name]]))
        yield Finding(name, table.rows - distinct, table.rows - distinct)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows whose key is missing or shared."""
        missing = table[column].isnull().ifelse(1, 0).max() == 1
        return table.in_groups(table.expression, [column], (table.expression.count() > 1) | missing)
