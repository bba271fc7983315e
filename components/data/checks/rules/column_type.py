"""The type of a column, as the team set it."""

from typing import Any

from components.data.checks.rules import cells
from components.data.checks.rules.declaration import RuleCheck
from components.data.checks.table import Table
from components.data.missing import infinite
from components.data.records import Expectation

PATTERNS = {"number": cells.NUMBER, "whole number": cells.WHOLE, "boolean": cells.TRUTH, "time": cells.TIME}


class ColumnType(RuleCheck):
    """Rows whose cell is not of the type that the team set."""

    code = "T20"
    title = "Cells of another type"
    rule = "type"
    of_cells = True
    why = "A program that expects numbers fails, or worse goes on, where a cell holds a word."

    def broken(self, table: Table, rule: Expectation) -> Any:
        """Rows whose filled cell isn't of the type."""
        (column,) = rule.columns
        kind, filled = table.schema[column], cells.present(table, column)
        if rule.type == "text":
            return filled & table[column].isnull() if column in table.text else filled
        if column in table.text:
            return filled & ~table[column].re_search(PATTERNS[str(rule.type)])
        if rule.type == "whole number" and kind.is_floating():
            return filled & (infinite(table[column]) | (table[column] != table[column].floor()))
        fits = {
            "number": kind.is_numeric() and not kind.is_boolean(),
            "whole number": kind.is_integer(),
            "boolean": kind.is_boolean(),
            "time": kind.is_timestamp(),
        }
        return table[column].isnull() & filled if fits.get(str(rule.type), False) else filled
