"""How old the newest row may be."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from components.data.checks.declaration import Counts, Finding
from components.data.checks.rules import cells
from components.data.checks.rules.declaration import GONE, RuleCheck, finding
from components.data.checks.table import Table
from components.data.engine import ROW
from components.data.records import Expectation


class Freshness(RuleCheck):
    """How many days old the newest row is."""

    code = "T29"
    title = "Age of the newest row"
    rule = "freshness"
    unit = "number"
    says = "{note}."
    advice = "Fetch the newest data, or find out why the delivery stopped."
    why = "A model that is trained on last year's data learns last year's world."

    def counts(self, table: Table) -> Counts:
        """Take the newest time of each column; of text, the last in order that is a time."""
        return {(rule.name, "newest"): self._time(table, rule).max() for rule in self.rules(table) if not self.gone(table, rule)}

    @staticmethod
    def _time(table: Table, rule: Expectation) -> Any:
        (column,) = rule.columns
        if column in table.text:
            return table[column].re_search(cells.TIME).ifelse(table[column].strip(), None)
        return table[column] if table.schema[column].is_timestamp() else table[column].cast("string").nullif(table[column].cast("string"))

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge the age; where there is no time at all, it is as old as can be."""
        for rule in self.rules(table):
            newest = counted.get((rule.name, "newest"))
            moment = datetime.fromisoformat(newest) if isinstance(newest, str) else newest
            if moment is None:
                yield finding(
                    rule,
                    float(rule.days or 0) + 1,
                    table.rows,
                    GONE if self.gone(table, rule) else "it holds no time",
                    float(rule.days or 0),
                )
            else:
                age = (table.plan.now - moment.replace(tzinfo=None)).total_seconds() / 86400
                yield finding(rule, max(age, 0.0), 0, f"the newest is of {moment:%Y-%m-%d}", float(rule.days or 0))

    def concerned(self, table: Table, column: str) -> Any:
        """Rows, the newest first."""
        rule = next(rule for rule in self.rules(table) if rule.name == column)
        return (
            table.expression
            if self.gone(table, rule)
            else table.expression.order_by([self._time(table, rule).desc(nulls_first=False), ROW])
        )
