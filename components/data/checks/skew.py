"""Numbers on a scale that hides most of them."""

import math
from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table
from components.data.engine import ROW


class Skew(Check):
    """The skewness of a column of numbers, without its sign."""

    code = "T12"
    title = "Extreme skew"
    severity = "warned"
    threshold = 20
    unit = "number"
    says = "Skewness {figure}; up to {threshold} passes."
    advice = "Take the logarithm, or look whether a few wrong cells stretch the scale."
    why = "Beyond a skewness of 20 a handful of cells decide the mean, the scaling and every linear model."

    def inapplicable(self, table: Table) -> str:
        """Only numbers can be skewed."""
        return "" if self._columns(table) else "There is no column of numbers beside the label."

    @staticmethod
    def _columns(table: Table) -> list[str]:
        return [name for name in table.numbers if name in table.described]

    def counts(self, table: Table) -> Counts:
        """Take mean and deviation of each column, infinite cells left out."""
        found: Counts = {}
        for name in self._columns(table):
            found[name, "mean"], found[name, "deviation"] = table.finite(name).mean(), table.finite(name).std(how="pop")
        return found

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Take the third standardised moment of each column."""
        known = [name for name in self._columns(table) if _varies(counted[name, "mean"], counted[name, "deviation"])]
        moments = {}
        for place, name in enumerate(known):
            standardised = (table.finite(name) - counted[name, "mean"]) / counted[name, "deviation"]
            moments[f"m{place}"] = (standardised * standardised * standardised).mean()
        if not moments:
            return
        found = table.expression.aggregate(**moments).to_pyarrow()
        for place, name in enumerate(known):
            value = abs(found.column(place)[0].as_py())
            yield Finding(name, value, table.rows if self.beyond(value) else 0)

    def concerned(self, table: Table, column: str) -> Any:
        """Return the rows with the most extreme numbers first."""
        return table.expression.order_by([table.finite(column).abs().desc(nulls_first=False), ROW])


def _varies(mean: float | None, deviation: float | None) -> bool:
    """Whether a column's numbers differ by more than rounding; a huge one can overflow the moments."""
    if mean is None or deviation is None or not (math.isfinite(mean) and math.isfinite(deviation)):
        return False
    return deviation > 1e-12 * abs(mean)
