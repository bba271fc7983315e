"""Numbers on a scale that hides most of them."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table


class Skew(Check):
    """The skewness of a column of numbers, without its sign."""

    code = "T12"
    title = "Extreme skew"
    severity = "warned"
    threshold = 20
    unit = "number"
    advice = "Take the logarithm, or look whether a few wrong cells stretch the scale."
    why = "Beyond a skewness of 20 a handful of cells decide the mean, the scaling and every linear model."

    def inapplicable(self, table: Table) -> str:
        """Only numbers can be skewed."""
        return "" if self._columns(table) else "There is no column of numbers beside the label."

    @staticmethod
    def _columns(table: Table) -> list[str]:
        return [name for name in table.numbers if name not in table.plan.roles.values()]

    def counts(self, table: Table) -> dict[str, Any]:
        """Take the moments of each column around its first value, infinite cells left out."""
        found: dict[str, Any] = {}
        for name in self._columns(table):
            cell = table[name].cast("float64")
            finite = (cell.isnan() | cell.isinf()).ifelse(None, cell)
            found[f"{name}\0mean"], found[f"{name}\0std"] = finite.mean(), finite.std(how="pop")
        return found

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Take the third standardised moment of each column."""
        known = [n for n in self._columns(table) if (counted[f"{n}\0std"] or 0) > 0]
        moments = {}
        for number, name in enumerate(known):
            cell = table[name].cast("float64")
            finite = (cell.isnan() | cell.isinf()).ifelse(None, cell)
            moments[f"m{number}"] = (((finite - counted[f"{name}\0mean"]) / counted[f"{name}\0std"]) ** 3).mean()
        found = table.expression.aggregate(**moments).to_pandas().iloc[0] if moments else {}
        for number, name in enumerate(known):
            value = abs(float(found[f"m{number}"]))
            yield Finding(name, value, table.rows if self.beyond(value) else 0)

    def concerned(self, table: Table, column: str) -> Any:
        """Return the rows with the most extreme numbers first."""
        return table.expression.order_by(table[column].cast("float64").abs().desc())
