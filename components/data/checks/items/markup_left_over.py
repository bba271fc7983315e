"""Characters in texts that nobody wrote."""

from collections.abc import Iterator
from typing import Any

from components.data.backends import pattern
from components.data.checks.declaration import Check, Finding
from components.data.checks.items.declaration import NOTHING
from components.data.checks.table import Table, rows_where

STRAY = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\x{200B}|\x{FEFF}|</?[a-zA-Z][a-zA-Z0-9]{0,9}( [^<>]{0,200})?/?>|&(#[0-9]{1,6}|[a-zA-Z]{2,8});"


class MarkupLeftOver(Check):
    """Share of the texts with invisible characters, HTML tags or entities."""

    code = "I23"
    title = "Stray characters in texts"
    severity = "warned"
    threshold = 0.01
    says = "{figure} of the texts hold invisible characters, tags or entities; up to {threshold} pass."
    advice = "Clean the texts in one step that is kept with the data set, and the same step in use."
    why = "“&amp;” and “<br>” are what a web page was made of, not what somebody wrote."

    def inapplicable(self, table: Table) -> str:
        """Ask for long text."""
        return "" if table.prose else NOTHING["text"]

    def text_counts(self, table: Table, values: Any) -> dict[str, Any]:
        """Count them."""
        return {"stray": rows_where(values, values.value.re_search(pattern(values.value, STRAY)))}

    def judge(self, table: Table, counted: Any) -> Iterator[Finding]:
        """Judge each column of long text."""
        for name in table.prose:
            yield Finding(name, counted[name, "stray"] / table.rows, counted[name, "stray"])

    def concerned(self, table: Table, column: str) -> Any:
        """Rows with such text."""
        return table.where(table[column].re_search(pattern(table[column], STRAY)))
