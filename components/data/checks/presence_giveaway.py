"""Columns that are filled only once the label is known."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table

LEAST_ROWS = 10
MOST_CHANCE = 1e-6


class PresenceGiveaway(Check):
    """Rows whose label is known from whether a column is filled: all that are filled, or all that are empty, have the same label."""

    code = "T14"
    title = "Filled cells give the label away"
    severity = "failed"
    threshold = 0
    unit = "count"
    advice = "Ask who fills this column, and when; if it is only filled once the outcome is known, leave it out."
    why = "The number of a recovered body is known of the dead alone. By chance, fewer than 1 column in a million does this."

    def inapplicable(self, table: Table) -> str:
        """Ask for a label."""
        return "" if table.plan.label else "No column was named as the label."

    def counts(self, table: Table) -> Counts:
        """Take, for the filled and for the empty cells of each column, how many are labelled, and the first and last of their labels."""
        label = table[str(table.plan.label)]
        found: Counts = {}
        for name in table.described:
            for part, condition in (("filled", ~table.missing(name)), ("empty", table.missing(name))):
                labels = condition.ifelse(label, None)
                found[name, f"{part} rows"] = labels.count()
                found[name, f"{part} least"], found[name, f"{part} most"] = labels.min(), labels.max()
        return found

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge each column that has filled and empty cells."""
        if table.classes is None:
            return
        total = sum(table.classes.values())
        for name in table.described:
            parts = {part: counted[name, f"{part} rows"] for part in ("filled", "empty")}
            if not all(parts.values()):
                continue
            known = 0
            note = ""
            for part, rows in parts.items():
                least = counted[name, f"{part} least"]
                same = least == counted[name, f"{part} most"]
                if same and rows >= LEAST_ROWS and (table.classes.get(least, 0) / total) ** rows < MOST_CHANCE:
                    known += rows
                    note = f"where it is {part}, the label is always “{least}”"
            yield Finding(name, known, known, note)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows in which it is filled, then the others."""
        return table.expression.order_by([table.missing(column), table.expression.row])
