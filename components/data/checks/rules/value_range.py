"""The range of a column, as the team set it."""

from typing import Any

from components.data.checks.rules import cells
from components.data.checks.rules.declaration import RuleCheck
from components.data.checks.table import Table
from components.data.records import Expectation


class ValueRange(RuleCheck):
    """Rows whose cell is below the least or above the largest value, or can be compared with neither."""

    code = "T21"
    title = "Values outside their range"
    rule = "range"
    of_cells = True
    why = "An age of 250 or an order from next year is an error that no model can tell from a fact."

    def broken(self, table: Table, rule: Expectation) -> Any:
        """Rows outside the range."""
        return cells.outside(table, rule.columns[0], rule.low, rule.high)
