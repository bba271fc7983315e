"""Splits of a size that measures little."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table


class SplitSizes(Check):
    """Share of the smallest split."""

    code = "S03"
    title = "Size of the smallest split"
    severity = "warned"
    threshold = 0.05
    at_least = True
    says = "The split {note} holds {figure} of the rows; at least {threshold} passes."
    advice = "Give the smallest split more rows: its figures will have wide intervals."
    why = "What a split can measure depends on its size: 100 rows give an accuracy of 90 % an interval of 12 points."

    def inapplicable(self, table: Table) -> str:
        """Ask for a split."""
        return "" if table.plan.split is not None else "No column was named as the split."

    @staticmethod
    def _smallest(table: Table) -> Any:
        values = table.values(str(table.plan.split))
        return values.filter(values.value.notnull()).order_by([values.rows, values.value])

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the smallest of them."""
        sizes = self._smallest(table).limit(2).to_pyarrow().to_pylist()
        if len(sizes) > 1:
            yield Finding(str(table.plan.split), sizes[0]["rows"] / table.rows, sizes[0]["rows"], f"“{sizes[0]['value']}”")

    def concerned(self, table: Table, column: str) -> Any:
        """Rows of the smallest split."""
        return table.where(table[column] == self._smallest(table).limit(1).to_pyarrow().to_pylist()[0]["value"])
