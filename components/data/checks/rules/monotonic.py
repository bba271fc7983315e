"""Values that rise (or fall) from row to row."""

from typing import Any

from components.data.checks.declaration import Counts
from components.data.checks.rules.declaration import RuleCheck
from components.data.checks.table import Table
from components.data.engine import ROW
from components.data.records import Expectation


class Monotonic(RuleCheck):
    """Rows whose value is below one that an earlier row has (above it, where the rule says that values fall)."""

    code = "T30"
    title = "Values out of order"
    rule = "monotonic"
    why = "A counter that runs backwards, or a log out of order, was merged or edited by hand."

    def broken(self, table: Table, rule: Expectation) -> Any:
        """Rows out of order."""
        import ibis

        (column,) = rule.columns
        cell = table[column]
        before = cell.min() if rule.descending else cell.max()
        earlier = before.over(ibis.window(order_by=table.expression[ROW], preceding=(None, 1)))
        if rule.strictly:
            return cell >= earlier if rule.descending else cell <= earlier
        return cell > earlier if rule.descending else cell < earlier

    def counts(self, table: Table) -> Counts:
        """Count nothing: a row is held against the earlier ones, not on its own."""
        return {}

    def rows_that_break(self, table: Table, rule: Expectation, counted: Counts) -> int:
        """Count the rows out of order."""
        marked = table.expression.select(wrong=self.broken(table, rule))
        return int(marked.aggregate(rows=marked.wrong.ifelse(1, 0).sum().coalesce(0)).to_pyarrow().column(0)[0].as_py())

    def concerned(self, table: Table, column: str) -> Any:
        """Rows out of order."""
        rule = next(rule for rule in self.rules(table) if rule.name == column)
        if self.gone(table, rule):
            return table.expression
        marked = table.expression.mutate(wrong=self.broken(table, rule))
        return marked.filter(marked.wrong).drop("wrong")
