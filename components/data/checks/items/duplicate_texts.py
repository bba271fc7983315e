"""Texts that stand there twice."""

from collections.abc import Iterator
from typing import Any

from components.data.backends import pattern
from components.data.checks.declaration import Check, Finding
from components.data.checks.items.declaration import NOTHING
from components.data.checks.table import Table


class DuplicateTexts(Check):
    """Share of the texts that an earlier row has, but for case, spaces and punctuation."""

    code = "I24"
    title = "Duplicate texts"
    severity = "warned"
    threshold = 0.01
    says = "{figure} of the texts repeat an earlier one, but for case, spaces and punctuation; up to {threshold} pass."
    advice = "Keep one of each; where their labels differ, judge them again together."
    why = "What is sent twice counts twice, and is remembered when it falls into two splits."

    def inapplicable(self, table: Table) -> str:
        """Ask for long text."""
        return "" if table.prose else NOTHING["text"]

    @staticmethod
    def _plain(cell: Any) -> Any:
        return cell.lower().re_replace(pattern(cell, r"[^\p{L}\p{N}]+"), "").nullif("")

    def judge(self, table: Table, counted: Any) -> Iterator[Finding]:
        """Judge each column of long text."""
        for name in table.prose:
            values = table.values(name)
            plain = values.select("rows", plain=self._plain(values.value))
            sums = {"rows": plain.plain.notnull().ifelse(plain.rows, 0).sum(), "kinds": plain.plain.nunique()}
            found = plain.aggregate(**{what: one.coalesce(0).cast("int64") for what, one in sums.items()}).to_pyarrow().to_pylist()[0]
            extra = found["rows"] - found["kinds"]
            yield Finding(name, extra / table.rows, extra)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows that share their text, together."""
        return table.same(self._plain(table[column]))
