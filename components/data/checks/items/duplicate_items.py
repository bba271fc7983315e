"""Duplicate files."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Counts, Finding
from components.data.checks.items.declaration import ItemCheck
from components.data.checks.table import Table


class DuplicateItems(ItemCheck):
    """Rows whose file an earlier row has, byte by byte."""

    code = "I08"
    title = "Duplicate files"
    media = "item"
    says = "{figure} of the rows repeat the file of an earlier one; up to {threshold} passes."
    advice = "Remove the repetitions; where their labels differ, judge them again."
    why = "Repeated items count twice in training, and make a test look better than it is when they fall into two splits."

    def counts(self, table: Table) -> Counts:
        """Count the files and the different ones."""
        content = table.measured("content")
        return {("", "files"): content.count(), ("", "kinds"): content.nunique()}

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the share beyond the first of each."""
        extra = int(counted["", "files"] - counted["", "kinds"])
        yield Finding("", extra / table.rows, extra)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows that share their file, together."""
        return table.same(table.measured("content"))
