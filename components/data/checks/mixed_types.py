"""Numbers among words, or words among numbers."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table

MOST = 0.1


class MixedTypes(Check):
    """Share of the rarer type in a column of text that holds both numbers and words."""

    code = "T04"
    title = "Mixed types"
    severity = "failed"
    threshold = 0.01
    advice = "Give the column one type: mend the cells of the rarer type, or split the column."
    why = "A rarer type between 1 % and 10 % of the cells is nearly always an accident of typing or of an export."

    def inapplicable(self, table: Table) -> str:
        """Only text can hold both."""
        return "" if table.text else "There is no column of text."

    @staticmethod
    def _number(cell: Any) -> Any:
        return cell.re_search(r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$")

    def counts(self, table: Table) -> dict[str, Any]:
        """Count numbers and words of each column."""
        found: dict[str, Any] = {}
        for name in table.text:
            present = ~table.missing(name)
            number = self._number(table[name])
            found[f"{name}\0numbers"] = table.count(present & number)
            found[f"{name}\0words"] = table.count(present & ~number)
        return found

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Judge the share of the rarer type; a balanced mixture is a naming scheme, not an accident."""
        for name in table.text:
            numbers, words = counted[f"{name}\0numbers"], counted[f"{name}\0words"]
            rarer = min(numbers, words)
            share = rarer / max(numbers + words, 1)
            yield Finding(name, share if share <= MOST else 0.0, rarer if share <= MOST else 0, "numbers" if numbers < words else "words")

    def concerned(self, table: Table, column: str) -> Any:
        """Rows with the rarer type."""
        number = self._number(table[column])
        present = table.where(~table.missing(column))
        rarer_is_number = present.aggregate(n=number.ifelse(1, 0).sum(), all=present.count()).to_pandas().iloc[0]
        rare = number if rarer_is_number["n"] * 2 < rarer_is_number["all"] else ~number
        return table.where(~table.missing(column) & rare)
