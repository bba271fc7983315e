"""Columns that hold a single value."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table


class SingleValue(Check):
    """Whether every cell of a column that isn't missing holds the same."""

    code = "T03"
    title = "Single value in a column"
    severity = "warned"
    threshold = 0
    unit = "count"
    advice = "Leave the column out: it tells rows apart no better than nothing."
    why = "A constant feature can't help a model, and often shows that an export went wrong."

    def inapplicable(self, table: Table) -> str:
        """One row has a single value in every column."""
        return "" if table.rows > 1 else "There is only one row."

    def counts(self, table: Table) -> dict[str, Any]:
        """Take the smallest and largest value of each column."""
        found: dict[str, Any] = {}
        for name in table.columns:
            found[f"{name}\0same"] = table[name].min().identical_to(table[name].max())
            found[f"{name}\0present"] = table[name].count()
        return found

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Judge each column."""
        for name in table.columns:
            single = bool(counted[f"{name}\0same"]) and counted[f"{name}\0present"] > 0
            yield Finding(name, float(single), table.rows if single else 0)

    def concerned(self, table: Table, column: str) -> Any:
        """All rows."""
        return table.expression
