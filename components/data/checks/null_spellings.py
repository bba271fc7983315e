"""More than one spelling of “missing”."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import NULL_SPELLINGS, Table, rows_where


class NullSpellings(Check):
    """How many spellings of “missing” a column of text has beside the empty cell."""

    code = "T02"
    title = "More than one spelling of missing"
    severity = "warned"
    threshold = 1
    unit = "count"
    says = "{figure} spellings of “missing”, the empty cell being one; one passes."
    advice = "Agree on one way to write that a value is missing, and write it everywhere."
    why = "A model takes “N/A”, “unknown” and “-” for three different values."

    def inapplicable(self, table: Table) -> str:
        """Only text can spell it."""
        return "" if table.text else "There is no column of text."

    def text_counts(self, table: Table, values: Any) -> dict[str, Any]:
        """Count the spellings, and the rows that spell it."""
        spelt = self._spelt(values.value)
        return {
            "spellings": table.count(spelt & values.value.notnull()),
            "empty": rows_where(values, values.value.isnull()),
            "rows": rows_where(values, spelt),
        }

    @staticmethod
    def _spelt(cell: Any) -> Any:
        return cell.strip().lower().isin(NULL_SPELLINGS)

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the number of spellings of each column, the empty cell being one."""
        for name in table.text:
            spellings = counted[name, "spellings"] + (1 if counted[name, "empty"] else 0)
            yield Finding(name, spellings, counted[name, "rows"] + counted[name, "empty"] if spellings > 1 else 0)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows that spell it, or leave the cell empty."""
        return table.where(self._spelt(table[column]) | table[column].isnull())
