"""Columns that determine another one."""

from typing import Any

from components.data.checks.declaration import Counts
from components.data.checks.rules.declaration import RuleCheck
from components.data.checks.table import Table
from components.data.records import Expectation


class Determines(RuleCheck):
    """Rows whose value is not the most frequent one among the rows that are equal in the columns that determine it."""

    code = "T31"
    title = "Columns that contradict each other"
    rule = "determines"
    advice = "Look at the rows that are equal in the other columns: most of them say what this one should hold."
    why = "A postcode lies in one town: where rows say otherwise, one of them is wrong."

    def counts(self, table: Table) -> Counts:
        """Count nothing: groups are not rows."""
        return {}

    def rows_that_break(self, table: Table, rule: Expectation, counted: Counts) -> int:
        """Count the rows with a rarer value."""
        rarer = self._rarer(table, rule)
        return int(rarer.aggregate(rows=rarer["size"].sum().coalesce(0).cast("int64")).to_pyarrow().column(0)[0].as_py())

    @staticmethod
    def _rarer(table: Table, rule: Expectation) -> Any:
        """Return the combinations in which the determined value isn't the most frequent one; of equally frequent ones, the first."""
        import ibis

        by, value = table.short(rule.columns), table.names[rule.determined]
        filled = table.expression
        for name in [*rule.columns, rule.determined]:
            filled = filled.filter(~table.missing(name, filled))
        groups = table.groups(filled, [*rule.columns, rule.determined])
        order = ibis.window(group_by=by, order_by=[groups["size"].desc(), groups[value]])
        ranked = groups.mutate(place=ibis.row_number().over(order))
        return ranked.filter(ranked.place > 0)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows with a rarer value."""
        rule = next(rule for rule in self.rules(table) if rule.name == column)
        if self.gone(table, rule):
            return table.expression
        return table.expression.semi_join(self._rarer(table, rule), table.short([*rule.columns, rule.determined]))
