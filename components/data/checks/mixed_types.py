"""Numbers among words, or words among numbers."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table, rows_where
from components.data.missing import missing_text

MOST = 0.1


class MixedTypes(Check):
    """Share of the rarer type in a column of text that holds both numbers and words."""

    code = "T04"
    title = "Mixed types"
    severity = "failed"
    threshold = 0.01
    says = "{figure} of the cells are {note} among the others; up to {threshold} pass."
    advice = "Give the column one type: mend the cells of the rarer type, or split the column."
    why = "A rarer type between 1 % and 10 % of the cells is nearly always an accident of typing or of an export."

    def inapplicable(self, table: Table) -> str:
        """Only text can hold both."""
        return "" if table.text else "There is no column of text."

    @staticmethod
    def _number(cell: Any) -> Any:
        return cell.re_search(r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$")

    def text_counts(self, table: Table, values: Any) -> dict[str, Any]:
        """Count the rows with numbers and with words."""
        present, number = ~missing_text(values.value), self._number(values.value)
        return {"numbers": rows_where(values, present & number), "words": rows_where(values, present & ~number)}

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the share of the rarer type; a balanced mixture is a naming scheme, not an accident."""
        for name in table.text:
            numbers, words = counted[name, "numbers"], counted[name, "words"]
            rarer = min(numbers, words)
            share = rarer / max(numbers + words, 1)
            yield Finding(name, share if share <= MOST else 0.0, rarer if share <= MOST else 0, "numbers" if numbers < words else "words")

    def concerned(self, table: Table, column: str) -> Any:
        """Rows with the rarer type."""
        counts = self.text_counts(table, table.values(column))
        counted = table.values(column).aggregate(**counts).to_pyarrow().to_pylist()[0]
        number = self._number(table[column])
        return table.where(~table.missing(column) & (number if counted["numbers"] < counted["words"] else ~number))
