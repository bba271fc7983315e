"""What no row may be."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Counts, Finding
from components.data.checks.rules.declaration import RuleCheck, finding
from components.data.checks.table import Table
from components.data.records import Expectation
from components.errors import BadInput


class Never(RuleCheck):
    """Rows that fulfil a condition that no row may fulfil."""

    code = "T32"
    title = "Rows that should not be"
    rule = "never"
    advice = "Look at these rows: at least one of the cells that the rule names is wrong in each. Mend it at its source."
    why = "Each cell can be right by itself and wrong beside another: a wife who is male, an order delivered before it was placed."

    def counts(self, table: Table) -> Counts:
        """Count the rows that fulfil each condition that can be asked of the table."""
        rules = [rule for rule in self.rules(table) if not self.gone(table, rule) and not self._refused(table, rule)]
        return {(rule.name, "broken"): table.count(self.broken(table, rule)) for rule in rules}

    def broken(self, table: Table, rule: Expectation) -> Any:
        """Rows that fulfil the condition."""
        return rule.condition.on_engine(table.expression, table.names)

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge each rule; where its condition doesn't fit the columns, no row was looked at, and every row counts."""
        for rule in self.rules(table):
            refused = "" if self.gone(table, rule) else self._refused(table, rule)
            if refused:
                yield finding(rule, 1.0, table.rows, refused, rule.allowed)
        fit = [rule for rule in self.rules(table) if self.gone(table, rule) or not self._refused(table, rule)]
        yield from self.judged(table, fit, counted)

    def _refused(self, table: Table, rule: Expectation) -> str:
        """Return why a condition can't be asked of the columns as they are, or nothing."""
        try:
            self.broken(table, rule)
        except BadInput as error:
            return error.what.rstrip(".").replace("“", "‘").replace("”", "’")
        return ""

    def concerned(self, table: Table, column: str) -> Any:
        """Rows that fulfil the condition; every row where it can't be asked."""
        rule = next(rule for rule in self.rules(table) if rule.name == column)
        whole = self.gone(table, rule) or self._refused(table, rule)
        return table.expression if whole else table.where(self.broken(table, rule))
