"""Categories that training never saw."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table
from components.data.missing import missing_text

MOST_CATEGORIES = 1000
EACH = 5


class NewCategories(Check):
    """Rows outside the training split whose category doesn't occur in it, in columns where categories repeat."""

    code = "S07"
    title = "Categories missing from the training split"
    severity = "warned"
    threshold = 0
    unit = "count"
    says = "{rows} with a category that training never sees, such as {note}."
    advice = "Put rows of these categories into training as well, or tell the model what to do with a category that it doesn't know."
    why = "An encoder fails on a category that it never saw, or silently takes it for another one."

    def inapplicable(self, table: Table) -> str:
        """Ask for splits and categories."""
        if table.plan.split is None:
            return "No column was named as the split."
        if table.training is None:
            return "There is one split only."
        return "" if self._columns(table) else "There is no column of text beside the label, the key and the split."

    @staticmethod
    def _columns(table: Table) -> list[str]:
        return [name for name in table.text if name in table.described and name != table.plan.group]

    @staticmethod
    def _new(table: Table, column: str) -> Any:
        """Return the categories that stand outside training alone, with their rows."""
        values = table.values(column)
        inside = table.where(table[str(table.plan.split)] == table.training)
        seen = inside.select(seen=inside[table.names[column]]).distinct()
        new = values.filter(~missing_text(values.value)).anti_join(seen, values.value == seen.seen)
        return new.select(category=new.value, rows=new.rows)

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the columns in which a category has several rows on average."""
        for name in self._columns(table):
            values = table.values(name)
            distinct = int(values.count().to_pyarrow().as_py())
            if distinct > MOST_CATEGORIES or distinct * EACH > table.rows:
                continue
            new = self._new(table, name).order_by("category").to_pyarrow()
            rows = sum(new.column("rows").to_pylist())
            yield Finding(name, rows, rows, f"“{str(new.column('category')[0].as_py())[:60]}”" if rows else "")

    def concerned(self, table: Table, column: str) -> Any:
        """Rows with such a category."""
        new = self._new(table, column)
        return table.expression.semi_join(new, table[column] == new.category)
