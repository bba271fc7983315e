"""Categories that hardly occur."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table
from components.data.missing import missing_text

LEAST_SHARE = 0.01
LEAST_ROWS = 5
MOST_CATEGORIES = 50


class RareCategories(Check):
    """How many categories of a column have fewer than 5 rows or 1 % of them."""

    code = "T11"
    title = "Rare categories"
    severity = "warned"
    threshold = 0
    unit = "count"
    says = "{figure} categories with fewer than 5 rows or 1 % of them."
    advice = "Merge rare categories, or collect more rows of those that matter."
    why = "A model can't learn a category from four rows; a category under 1 % or 5 rows is usually merged."

    def inapplicable(self, table: Table) -> str:
        """Only text holds categories."""
        return "" if self._columns(table) else "There is no column of text beside the label, the key and the split."

    @staticmethod
    def _columns(table: Table) -> list[str]:
        return [name for name in table.text if name in table.described]

    @staticmethod
    def _rare(table: Table, values: Any) -> Any:
        return ~missing_text(values.value) & ((values.rows < LEAST_ROWS) | (values.rows < LEAST_SHARE * table.rows))

    def text_counts(self, table: Table, values: Any) -> dict[str, Any]:
        """Count the categories, those that are rare, and their rows."""
        rare = self._rare(table, values)
        return {
            "distinct": values.value.count(),
            "rare": table.count(rare),
            "rows": rare.ifelse(values.rows, 0).sum().coalesce(0).cast("int64"),
        }

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge columns with at most 50 different values that have 5 rows each on average."""
        for name in self._columns(table):
            distinct = counted[name, "distinct"]
            if 0 < distinct <= MOST_CATEGORIES and distinct * LEAST_ROWS <= table.rows:
                yield Finding(name, counted[name, "rare"], counted[name, "rows"])

    def concerned(self, table: Table, column: str) -> Any:
        """Rows of a rare category."""
        values = table.values(column)
        rare = values.filter(self._rare(table, values)).select(category=values.value)
        return table.expression.semi_join(rare, table[column] == rare.category)
