"""The labels that the team agreed on."""

from typing import Any

from components.data.checks.rules.allowed_set import outside_the_set
from components.data.checks.rules.declaration import RuleCheck
from components.data.checks.table import Table
from components.data.records import Expectation


class AgreedLabels(RuleCheck):
    """Rows whose label is none of those that the team agreed on."""

    code = "L05"
    title = "Labels outside the agreed set"
    rule = "allowed_set"
    of_cells = True
    advice = "Judge these rows again with the rulebook; if the label is meant, agree on it and add it to the set."
    why = "A label that nobody agreed on is a slip of the keyboard, or a case that the rulebook lacks."

    def rules(self, table: Table) -> list[Expectation]:
        """Return the rules on the label."""
        return [one for one in super().rules(table) if one.columns == [table.plan.label]]

    def broken(self, table: Table, rule: Expectation) -> Any:
        """Rows whose filled label is none of them."""
        return outside_the_set(table, rule)
