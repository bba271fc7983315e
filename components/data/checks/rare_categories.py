"""Categories that hardly occur."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table

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
    advice = "Merge rare categories, or collect more rows of those that matter."
    why = "A model can't learn a category from four rows; a category under 1 % or 5 rows is usually merged."

    def inapplicable(self, table: Table) -> str:
        """Only text holds categories."""
        return "" if self._columns(table) else "There is no column of text beside the label, the key and the split."

    @staticmethod
    def _columns(table: Table) -> list[str]:
        return [name for name in table.text if name in table.features]

    def counts(self, table: Table) -> dict[str, Any]:
        """Count the different values of each column."""
        return {name: table[name].nunique() for name in self._columns(table)}

    @staticmethod
    def _rare(table: Table, column: str) -> Any:
        present = table.expression.filter(table[column].notnull())
        groups = present.group_by(column).aggregate(rows=lambda t: t.count())
        return groups.filter((groups.rows < LEAST_ROWS) | (groups.rows < LEAST_SHARE * table.rows))

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Count the rare categories of columns with at most 50 different values."""
        for name, distinct in counted.items():
            if distinct > MOST_CATEGORIES or distinct * LEAST_ROWS > table.rows:
                continue
            rare = self._rare(table, name).to_pandas()
            yield Finding(name, len(rare), int(rare["rows"].sum()))

    def concerned(self, table: Table, column: str) -> Any:
        """Rows of a rare category."""
        rare = self._rare(table, column).select(category=column)
        return table.expression.semi_join(rare, table[column] == rare.category)
