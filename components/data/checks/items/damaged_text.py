"""Text that was read with the wrong encoding."""

from collections.abc import Iterator
from typing import Any

from components.data.backends import pattern
from components.data.checks.declaration import Check, Finding
from components.data.checks.items.declaration import NOTHING
from components.data.checks.table import Table, rows_where

DAMAGED = (
    r"\x{FFFD}|\x{00C3}[\x{0080}-\x{00BF}\x{201A}-\x{2122}]|\x{00C2}[\x{00A0}-\x{00BF}]"
    r"|\x{00E2}\x{20AC}|\x{00E2}\x{0080}|\x{00EF}\x{00BB}\x{00BF}"
)


class DamagedText(Check):
    """Texts with signs of a wrong encoding, such as Ã© for é."""

    code = "I22"
    title = "Encoding damage"
    severity = "failed"
    threshold = 0
    unit = "count"
    says = "{rows} with text that was read in the wrong encoding."
    advice = "Read the source again with the encoding it was written in; don't mend it by hand."
    why = "“Ã©” is an é that was written as UTF-8 and read as Latin-1; such words are new words to a model, and lost to a search."

    def inapplicable(self, table: Table) -> str:
        """Ask for long text."""
        return "" if table.prose else NOTHING["text"]

    def text_counts(self, table: Table, values: Any) -> dict[str, Any]:
        """Count them."""
        return {"damaged": rows_where(values, values.value.re_search(pattern(values.value, DAMAGED)))}

    def judge(self, table: Table, counted: Any) -> Iterator[Finding]:
        """Judge each column of long text."""
        for name in table.prose:
            yield Finding(name, counted[name, "damaged"], counted[name, "damaged"])

    def concerned(self, table: Table, column: str) -> Any:
        """Rows with such text."""
        return table.where(table[column].re_search(pattern(table[column], DAMAGED)))
