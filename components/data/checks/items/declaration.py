"""What checks of images, recordings and texts share: a measured property, and when an item is odd in it."""

from collections.abc import Iterator
from typing import Any, ClassVar

from components.data.checks.declaration import Check, Counts, Finding, Severity
from components.data.checks.table import Table

NOTHING = {
    "image": "The data set holds no images.",
    "sound": "The data set holds no recordings.",
    "item": "The data set holds no images or recordings.",
    "text": "The data set holds no long text.",
}
TELLTALE = {"image": "aspect", "sound": "seconds", "item": "readable", "text": "language"}


class ItemCheck(Check):
    """Share of the items that are odd in a property. Subclasses say of which media, and when an item is odd."""

    media: ClassVar[str]
    severity: ClassVar[Severity] = "warned"
    threshold = 0.0
    says = "{figure}: {rows}{note}; up to {threshold} passes."

    def inapplicable(self, table: Table) -> str:
        """Ask for items of the kind."""
        return "" if TELLTALE[self.media] in table.properties else NOTHING[self.media]

    def odd(self, table: Table) -> Any:
        """Return whether an item is odd."""
        raise NotImplementedError

    def counts(self, table: Table) -> Counts:
        """Count the odd items."""
        return {("", "odd"): table.count(self.odd(table))}

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge their share."""
        odd = int(counted["", "odd"])
        yield Finding("", odd / table.rows, odd)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows of the odd items."""
        return table.where(self.odd(table))


class ItemOutliers(ItemCheck):
    """Share of the items far from the middle of a property, more than `factor` times or less than that part of its median."""

    measured: ClassVar[str]
    factor: ClassVar[float]

    def _median(self, table: Table) -> Any:
        return table.measured(self.measured).cast("float64").quantile(0.5)

    def odd(self, table: Table) -> Any:
        """Whether an item is that far from the median, which is a step of its own."""
        median = table.expression.aggregate(median=self._median(table)).to_pyarrow().column(0)[0].as_py()
        cell = table.measured(self.measured).cast("float64")
        return (cell > self.factor * (median or 0.0)) | (cell < (median or 0.0) / self.factor)


class ItemMode(ItemCheck):
    """Share of the items that differ from the most frequent value of a property."""

    measured: ClassVar[str]

    def odd(self, table: Table) -> Any:
        """Whether an item has another value than most, which is a step of its own; of equally frequent ones, than the first."""
        cell = table.measured(self.measured)
        values = table.expression.group_by(value=cell).aggregate(rows=table.expression.count())
        values = values.filter(values.value.notnull())
        most = values.order_by([values.rows.desc(), values.value]).limit(1).to_pyarrow().column("value").to_pylist()
        return cell != most[0] if most else cell.isnull() & cell.notnull()
