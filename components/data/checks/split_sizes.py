"""Splits of a size that measures little."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table


class SplitSizes(Check):
    """Share of the smallest split."""

    code = "S03"
    title = "Size of the smallest split"
    severity = "warned"
    threshold = 0.05
    at_least = True
    advice = "Give the smallest split more rows: its figures will have wide intervals."
    why = "What a split can measure depends on its size: 100 rows give an accuracy of 90 % an interval of 12 points."

    def inapplicable(self, table: Table) -> str:
        """Ask for a split."""
        return "" if table.plan.split else "No column was named as the split."

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Judge the smallest of them."""
        name = str(table.plan.split)
        sizes = table.expression.group_by(table[name].name("split")).aggregate(rows=lambda t: t.count()).to_pandas()
        if len(sizes) > 1:
            smallest = sizes.loc[sizes["rows"].idxmin()]
            yield Finding(name, smallest["rows"] / table.rows, int(smallest["rows"]), f"“{smallest['split']}”")

    def concerned(self, table: Table, column: str) -> Any:
        """Rows of the smallest split."""
        groups = table.groups([column])
        return table.in_groups([column], groups.order_by(groups.rows).limit(1))
