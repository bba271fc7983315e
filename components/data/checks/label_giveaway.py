"""Features that give the label away."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import SAMPLE, Table, missing_text
from components.data.engine import ROW

BINS = 20
MANY = 100


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
        """Ask for a label."""
        return "" if table.plan.label else "No column was named as the label."

    def counts(self, table: Table) -> Counts:
        """Take the range of the whole numbers."""
        whole = [name for name in table.described if name in table.numbers and name not in table.decimals]
        return {(name, what): cell for name in whole for what, cell in (("least", table[name].min()), ("most", table[name].max()))}

    @staticmethod
    def _score(table: Table, column: str, binned: bool) -> Any:
        """Count the rows that other rows with the same value (or in the same of 20 bins) label correctly by their majority."""
        import ibis

        rows = table.sample.filter(~missing_text(table.sample[table.names[str(table.plan.label)]].cast("string")))
        value: Any = rows[table.names[column]]
        if binned:
            value = value.notnull().ifelse(ibis.ntile(BINS).over(ibis.window(order_by=value)), -1)
        pairs = rows.select(value=value, label=rows[table.names[str(table.plan.label)]])
        cells = pairs.group_by(["value", "label"]).aggregate(rows=pairs.count())
        values = cells.group_by("value").aggregate(rows=cells.rows.sum(), most=cells.rows.max())
        return values.aggregate(all=values.rows.sum().coalesce(0), right=(values.most > 1).ifelse(values.most, 0).sum().coalesce(0))

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge each feature."""
        if table.classes is None:
            return
        base = max(table.classes.values()) / sum(table.classes.values())
        note = f"on about {SAMPLE:,} rows" if table.rows > SAMPLE else ""
        for name in table.described:
            wide = (counted.get((name, "most")) or 0) - (counted.get((name, "least")) or 0) >= MANY
            found = self._score(table, name, wide or name in table.decimals).to_pyarrow().to_pylist()[0]
            if found["all"]:
                score = max(0.0, (found["right"] / found["all"] - base) / max(1 - base, 1e-9))
                yield Finding(name, score, table.rows if self.beyond(score) else 0, note)

    def concerned(self, table: Table, column: str) -> Any:
        """All rows, by the feature."""
        return table.expression.order_by([table[column], ROW])
