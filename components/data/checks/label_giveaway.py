"""Features that give the label away."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table

BINS = 20
MOST_CLASSES = 100


class LabelGiveaway(Check):
    """How much of the error of guessing the most frequent label one feature alone removes, other rows deciding for each row."""

    code = "T13"
    title = "Feature that gives the label away"
    severity = "failed"
    threshold = 0.8
    unit = "number"
    advice = "Ask whether the feature is known before the label; if it is written afterwards, leave it out."
    why = "A feature that is only known once the outcome is makes every figure on the test set too good, and isn't there in use."

    def inapplicable(self, table: Table) -> str:
        """Ask for a label with few classes."""
        return "" if table.plan.label else "No column was named as the label."

    def counts(self, table: Table) -> dict[str, Any]:
        """Count the classes and the different values of the features."""
        found = {f"{name}\0distinct": table[name].nunique() for name in table.features}
        return {**found, "classes": table[str(table.plan.label)].nunique()}

    @staticmethod
    def _score(table: Table, column: str, distinct: int) -> Any:
        """Count the rows that other rows with the same value (or in the same of 20 bins) label correctly by their majority."""
        import ibis

        value: Any = table[column]
        if column in table.numbers and distinct > BINS * 5:
            value = value.notnull().ifelse(ibis.ntile(BINS).over(ibis.window(order_by=value)), -1)
        pairs = table.expression.select(value=value, label=table[str(table.plan.label)])
        pairs = pairs.filter(pairs.label.notnull())
        cells = pairs.group_by(["value", "label"]).aggregate(rows=lambda t: t.count())
        values = cells.group_by("value").aggregate(rows=cells.rows.sum(), most=cells.rows.max())
        known = values.filter(values.most > 1)
        return known.aggregate(right=known.most.sum().coalesce(0))

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Judge each feature."""
        if not 2 <= counted["classes"] <= MOST_CLASSES:
            return
        label = table[str(table.plan.label)]
        classes = table.expression.filter(label.notnull()).group_by(label.name("label")).aggregate(rows=lambda t: t.count()).to_pandas()
        total, base = int(classes["rows"].sum()), int(classes["rows"].max())
        for name in table.features:
            distinct = counted[f"{name}\0distinct"]
            if not 1 <= distinct < total:
                continue
            right = float(self._score(table, name, distinct).to_pandas()["right"].iloc[0])
            score = max(0.0, (right - base) / max(total - base, 1))
            yield Finding(name, score, table.rows if self.beyond(score) else 0)

    def concerned(self, table: Table, column: str) -> Any:
        """All rows, by the feature."""
        return table.expression.order_by(table[column])
