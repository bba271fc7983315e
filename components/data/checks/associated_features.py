"""Features that say the same."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from components.data.checks.declaration import Check, Counts, Finding
from components.data.checks.table import Table
from components.stats.association import correlation_ratio, cramers_v, rank_correlations

MOST_ROWS = 10_000
LEAST_ROWS = 30
MOST_CATEGORIES = 50
MOST_CATEGORICAL = 60
MOST_NUMERIC = 1000


class AssociatedFeatures(Check):
    """The strongest association of each feature with one before it, on a sample where there are many rows."""

    code = "T16"
    title = "Features that say the same"
    severity = "warned"
    threshold = 0.9
    unit = "number"
    says = "Its association with {note} is {figure}; up to {threshold} passes."
    advice = "Keep one of the two, unless you know what the other adds: importances and coefficients are shared between them at random."
    why = (
        "Above .9 two features say nearly the same. Numbers: Spearman's rank correlation; categories: Cramér's V without its bias; "
        "a number and a category: the correlation ratio η."
    )

    def inapplicable(self, table: Table) -> str:
        """Ask for two features of a table, and rows."""
        if table.plan.structured is False:
            return "Neighbouring parts of an image, a text or a sound go together by nature."
        if len(table.described) < 2:
            return "There are no two features."
        return "" if table.rows >= LEAST_ROWS else f"There are fewer than {LEAST_ROWS} rows."

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Judge each feature by the strongest of its associations."""
        numbers, categories = self._columns(table)
        order = {name: place for place, name in enumerate(table.described)}
        strongest: dict[str, tuple[float, str]] = {}

        def note(one: str, other: str, strength: float) -> None:
            earlier, later = sorted((one, other), key=order.__getitem__)
            if np.isfinite(strength) and strength > strongest.get(later, (-1.0, ""))[0]:
                strongest[later] = (strength, earlier)

        names = list(numbers)
        if len(names) > 1:
            strengths = np.abs(rank_correlations(np.column_stack(list(numbers.values()))))
            for place, name in enumerate(names[1:], start=1):
                best = int(np.nanargmax(np.append(strengths[place, :place], -1.0)))
                if best < place:
                    note(name, names[best], float(strengths[place, best]))
        kinds = list(categories)
        for place, name in enumerate(kinds):
            for other in kinds[:place]:
                note(name, other, cramers_v(categories[name], categories[other]))
            for number in names[:MOST_CATEGORICAL]:
                note(name, number, correlation_ratio(categories[name], numbers[number]))
        sampled = f", on about {MOST_ROWS:,} rows" if table.rows > MOST_ROWS else ""
        for name, (strength, other) in strongest.items():
            yield Finding(name, strength, 0, f"“{other}”{sampled}")

    @staticmethod
    def _columns(table: Table) -> tuple[dict[str, NDArray[np.float64]], dict[str, NDArray[np.int64]]]:
        """Return a sample of the features as numbers, and as numbered categories (-1 where missing)."""
        rows = table.sampled(MOST_ROWS).select(*table.short(table.described)).to_pyarrow()
        numbers: dict[str, NDArray[np.float64]] = {}
        categories: dict[str, NDArray[np.int64]] = {}
        for place, name in enumerate(table.described):
            cells, kind = rows.column(place), table.schema[name]
            if kind.is_numeric() and len(numbers) < MOST_NUMERIC:
                numbers[name] = cells.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
            elif (kind.is_string() or kind.is_boolean()) and len(categories) < MOST_CATEGORICAL:
                encoded = pc.dictionary_encode(cells).combine_chunks()
                if 2 <= len(encoded.dictionary) <= min(MOST_CATEGORIES, len(cells) // 5):
                    categories[name] = np.asarray(encoded.indices.fill_null(-1), dtype=np.int64)
        return numbers, categories

    def concerned(self, table: Table, column: str) -> Any:
        """All rows, by the feature."""
        return table.expression.order_by([table[column], table.expression.row])
