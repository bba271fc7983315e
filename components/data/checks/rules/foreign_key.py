"""Values that another data set must hold."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Counts, Finding
from components.data.checks.rules import cells
from components.data.checks.rules.declaration import GONE, RuleCheck, finding
from components.data.checks.table import Table
from components.data.records import Expectation


class ForeignKey(RuleCheck):
    """Rows whose cell is none of the values of a column of another data set."""

    code = "T27"
    title = "Values without a partner"
    rule = "foreign_key"
    why = "A customer number that no customer has makes rows vanish in a join."

    def inapplicable(self, table: Table) -> str:
        """Ask for a rule, and for the values that it refers to."""
        known = [rule for rule in self.rules(table) if (rule.reference, rule.reference_column) in table.plan.references]
        return super().inapplicable(table) or ("" if known else "The data set that the rule refers to isn't here.")

    def broken(self, table: Table, rule: Expectation) -> Any:
        """Rows whose filled cell has no partner there."""
        (column,) = rule.columns
        there = table.reference(rule.reference, rule.reference_column)
        return cells.present(table, column) & ~cells.text(table, column).isin(there.value)

    def counts(self, table: Table) -> Counts:
        """Count nothing: the values of another table are not rows of this one."""
        return {}

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the rules whose values are here."""
        for rule in self.rules(table):
            if (rule.reference, rule.reference_column) in table.plan.references:
                gone = self.gone(table, rule)
                rows = table.rows if gone else int(table.where(self.broken(table, rule)).count().to_pyarrow().as_py())
                yield finding(rule, rows / table.rows, rows, GONE if gone else "", rule.allowed)
