"""More than one spelling of the same word."""

from collections.abc import Iterator
from typing import Any

from components.data.backends import pattern
from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table
from components.data.missing import missing_text

NUMBER = r"^\s*[+-]?[0-9.,]*[0-9][0-9.,]*([eE][+-]?[0-9]+)?\s*$"


class SpellingVariants(Check):
    """Rows whose spelling is not the most frequent one among those with the same letters and digits."""

    code = "T05"
    title = "Spelling variants"
    severity = "warned"
    threshold = 0
    unit = "count"
    says = "{rows} with a rarer spelling, such as {note}."
    advice = "Choose one spelling for each value and write it everywhere."
    why = "“New York”, “new york” and “New-York” are one value to people and three to a model."

    def inapplicable(self, table: Table) -> str:
        """Only text is spelt."""
        return "" if table.text else "There is no column of text."

    @staticmethod
    def _variants(values: Any) -> Any:
        """Return each spelling with its base form and rank; only where a base form has several, and never of numbers."""
        import ibis

        cell = values.value
        only_letters = cell.lower().re_replace(pattern(cell, r"[^\p{L}\p{N}]+"), "")
        only_digits = cell.re_replace(r"[^0-9]+", " ").strip()
        base = cell.re_search(pattern(cell, r"\p{L}")).ifelse(only_letters, only_digits)
        words = values.filter(~missing_text(cell) & ~cell.re_search(NUMBER)).mutate(base=base)
        words = words.filter(words.base != "")
        same = [words[name] for name in ("of", "base") if name in words.columns]
        ranked = words.mutate(
            spellings=words.value.count().over(ibis.window(group_by=same)),
            rank=ibis.row_number().over(ibis.window(group_by=same, order_by=[words.rows.desc(), words.value])),
        )
        return ranked.filter(ranked.spellings > 1)

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Count, in each column, the rows with a rarer spelling."""
        for group in table.text_groups:
            variants = self._variants(table.values_of(group))
            rarer = variants.filter(variants["rank"] > 0).group_by("of").aggregate(rows=lambda rows: rows.rows.sum().cast("int64"))
            numbers = {row["of"]: row["rows"] for row in rarer.to_pyarrow().to_pylist()}
            for place, name in enumerate(group):
                number, example = numbers.get(place, 0), ""
                if number:
                    first = variants.filter(variants.of == place).order_by(["base", "rank"]).limit(2)
                    example = " / ".join(f"“{spelling[:60]}”" for spelling in first.to_pyarrow().column("value").to_pylist())
                yield Finding(name, number, number, example)

    def concerned(self, table: Table, column: str) -> Any:
        """Rows with a rarer spelling."""
        variants = self._variants(table.values(column))
        rarer = variants.filter(variants["rank"] > 0).select(spelling=variants.value)
        return table.expression.semi_join(rarer, table[column] == rarer.spelling)
