"""Characters that nobody typed on purpose."""

from collections.abc import Iterator
from typing import Any

from components.data.backends import pattern
from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table, rows_where

STRAY = r"^\s|\s$|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\x{FFFD}|\x{FEFF}|\x{00C3}[\x{0080}-\x{00BF}]|\x{00E2}\x{20AC}"


class StrayCharacters(Check):
    """Cells with spaces around them, control characters, or damage from a wrong encoding."""

    code = "T06"
    title = "Stray characters"
    severity = "warned"
    threshold = 0
    unit = "count"
    says = "{rows} with a space at the end, an invisible character or a damaged one."
    advice = "Trim the cells, and read the source again with the encoding it was written in."
    why = "“yes ” and “yes” are two values; “Ã©” is an é that was read with the wrong encoding."

    def inapplicable(self, table: Table) -> str:
        """Only text has characters."""
        return "" if table.text else "There is no column of text."

    def text_counts(self, table: Table, values: Any) -> dict[str, Any]:
        """Count the rows with such a cell."""
        return {"rows": rows_where(values, values.value.re_search(pattern(values.value, STRAY)))}

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the number of each column."""
        for (name, _), number in counted.items():
            yield Finding(name, number, number)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows with such a cell."""
        return table.where(table[column].re_search(pattern(table[column], STRAY)))
