"""A class that hardly occurs."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table


class ClassBalance(Check):
    """Share of the rarest class, times the number of classes: 1 where all are equally frequent."""

    code = "L02"
    title = "Rarest class"
    severity = "warned"
    threshold = 0.1
    unit = "number"
    at_least = True
    says = "The class {note} has {figure} times its fair share; at least {threshold} passes."
    advice = "Collect more rows of the rarest class, and report each class on its own."
    why = "With K classes, a class under a tenth of its fair share 1/K can be ignored by a model without much loss in accuracy."

    def inapplicable(self, table: Table) -> str:
        """Ask for a label."""
        return "" if table.plan.label is not None else "No column was named as the label."

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the rarest class; a label that is a quantity has none."""
        if table.classes:
            rarest = _rarest(table.classes)
            share = table.classes[rarest] / sum(table.classes.values())
            yield Finding(str(table.plan.label), share * len(table.classes), table.classes[rarest], f"“{rarest}”")

    def concerned(self, table: Table, column: str) -> Any:
        """Rows of the rarest class."""
        return table.where(table[column] == _rarest(table.classes or {}))


def _rarest(classes: dict[Any, int]) -> Any:
    return min(classes, key=lambda name: classes[name])
