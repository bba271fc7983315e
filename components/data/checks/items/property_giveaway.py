"""Properties of items that give the label away."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.items.declaration import NOTHING
from components.data.checks.label_giveaway import codes, predicted
from components.data.checks.table import Table
from components.data.engine import ROW

PROPERTIES = (
    *("bytes", "size", "aspect", "brightness", "information", "sharpness"),
    *("seconds", "rate", "channels", "peak", "quiet"),
    "language",
)
MOST_ROWS = 20_000
LEAST_ROWS = 30


class PropertyGiveaway(Check):
    """How much of the error of guessing one property removes that has nothing to do with what the item shows or says."""

    code = "I10"
    title = "Property that gives the label away"
    severity = "failed"
    threshold = 0.5
    says = "The {note} alone removes {figure} of the error of guessing; up to {threshold} passes."
    advice = "Find out where the items of each label come from: two cameras, two scanners, two rooms. Collect them alike, or even them out."
    why = "A model takes the easiest way: if one label was photographed at night, it learns darkness, and fails by day."

    def inapplicable(self, table: Table) -> str:
        """Ask for a label and measured items."""
        if table.plan.label is None:
            return "No column was named as the label."
        return "" if table.properties else NOTHING["item"]

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge each property that varies."""
        if table.classes is None:
            return
        label, names = str(table.plan.label), [name for name in PROPERTIES if name in table.properties]
        sample = table.sampled(MOST_ROWS)
        rows = (
            sample.filter(~table.missing(label, sample))
            .select(table.names[label], *(table.properties[name] for name in names))
            .to_pyarrow()
        )
        labels = codes(rows.column(0), binned=False)
        if len(labels) < LEAST_ROWS:
            return
        base = float(np.bincount(labels).max() / len(labels))
        for place, name in enumerate(names, start=1):
            cells = rows.column(place)
            if base < 1 and cells.null_count < len(cells):
                right = predicted(codes(cells, binned=name != "language"), labels) / len(labels)
                score = max(0.0, (right - base) / (1 - base))
                yield Finding("", score, table.rows if self.beyond(score) else 0, name)

    def concerned(self, table: Table, column: str) -> Any:
        """All rows, in the order they came."""
        return table.expression.order_by(ROW)
