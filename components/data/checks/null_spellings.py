"""More than one spelling of “missing”."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import NULL_SPELLINGS, Table


class NullSpellings(Check):
    """How many spellings of “missing” a column of text has beside the empty cell."""

    code = "T02"
    title = "More than one spelling of missing"
    severity = "warned"
    threshold = 1
    unit = "count"
    advice = "Agree on one way to write that a value is missing, and write it everywhere."
    why = "A model takes “N/A”, “unknown” and “-” for three different values."

    def inapplicable(self, table: Table) -> str:
        """Only text can spell it."""
        return "" if table.text else "There is no column of text."

    def counts(self, table: Table) -> dict[str, Any]:
        """Count, for each column, the spellings, the empty cells and the rows that spell it."""
        found: dict[str, Any] = {}
        for name in table.text:
            cell = table[name]
            spelt = self._spelt(cell)
            found[f"{name}\0spellings"] = spelt.ifelse(cell, None).nunique()
            found[f"{name}\0empty"] = table.count(cell.isnull())
            found[f"{name}\0rows"] = table.count(spelt)
        return found

    @staticmethod
    def _spelt(cell: Any) -> Any:
        return cell.strip().lower().isin(NULL_SPELLINGS)

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Judge the number of spellings of each column, the empty cell being one."""
        for name in table.text:
            spellings = counted[f"{name}\0spellings"] + (1 if counted[f"{name}\0empty"] else 0)
            yield Finding(name, spellings, counted[f"{name}\0rows"])

    def concerned(self, table: Table, column: str) -> Any:
        """Rows that spell it."""
        return table.where(self._spelt(table[column]))
