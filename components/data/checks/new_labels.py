"""Labels that training never saw."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table


class NewLabels(Check):
    """Rows outside the training split whose label doesn't occur in it."""

    code = "S02"
    title = "Labels missing from the training split"
    severity = "failed"
    threshold = 0
    unit = "count"
    says = "{rows} with a label that training never sees."
    advice = "Put rows of these labels into training as well, or leave them out of the task."
    why = "A model can't give a label that it never saw; without a split called train, the largest one is taken for it."

    def inapplicable(self, table: Table) -> str:
        """Ask for a label and a split."""
        return "" if table.plan.label is not None and table.plan.split is not None else "No label or no split was named."

    @staticmethod
    def _new(table: Table) -> Any:
        """Rows of other splits whose label the training split never has; None where there is one split."""
        label, split = table[str(table.plan.label)], table[str(table.plan.split)]
        training = table.training
        if training is None:
            return None
        seen = table.expression.filter(split == training).select(seen=label).distinct()
        return table.expression.filter((split != training) & label.notnull()).anti_join(seen, label == seen.seen)

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Count such rows; a label that is a quantity is never the same twice."""
        new = self._new(table) if table.classes else None
        if new is not None:
            rows = int(new.count().to_pyarrow().as_py())
            yield Finding(str(table.plan.label), rows, rows)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows with such a label."""
        return self._new(table)
