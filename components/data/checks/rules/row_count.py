"""How many rows there should be."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Counts, Finding
from components.data.checks.rules.declaration import RuleCheck, finding
from components.data.checks.table import Table


class RowCount(RuleCheck):
    """The number of rows, where the team set how many there should be."""

    code = "T28"
    title = "Number of rows"
    rule = "row_count"
    unit = "count"
    says = "{note}."
    advice = "Look whether the delivery is complete and came once; change the rule if the data grew."
    why = "Half a delivery, or the same one twice, looks like any other table to a program."

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the number against the bound that it is beyond, or the nearer one."""
        for rule in self.rules(table):
            low, high = (None if one is None else float(one) for one in (rule.low, rule.high))  # type: ignore[arg-type]
            too_few = low is not None and (high is None or table.rows < low)
            bound = low if too_few else high
            yield finding(rule, table.rows, 0, f"there are {table.rows:,}", float(bound or 0), at_least=too_few)

    def counts(self, table: Table) -> Counts:
        """Count nothing: the number is known."""
        return {}

    def concerned(self, table: Table, column: str) -> Any:
        """All rows."""
        return table.expression
