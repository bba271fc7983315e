"""How long the text of a column may be."""

from typing import Any

from components.data.checks.rules import cells
from components.data.checks.rules.declaration import RuleCheck
from components.data.checks.table import Table
from components.data.records import Expectation


class TextLength(RuleCheck):
    """Rows whose text is shorter or longer than the team set, in characters."""

    code = "T24"
    title = "Text of another length"
    rule = "length"
    of_cells = True
    why = "A code with a digit too few, or a comment cut off at 255 characters, is damaged."

    def broken(self, table: Table, rule: Expectation) -> Any:
        """Rows whose filled cell has another length."""
        (column,) = rule.columns
        length = cells.text(table, column).length().cast("float64")
        wrong = length < (0.0 if rule.low is None else rule.low)
        return cells.present(table, column) & (wrong if rule.high is None else wrong | (length > rule.high))
