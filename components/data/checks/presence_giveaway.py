"""Columns that are filled only once the label is known."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table, rows_where
from components.data.missing import missing_text

LEAST_ROWS = 10
MOST_CHANCE = 1e-6


class PresenceGiveaway(Check):
    """Rows whose label is known from whether a column is filled: all that are filled, or all that are empty, have the same label."""

    code = "T14"
    title = "Filled cells give the label away"
    severity = "failed"
    threshold = 0
    unit = "count"
    says = "{rows}: {note}."
    advice = "Ask who fills this column, and when; if it is only filled once the outcome is known, leave it out."
    why = "The number of a recovered body is known of the dead alone. By chance, fewer than 1 column in a million does this."

    def inapplicable(self, table: Table) -> str:
        """Ask for a label."""
        return "" if table.plan.label is not None else "No column was named as the label."

    def counts(self, table: Table) -> Counts:
        """Count the empty cells of each column that isn't text."""
        return {(name, "empty"): table.count(table[name].isnull()) for name in table.described if name not in table.text}

    def text_counts(self, table: Table, values: Any) -> dict[str, Any]:
        """Count the empty cells of a column of text."""
        return {"empty": rows_where(values, missing_text(values.value))}

    def _labels(self, table: Table, columns: list[str]) -> dict[str, Any]:
        """Take, for the filled and for the empty cells of each column, how many are labelled, and the first and last of their labels."""
        label = table[str(table.plan.label)]
        label = label if table.plan.label not in table.text else missing_text(label).ifelse(None, label)
        found: dict[str, Any] = {}
        for place, name in enumerate(columns):
            for part, condition in (("filled", ~table.missing(name)), ("empty", table.missing(name))):
                labels = condition.ifelse(label, None)
                found |= {f"{place} {part}": labels.count(), f"{place} {part} least": labels.min(), f"{place} {part} most": labels.max()}
        return found

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge each column that has filled and empty cells."""
        columns = [name for name in table.described if 0 < counted[name, "empty"] < table.rows]
        if table.classes is None or not columns:
            return
        total = sum(table.classes.values())
        found = table.expression.aggregate(**self._labels(table, columns)).to_pyarrow().to_pylist()[0]
        for place, name in enumerate(columns):
            known, note = 0, ""
            for part in ("filled", "empty"):
                rows, least, most = (found[f"{place} {part}{what}"] for what in ("", " least", " most"))
                if least == most and rows >= LEAST_ROWS and (table.classes.get(least, 0) / total) ** rows < MOST_CHANCE:
                    known += rows
                    note = f"where it is {part}, the label is always “{least}”"
            yield Finding(name, known, known, note)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows in which it is filled, then the others."""
        return table.expression.order_by([table.missing(column), table.expression.row])
