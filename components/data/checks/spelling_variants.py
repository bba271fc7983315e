"""More than one spelling of the same word."""

from collections.abc import Iterator
from typing import Any

from components.data.checks.declaration import Check, Finding
from components.data.checks.table import Table

BASE = "base form"


class SpellingVariants(Check):
    """Rows whose spelling is not the most frequent one among those with the same letters and digits."""

    code = "T05"
    title = "Spelling variants"
    severity = "warned"
    threshold = 0
    unit = "count"
    advice = "Choose one spelling for each value and write it everywhere."
    why = "“New York”, “new york” and “New-York” are one value to people and three to a model."

    def inapplicable(self, table: Table) -> str:
        """Only text is spelt."""
        return "" if table.text else "There is no column of text."

    @staticmethod
    def _variants(table: Table, column: str) -> Any:
        """Return each spelling with its base form and how often it occurs; only where a base form has several."""
        import ibis

        cell = table[column]
        base = cell.lower().re_replace(r"[^\p{L}\p{N}]+", "")
        present = table.expression.filter(cell.notnull()).select(spelling=cell, base=base)
        counted = present.filter(present.base != "").group_by(["base", "spelling"]).aggregate(rows=lambda t: t.count())
        window = ibis.window(group_by=counted.base)
        ranked = counted.mutate(
            spellings=counted.spelling.count().over(window),
            rank=ibis.row_number().over(ibis.window(group_by=counted.base, order_by=[counted.rows.desc(), counted.spelling])),
        )
        return ranked.filter(ranked.spellings > 1)

    def judge(self, table: Table, counted: dict[str, Any]) -> Iterator[Finding]:
        """Count, in each column, the rows with a rarer spelling."""
        for name in table.text:
            variants = self._variants(table, name)
            found = variants.order_by([variants.base, variants.rank]).limit(2000).to_pandas()
            rarer = found[found["rank"] > 0]
            example = ""
            if len(rarer):
                spellings = found.loc[found["base"] == rarer["base"].iloc[0], "spelling"]
                example = " / ".join(f"“{spelling}”" for spelling in spellings.head(3))
            rows = int(rarer["rows"].sum())
            yield Finding(name, rows, rows, example)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows with a rarer spelling."""
        variants = self._variants(table, column)
        rarer = variants.filter(variants["rank"] > 0).select("spelling")
        return table.expression.semi_join(rarer, table[column] == rarer.spelling)
