"""What the checks of the team's own rules share: one result for each rule, counted together with everything else."""

from collections.abc import Iterator
from typing import Any, ClassVar

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table, aggregated, rows_where
from components.data.records import Expectation
from components.data.rule_words import sentence

GONE = "there is no such column"


class RuleCheck(Check):
    """The rules of one sort. Subclasses say which, when a row breaks one, and whether that rests on one cell alone (`of_cells`).

    Those of a column of text are counted over its different values, which are few where rows are many.
    """

    rule: ClassVar[str]
    of_cells: ClassVar[bool] = False
    severity = "failed"
    threshold = 0.0
    each = True
    says = "The rule “{note}” is broken by {rows}, {figure} of all; up to {threshold} may."
    advice = "Mend these rows at their source, or change the rule together if it asks too much."

    def rules(self, table: Table) -> list[Expectation]:
        """Return the rules of this sort."""
        return [one for one in table.plan.expectations if one.rule == self.rule]

    def inapplicable(self, table: Table) -> str:
        """Ask for a rule."""
        return "" if self.rules(table) else "The team has set no rule of this sort."

    @staticmethod
    def gone(table: Table, rule: Expectation) -> bool:
        """Whether a column of a rule is missing."""
        return any(name not in table.schema for name in [*rule.columns, *([rule.determined] if rule.determined else [])])

    def broken(self, table: Table, rule: Expectation) -> Any:
        """Return whether a row breaks a rule."""
        raise NotImplementedError

    def counts(self, table: Table) -> Counts:
        """Count the rows that break each rule."""
        rules = [rule for rule in self.rules(table) if not self.gone(table, rule) and not self._by_value(table, rule)]
        return {(rule.name, "broken"): table.count(self.broken(table, rule)) for rule in rules}

    def _by_value(self, table: Table, rule: Expectation) -> bool:
        return self.of_cells and rule.columns[0] in table.text

    def _counted_by_value(self, table: Table) -> Counts:
        found: Counts = {}
        for group in table.text_groups:
            values = table.values_of(group)
            rules = [rule for rule in self.rules(table) if self._by_value(table, rule) and rule.columns[0] in group]
            wanted = {}
            for rule in rules:
                cells = table.over(values, rule.columns[0])
                here = values.of == group.index(rule.columns[0])
                wanted[rule.name, "broken"] = rows_where(values, here & self.broken(cells, rule))
            found.update(aggregated(values, wanted))
        return found

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge each rule."""
        yield from self.judged(table, self.rules(table), {**counted, **self._counted_by_value(table)})

    def judged(self, table: Table, rules: list[Expectation], counted: Counts) -> Iterator[Finding]:
        """Judge rules; where the column of one is gone, every row breaks it."""
        for rule in rules:
            rows = table.rows if self.gone(table, rule) else self.rows_that_break(table, rule, counted)
            yield finding(rule, rows / table.rows, rows, GONE if self.gone(table, rule) else "", rule.allowed)

    def rows_that_break(self, table: Table, rule: Expectation, counted: Counts) -> int:
        """Return how many rows break a rule."""
        return int(counted[rule.name, "broken"])

    def concerned(self, table: Table, column: str) -> Any:
        """Rows that break the rule."""
        rule = next(rule for rule in self.rules(table) if rule.name == column)
        return table.expression if self.gone(table, rule) else table.where(self.broken(table, rule))


def finding(rule: Expectation, figure: float, rows: int, note: str, threshold: float, at_least: bool = False) -> Finding:
    """Return what was found of one rule."""
    told = f"{sentence(rule)}, but {note}" if note else sentence(rule)
    return Finding(rule.name, figure, rows, told, threshold=threshold, at_least=at_least, severity=rule.severity)
