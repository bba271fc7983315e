"""Columns that the team wants filled."""

from typing import Any

from components.data.checks.rules.declaration import RuleCheck
from components.data.checks.table import Table
from components.data.records import Expectation


class Required(RuleCheck):
    """Rows whose cell is missing, where the team set how many may be."""

    code = "T25"
    title = "Empty cells where the team wants none"
    rule = "missing"
    of_cells = True
    why = "Which cells may be missing depends on what they mean; the team knows better than any customary limit."

    def broken(self, table: Table, rule: Expectation) -> Any:
        """Rows whose cell is missing."""
        return table.missing(rule.columns[0])
