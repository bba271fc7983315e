"""Columns that hold a single value."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table


class SingleValue(Check):
    """Whether every cell of a column that isn't missing holds the same."""

    code = "T03"
    title = "Single value in a column"
    severity = "warned"
    threshold = 0
    unit = "count"
    says = "Every cell that is filled says the same."
    advice = "Leave the column out: it tells rows apart no better than nothing."
    why = "A constant feature can't help a model, and often shows that an export went wrong."

    def inapplicable(self, table: Table) -> str:
        """One row has a single value in every column."""
        return "" if table.rows > 1 else "There is only one row."

    def counts(self, table: Table) -> Counts:
        """Take the smallest and largest value of each column that isn't text."""
        found: Counts = {}
        for name in table.columns:
            if name not in table.text:
                found[name, "least"], found[name, "most"] = table[name].min(), table[name].max()
        return found

    def text_counts(self, table: Table, values: Any) -> dict[str, Any]:
        """Take the first and last value of a column of text."""
        return {"least": values.value.min(), "most": values.value.max()}

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge each column; one that is empty throughout is another check's."""
        for name in table.columns:
            single = counted[name, "least"] is not None and counted[name, "least"] == counted[name, "most"]
            yield Finding(name, float(single), table.rows if single else 0)

    def concerned(self, table: Table, column: str) -> Any:
        """All rows."""
        return table.expression
