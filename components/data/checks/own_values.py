"""Features that differ in every row."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table, rows_where
from components.data.missing import missing_text

LEAST_FILLED = 20
LONG = 40


class OwnValues(Check):
    """Share of different values among the filled cells of a column of short text, or of whole numbers that count the rows."""

    code = "T17"
    title = "A value of its own in every row"
    severity = "warned"
    threshold = 0.99
    says = "{figure} of the filled cells hold a value that no other row has; up to {threshold} passes."
    advice = "Leave the column out, name it as the key, or take out of it what rows can share, such as the title in a name."
    why = "A model can't learn from a value that it sees once; it can only remember it."

    def inapplicable(self, table: Table) -> str:
        """Ask for a table with enough rows."""
        if table.plan.structured is False:
            return "Every image, text or sound is one of its own."
        return "" if table.rows >= LEAST_FILLED else f"There are fewer than {LEAST_FILLED} rows."

    @staticmethod
    def _whole(table: Table) -> list[str]:
        return [name for name in table.numbers if name in table.described and table.schema[name].is_integer()]

    def counts(self, table: Table) -> Counts:
        """Take the ends of each column of whole numbers: what counts the rows spans just as many."""
        found: Counts = {}
        for name in self._whole(table):
            found[name, "least"], found[name, "most"], found[name, "filled"] = table[name].min(), table[name].max(), table[name].count()
        return found

    def text_counts(self, table: Table, values: Any) -> dict[str, Any]:
        """Count different values, filled cells, and characters."""
        filled = ~missing_text(values.value)
        return {
            "distinct": table.count(filled),
            "filled": rows_where(values, filled),
            "characters": filled.ifelse(values.value.length() * values.rows, 0).sum().coalesce(0).cast("int64"),
        }

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge short text, and whole numbers that might count the rows."""
        items = {"path", "content"} if {"path", "content"} <= set(table.columns) else set()
        for name in table.text:
            filled = counted[name, "filled"]
            if name in table.described and name not in items and filled >= LEAST_FILLED and counted[name, "characters"] <= LONG * filled:
                share = counted[name, "distinct"] / filled
                yield Finding(name, share, filled if self.beyond(share) else 0)
        for name in self._whole(table):
            least, most, filled = (counted[name, what] for what in ("least", "most", "filled"))
            if filled == table.rows and most - least == filled - 1:
                share = table.distinct(name) / filled
                yield Finding(name, share, filled if self.beyond(share) else 0)

    def concerned(self, table: Table, column: str) -> Any:
        """All rows in which it is filled."""
        return table.where(~table.missing(column))
