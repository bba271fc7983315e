"""The values that the team allows in a column."""

import contextlib
from typing import Any

from components.data.checks.rules import cells
from components.data.checks.rules.declaration import RuleCheck
from components.data.checks.table import Table
from components.data.records import Expectation


class AllowedSet(RuleCheck):
    """Rows whose cell is none of the allowed values; those of the label are another check."""

    code = "T23"
    title = "Values outside the allowed set"
    rule = "allowed_set"
    of_cells = True
    why = "A value that nobody agreed on is a slip, or a case that the plan forgot."

    def rules(self, table: Table) -> list[Expectation]:
        """Return the rules on features."""
        return [one for one in super().rules(table) if one.columns != [table.plan.label]]

    def broken(self, table: Table, rule: Expectation) -> Any:
        """Rows whose filled cell is none of them."""
        return outside_the_set(table, rule)


def outside_the_set(table: Table, rule: Expectation) -> Any:
    """Whether a filled cell is none of the allowed values; numbers are compared as numbers."""
    (column,) = rule.columns
    if column in table.numbers:
        numbers = _numbers(rule.values)
        return cells.present(table, column) & (~cells.number(table, column).isin(numbers) if numbers else True)
    return cells.present(table, column) & ~cells.text(table, column).isin(rule.values)


def _numbers(values: list[str]) -> list[float]:
    found = []
    for value in values:
        with contextlib.suppress(ValueError):
            found.append(float(value))
    return found
