"""The key of a row, of one column or several."""

import functools
from typing import Any

from components.data.checks.declaration import Counts
from components.data.checks.rules.declaration import RuleCheck
from components.data.checks.table import Table
from components.data.records import Expectation


class UniqueKey(RuleCheck):
    """Rows whose key, one column or several together, an earlier row has, or which is missing in part."""

    code = "T26"
    title = "Rows that share their key"
    rule = "key"
    why = "Two rows with one key make joins multiply and let one thing be in training and test at once."

    def counts(self, table: Table) -> Counts:
        """Count nothing: groups are not rows."""
        return {}

    def rows_that_break(self, table: Table, rule: Expectation, counted: Counts) -> int:
        """Count the rows beyond the first of each key, and those whose key is missing in part."""
        groups = table.groups(table.expression, rule.columns)
        whole = _whole(groups, table, rule)
        rows = whole.ifelse(groups["size"] - 1, groups["size"]).sum().coalesce(0).cast("int64")
        return int(groups.aggregate(rows=rows).to_pyarrow().column(0)[0].as_py())

    def concerned(self, table: Table, column: str) -> Any:
        """Rows whose key is shared or missing in part, those with the same key together."""
        rule = next(rule for rule in self.rules(table) if rule.name == column)
        if self.gone(table, rule):
            return table.expression
        missing = (~_whole(table.expression, table, rule)).ifelse(1, 0).max() == 1
        return table.in_groups(table.expression, rule.columns, (table.expression.count() > 1) | missing)


def _whole(rows: Any, table: Table, rule: Expectation) -> Any:
    """Whether every part of a key is filled."""
    return functools.reduce(lambda one, other: one & other, (~table.missing(name, rows) for name in rule.columns))
