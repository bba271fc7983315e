"""A class that hardly occurs."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table

MOST_CLASSES = 100


class ClassBalance(Check):
    """Share of the rarest class, times the number of classes: 1 where all are equally frequent."""

    code = "L02"
    title = "Rarest class"
    severity = "warned"
    threshold = 0.1
    unit = "number"
    at_least = True
    advice = "Collect more rows of the rarest class, and report each class on its own."
    why = "With K classes, a class under a tenth of its fair share 1/K can be ignored by a model without much loss in accuracy."

    def inapplicable(self, table: Table) -> str:
        """Ask for a label."""
        return "" if table.plan.label else "No column was named as the label."

    @staticmethod
    def _classes(table: Table) -> Any:
        label = table[str(table.plan.label)]
        return table.expression.filter(label.notnull()).group_by(label.name("label")).aggregate(rows=lambda t: t.count())

    def counts(self, table: Table) -> dict[str, Any]:
        """Count the classes."""
        return {"classes": table[str(table.plan.label)].nunique()}

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Judge the rarest class; a label with hundreds of values is a number, not a class."""
        if not 2 <= counted["classes"] <= MOST_CLASSES:
            return
        classes = self._classes(table).to_pandas()
        rarest = classes.loc[classes["rows"].idxmin()]
        share = rarest["rows"] / classes["rows"].sum()
        yield Finding(str(table.plan.label), share * len(classes), int(rarest["rows"]), f"“{rarest['label']}”")

    def concerned(self, table: Table, column: str) -> Any:
        """Rows of the rarest class."""
        classes = self._classes(table)
        rarest = classes.order_by([classes.rows, classes.label]).limit(1).select(rarest=classes.label)
        return table.expression.semi_join(rarest, table[column] == rarest.rarest)
