"""Labels that training never saw."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table

MOST_CLASSES = 1000


class NewLabels(Check):
    """Rows outside the largest split whose label doesn't occur in it."""

    code = "S02"
    title = "Labels missing from the training split"
    severity = "failed"
    threshold = 0
    unit = "count"
    advice = "Put rows of these labels into training as well, or leave them out of the task."
    why = "A model can't give a label that it never saw; the largest split is taken for the one that trains."

    def inapplicable(self, table: Table) -> str:
        """Ask for a label and a split."""
        return "" if table.plan.label and table.plan.split else "No label or no split was named."

    def counts(self, table: Table) -> dict[str, Any]:
        """Count the classes."""
        return {"classes": table[str(table.plan.label)].nunique()}

    @staticmethod
    def _new(table: Table) -> Any:
        label, split = table[str(table.plan.label)], table[str(table.plan.split)]
        splits = table.expression.group_by(split.name("split")).aggregate(rows=lambda t: t.count())
        largest = splits.order_by([splits.rows.desc(), splits.split]).limit(1).to_pandas()["split"].iloc[0]
        seen = table.expression.filter(split == largest).select(seen=label).distinct()
        return table.expression.filter((split != largest) & label.notnull()).anti_join(seen, label == seen.seen)

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Count such rows; a label with thousands of values is a number, not a class."""
        if counted["classes"] <= MOST_CLASSES:
            rows = int(self._new(table).count().to_pandas())
            yield Finding(str(table.plan.label), rows, rows)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows with such a label."""
        return self._new(table)
