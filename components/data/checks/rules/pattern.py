"""The pattern of a column, as the team set it."""

from typing import Any

from components.data.backends import pattern
from components.data.checks.rules import cells
from components.data.checks.rules.declaration import RuleCheck
from components.data.checks.table import Table
from components.data.records import Expectation


class Pattern(RuleCheck):
    """Rows whose cell does not match the pattern as a whole."""

    code = "T22"
    title = "Cells that don't match their pattern"
    rule = "pattern"
    of_cells = True
    why = "A code that is written in another way finds no partner in a join, and is a category of its own to a model."

    def broken(self, table: Table, rule: Expectation) -> Any:
        """Rows whose filled cell doesn't match."""
        (column,) = rule.columns
        cell = cells.text(table, column)
        return cells.present(table, column) & ~cell.re_search(pattern(cell, f"^(?:{rule.pattern})$"))
