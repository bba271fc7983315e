"""Texts that say hardly anything."""

from collections.abc import Iterator
from typing import Any

from components.data.backends import pattern
from components.data.checks.declaration import Check, Finding
from components.data.checks.items.declaration import NOTHING
from components.data.checks.table import Table, rows_where

LEAST = 3


class ShortTexts(Check):
    """Share of the texts with fewer than three letters or digits."""

    code = "I20"
    title = "Texts that say hardly anything"
    severity = "warned"
    threshold = 0.01
    says = "{figure} of the texts have fewer than three letters or digits; up to {threshold} passes."
    advice = "Take them out, or find out what was lost."
    why = "An empty text has a label all the same; a model learns it from nothing."

    def inapplicable(self, table: Table) -> str:
        """Ask for long text."""
        return "" if table.prose else NOTHING["text"]

    @staticmethod
    def _short(cell: Any) -> Any:
        return cell.notnull() & (cell.re_replace(pattern(cell, r"[^\p{L}\p{N}]+"), "").length() < LEAST)

    def text_counts(self, table: Table, values: Any) -> dict[str, Any]:
        """Count them."""
        return {"short": rows_where(values, self._short(values.value))}

    def judge(self, table: Table, counted: Any) -> Iterator[Finding]:
        """Judge each column of long text."""
        for name in table.prose:
            short = counted[name, "short"]
            yield Finding(name, short / table.rows, short)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows with such a text."""
        return table.where(self._short(table[column]))
