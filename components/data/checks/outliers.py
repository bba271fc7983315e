"""Numbers far from all others."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table

FAR = 3.0


class Outliers(Check):
    """Share of a column's numbers further than three interquartile ranges from the middle half."""

    code = "T10"
    title = "Numeric outliers"
    severity = "warned"
    threshold = 0.01
    advice = "Look at the rows: mend wrong units and typing errors, and keep what is rare but true."
    why = "Tukey's outer fence, 3 interquartile ranges: beyond it lie about 2 of a million numbers of a normal distribution."

    def inapplicable(self, table: Table) -> str:
        """Only numbers can lie far."""
        return "" if self._columns(table) else "There is no column of numbers beside the label."

    @staticmethod
    def _columns(table: Table) -> list[str]:
        return [name for name in table.numbers if name not in table.plan.roles.values()]

    def _fences(self, table: Table) -> dict[str, tuple[float, float]]:
        columns = self._columns(table)
        quartiles = {}
        for number, name in enumerate(columns):
            cell = table[name].cast("float64")
            finite = (cell.isnan() | cell.isinf()).ifelse(None, cell)
            quartiles[f"q1 {number}"], quartiles[f"q3 {number}"] = finite.quantile(0.25), finite.quantile(0.75)
        row = table.expression.aggregate(**quartiles).to_pandas().iloc[0]
        fences = {}
        for number, name in enumerate(columns):
            q1, q3 = row[f"q1 {number}"], row[f"q3 {number}"]
            if q1 is not None and q3 is not None and q3 > q1:
                fences[name] = (q1 - FAR * (q3 - q1), q3 + FAR * (q3 - q1))
        return fences

    @staticmethod
    def _far(table: Table, column: str, fence: tuple[float, float]) -> Any:
        cell = table[column].cast("float64")
        return (cell < fence[0]) | (cell > fence[1])

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Count the numbers beyond the fences of each column."""
        fences = self._fences(table)
        counts = {f"far {n}": table.count(self._far(table, name, fence)) for n, (name, fence) in enumerate(fences.items())}
        found = table.expression.aggregate(**counts).to_pandas().iloc[0] if counts else {}
        for number, name in enumerate(fences):
            far = int(found[f"far {number}"])
            yield Finding(name, far / table.rows, far)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows beyond the fences."""
        return table.where(self._far(table, column, self._fences(table)[column]))
