"""Rows that are nearly the same and stand in two splits."""

import math
from collections.abc import Iterator
from typing import Any

from components.data.backends import hashed, pattern
from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table, together
from components.data.engine import ROW

PART = 10_000


class NearSplitLeak(Check):
    """Rows of different splits, equal in the letters and digits of their text and to a ten-thousandth of a deviation in numbers."""

    code = "S04"
    title = "Near duplicate rows across splits"
    severity = "warned"
    threshold = 0
    unit = "count"
    says = "{rows} that nearly equal one of another split."
    advice = "Look at the pairs: where they are the same thing twice, keep them in one split."
    why = "A typing variant, a re-scan or a resized copy of a training row is remembered as well as the row itself."

    def inapplicable(self, table: Table) -> str:
        """Ask for a split, and something that can nearly be the same."""
        if table.plan.split is None:
            return "No column was named as the split."
        return "" if self._loose(table) else "There is no text and no decimal number that could be nearly the same."

    @staticmethod
    def _loose(table: Table) -> list[str]:
        return [name for name in table.described if name in table.text or name in table.decimals]

    @staticmethod
    def _marked(table: Table) -> Any:
        """Return the rows with what they roughly are, and what they exactly are, as hashes; text is made plain once for each value."""
        decimals = [name for name in table.described if name in table.decimals]
        deviations = table.aggregated({name: table.finite(name).std(how="pop") for name in decimals})
        steps = {name: deviation / PART for name, deviation in deviations.items() if deviation and math.isfinite(deviation)}
        cells = {name: (table.finite(name) / steps[name]).round() if name in steps else table[name] for name in table.described}
        texts = [name for name in table.described if name in table.text]
        split = table[str(table.plan.split)]
        exact = [hashed(table[name]) >> (place % 16) for place, name in enumerate(table.described)]
        numbers = [hashed(cell) >> (place % 16) for place, (name, cell) in enumerate(cells.items()) if name not in texts]
        split = table[str(table.plan.split)]
        exact = [hashed(table[name]) >> (place % 16) for place, name in enumerate(table.described)]
        numbers = [hashed(cell) >> (place % 16) for place, (name, cell) in enumerate(cells.items()) if name not in texts]
        rows = table.where(split.notnull()).select(
            ROW, *table.short(texts), split=split, exact=together(exact), numbers=together(numbers or [hashed(table.expression[ROW]) * 0])
        )
        for place, name in enumerate(texts):
            values = table.values(name)
            plain = values.value.lower().re_replace(pattern(values.value, r"[^\p{L}\p{N}]+"), "")
            plain = hashed(plain) >> (place % 16)
            plain = values.select(**{f"value{place}": values.value, f"plain{place}": plain})
            rows = rows.left_join(plain, rows[table.names[name]] == plain[f"value{place}"])
        rough = [rows.numbers, *(rows[f"plain{place}"].coalesce(0) for place in range(len(texts)))]
        return rows.select(ROW, "exact", "split", rough=together(rough))

    def _near(self, table: Table) -> Any:
        """Return the numbers of the rows in groups that are roughly the same, of different splits, and not exactly the same."""
        marked = table.once("near rows", lambda: self._marked(table))
        groups = marked.group_by("rough").aggregate(
            splits=marked.split.min() != marked.split.max(), kinds=marked.exact.min() != marked.exact.max()
        )
        return marked.semi_join(groups.filter(groups.splits & groups.kinds), "rough").select(ROW, "rough")

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Count such rows."""
        if not table.described:
            return
        rows = int(self._near(table).count().to_pyarrow().as_py())
        yield Finding(str(table.plan.split), rows, rows)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows of such groups, each group together."""
        near = self._near(table)
        return table.expression.join(near, ROW).order_by(["rough", ROW]).drop("rough")
