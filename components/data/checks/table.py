"""A table as the checks see it: its columns by type, its roles, and expressions that several checks need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar

from components.data.backends import hashed
from components.data.description import LONG_TEXT, looks_like_key
from components.data.engine import ROW
from components.data.missing import MISSING_SPELLINGS, infinite, missing_text
from components.data.records import Expectation, ImportantCase

NULL_SPELLINGS = (*MISSING_SPELLINGS, "unknown", "empty")
MOST_NUMERIC_CLASSES = 30
SAMPLE = 100_000
Key = TypeVar("Key")
TRAINING = ("train", "training")
CELLS_TOGETHER = 20_000_000
MOST_COLUMNS_TOGETHER = 25
"""Columns of text that are read in one go, however few rows there are."""


@dataclass(frozen=True)
class Plan:
    """What to check a table for, beside its content.

    Attributes
    ----------
    label, id, split, group, time : str, optional
        Columns with a role: the label to predict, the key of a row, the split, what belongs together (a person, a session), the time.
    expectations : tuple of Expectation
        The rules that the team set.
    cases : tuple of ImportantCase
        The cases that the data have to cover.
    thresholds : mapping of code to number
        Thresholds that the team set in place of the defaults.
    references : mapping of (table, column) to an Arrow array
        The values that a foreign key may hold.
    today : datetime, optional
        What freshness is measured against; now by default.
    structured : bool, optional
        Whether the data are a table (True) rather than images, text or sound (False); decides which checks apply, and the advice.
    """

    label: str | None = None
    id: str | None = None
    split: str | None = None
    group: str | None = None
    time: str | None = None
    expectations: tuple[Expectation, ...] = ()
    cases: tuple[ImportantCase, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    references: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    today: datetime | None = None
    structured: bool | None = None

    @property
    def roles(self) -> dict[str, str]:
        """The roles that were given, as role and column."""
        roles = {"label": self.label, "key": self.id, "split": self.split, "group": self.group, "time": self.time}
        return {role: column for role, column in roles.items() if column is not None}

    @property
    def now(self) -> datetime:
        """What freshness is measured against, in UTC."""
        return self.today or datetime.now(UTC).replace(tzinfo=None)


class Table:
    """An Ibis table with its plan. What is returned are expressions; the cached ones are computed once, where a check needs them.

    `names` gives the name in the engine of each column, `properties` of what was measured of each image, text or recording; `cells` is the
    Arrow table where it lies in memory.
    """

    def __init__(
        self,
        expression: Any,
        names: dict[str, str],
        plan: Plan,
        rows: int,
        properties: Mapping[str, str] | None = None,
        cells: Any = None,
    ) -> None:
        self.expression = expression
        self.cells = cells
        self.names = names
        self.plan = plan
        self.rows = rows
        self.properties = dict(properties or {})
        self._made: dict[str, Any] = {}
        self._kept = 0
        kinds = expression.schema()
        self.schema = {name: kinds[short] for name, short in names.items()}

    def __getitem__(self, column: str) -> Any:
        return self.expression[self.names[column]]

    def _keep(self, expression: Any) -> Any:
        """Compute an expression once and return it as a table of its own."""
        self._kept += 1
        return self.expression.get_backend().create_table(f"kept{self._kept}", expression)

    def short(self, columns: list[str]) -> list[str]:
        """Return the names of columns in the engine."""
        return [self.names[column] for column in columns]

    @cached_property
    def columns(self) -> list[str]:
        """All columns of the data."""
        return list(self.schema)

    @cached_property
    def text(self) -> list[str]:
        """Columns of text."""
        return [name for name, kind in self.schema.items() if kind.is_string()]

    @cached_property
    def numbers(self) -> list[str]:
        """Columns of numbers."""
        return [name for name, kind in self.schema.items() if kind.is_numeric() and not kind.is_boolean()]

    @cached_property
    def decimals(self) -> list[str]:
        """Columns of floating-point numbers."""
        return [name for name, kind in self.schema.items() if kind.is_floating()]

    @cached_property
    def features(self) -> list[str]:
        """Columns that describe a row: all but the label, the key and the split."""
        return [name for name in self.columns if name not in {self.plan.label, self.plan.id, self.plan.split}]

    @cached_property
    def described(self) -> list[str]:
        """Features that two rows can share: not what is called like a key, and is one, since it differs in every row."""
        named = [name for name in self.features if looks_like_key(name) and name not in self.decimals]
        if self.plan.id is not None or self.rows < 2:
            return self.features
        distinct = self.aggregated({name: self[name].nunique() for name in named})
        return [name for name in self.features if distinct.get(name) != self.rows]

    def aggregated(self, expressions: dict[str, Any]) -> dict[str, Any]:
        """Compute aggregates by name."""
        return aggregated(self.expression, expressions)

    def over(self, values: Any, column: str) -> "Table":
        """Return the different values of a column of text, as `values` gives them, as a table of that column."""
        return Table(values, {column: "value"}, self.plan, self.rows)

    @cached_property
    def twins(self) -> Any:
        """Rows that may be equal to another one in every described feature: all such, and a few whose hash collides by chance."""
        if not self.described:
            return self.expression
        hashes = [hashed(self[name]) >> (place % 16) for place, name in enumerate(self.described)]
        marked = self._keep(self.expression.select(ROW, hash=together(hashes)))
        shared = marked.group_by("hash").aggregate(rows=marked.count())
        rows = marked.semi_join(shared.filter(shared.rows > 1), "hash").select(ROW)
        return self._keep(self.expression.semi_join(rows, ROW))

    def once(self, key: str, make: Callable[[], Any]) -> Any:
        """Return a table that several steps need, computed once under its key."""
        if key not in self._made:
            self._made[key] = self._keep(make())
        return self._made[key]

    @cached_property
    def text_groups(self) -> list[tuple[str, ...]]:
        """The columns of text in groups that are read in one go."""
        size = min(max(CELLS_TOGETHER // max(self.rows, 1), 1), MOST_COLUMNS_TOGETHER)
        return [tuple(self.text[start : start + size]) for start in range(0, len(self.text), size)]

    def values_of(self, group: tuple[str, ...]) -> Any:
        """Return the different values of a group of `text_groups`: `of` is the place of the column in it, the rest as in `values`."""
        import ibis

        parts = []
        for place, column in enumerate(group):
            counted = self.expression.group_by(self[column].name("value")).aggregate(rows=self.expression.count())
            parts.append(counted.select("value", "rows", of=ibis.literal(place, "int64")))
        return self.once(f"values of {group}", lambda: ibis.union(*parts) if len(parts) > 1 else parts[0])

    def values(self, column: str) -> Any:
        """Return the different values of a column (`value`, null being one) with the number of rows that hold each (`rows`)."""
        if column in self.text:
            group = next(group for group in self.text_groups if column in group)
            values = self.values_of(group)
            return values.filter(values.of == group.index(column)).select("value", "rows")
        grouped = self.expression.group_by(self[column].name("value")).aggregate(rows=self.expression.count())
        return self.once(f"values of {column}", lambda: grouped)

    def measured(self, name: str) -> Any:
        """Return what was measured of each item."""
        return self.expression[self.properties[name]]

    @cached_property
    def prose(self) -> list[str]:
        """Columns of long text, where the data are not a table of numbers and categories."""
        if self.plan.structured is not False:
            return []
        names = [name for name in self.text if name in self.described]
        lengths = self.aggregated({name: self[name].length().cast("float64").mean() for name in names})
        return [name for name in names if (lengths[name] or 0) >= LONG_TEXT]

    def same(self, cell: Any, condition: Callable[[Any], Any] | None = None) -> Any:
        """Rows that share the value of an expression with another row (and whose group fulfils a condition), together."""
        rows = self.expression.mutate(shared=cell)
        shared = rows.count() > 1 if condition is None else condition(rows)
        kept = rows.mutate(kept=shared.over(group_by="shared")).filter(rows.shared.notnull())
        return kept.filter(kept.kept).order_by(["shared", ROW]).drop("shared", "kept")

    def distinct(self, column: str) -> int:
        """Return how many different values a column has, missing being none."""
        return int(self.aggregated({column: self[column].nunique()})[column])

    def reference(self, name: str, column: str) -> Any:
        """Return the values of another table that a foreign key refers to, as text in the column `value`."""
        import ibis
        import pyarrow as pa

        cells = self.plan.references[name, column].cast(pa.string()).unique().drop_null()
        return self.once(f"values {name} {column}", lambda: ibis.memtable(pa.table({"value": cells})))

    @cached_property
    def time(self) -> str | None:
        """The column that says when: the one that was named, or the only one of times."""
        times = [name for name, kind in self.schema.items() if kind.is_timestamp()]
        if self.plan.time is not None:
            return self.plan.time if self.plan.time in times else None
        return times[0] if len(times) == 1 else None

    @cached_property
    def training(self) -> Any:
        """Name of the split to train on: the one called train, else the largest; None where there are not two splits."""
        splits = self.values(str(self.plan.split))
        found = splits.filter(splits.value.notnull()).order_by([splits.rows.desc(), splits.value]).limit(1000).to_pyarrow()
        names = found.column("value").to_pylist()
        if len(names) < 2:
            return None
        return next((name for name in names if str(name).strip().lower() in TRAINING), names[0])

    def sampled(self, most: int) -> Any:
        """Return at most about `most` rows, the same each time."""
        if self.rows <= most:
            return self.expression
        step = -(-self.rows // most)
        rows = self.sample if most <= SAMPLE else self.expression
        return rows.filter(_spread(rows[ROW]) % step == 0)

    @cached_property
    def sample(self) -> Any:
        """Up to about 100,000 rows, the same each time."""
        if self.rows <= SAMPLE:
            return self.expression
        step = -(-self.rows // SAMPLE)
        return self._keep(self.expression.filter(_spread(self.expression[ROW]) % step == 0))

    @cached_property
    def classes(self) -> dict[Any, int] | None:
        """Number of rows of each class of the label; None where the label is a quantity, or every row has its own."""
        label = str(self.plan.label)
        values = self.values(label)
        values = values.filter(values.value.notnull())
        most = MOST_NUMERIC_CLASSES if label in self.numbers else 1000
        found = values.order_by(values.rows.desc(), values.value).limit(most + 1).to_pyarrow()
        counts = dict(zip(found.column("value").to_pylist(), found.column("rows").to_pylist(), strict=True))
        if label in self.text:
            counts = {value: rows for value, rows in counts.items() if value.strip().lower() not in MISSING_SPELLINGS}
        fractional = any(
            isinstance(value, float) and value != round(value) for value in counts if value not in {float("inf"), -float("inf")}
        )
        quantity = fractional and len(counts) > 10
        return None if quantity or not 2 <= len(counts) <= min(most, self.rows - 1) else counts

    def finite(self, column: str) -> Any:
        """Return the numbers of a column as floats, infinite ones being missing."""
        cell = self[column].cast("float64")
        return infinite(cell).ifelse(None, cell) if column in self.decimals else cell

    def missing(self, column: str, rows: Any = None) -> Any:
        """Whether a cell is missing (null, or text that spells it), in the table or in `rows` of it."""
        cell = (self.expression if rows is None else rows)[self.names[column]]
        return missing_text(cell) if column in self.text else cell.isnull()

    def count(self, condition: Any) -> Any:
        """How many rows fulfil a condition; 0 where it is null."""
        return condition.ifelse(1, 0).sum().coalesce(0)

    def where(self, condition: Any) -> Any:
        """Rows that fulfil a condition."""
        return self.expression.filter(condition)

    def groups(self, rows: Any, columns: list[str], **aggregates: Any) -> Any:
        """Return groups of rows that are equal in columns, missing cells being equal, with how many rows each has as `size`."""
        return rows.group_by(self.short(columns)).aggregate(size=rows.count(), **aggregates)

    def in_groups(self, rows: Any, columns: list[str], condition: Any) -> Any:
        """Rows whose group, equal in the columns, fulfils a condition on aggregates; each group together."""
        short = self.short(columns)
        kept = rows.mutate(kept=condition.over(group_by=short))
        return kept.filter(kept.kept).drop("kept").order_by([*short, ROW])


def _spread(row: Any) -> Any:
    """Return a number that is spread over the rows without pattern, the same in every engine."""
    return row * 2_654_435_761 % 4_294_967_296 // 65_536


def together(hashes: list[Any]) -> Any:
    """Return the hash of many; folded in pairs, since the engine refuses deeply nested expressions."""
    while len(hashes) > 1:
        pairs = [left ^ right for left, right in zip(hashes[::2], hashes[1::2], strict=False)]
        hashes = [*pairs, *hashes[2 * len(pairs) :]]
    return hashes[0]


def aggregated(rows: Any, expressions: Mapping[Key, Any]) -> dict[Key, Any]:
    """Compute aggregates over rows by name."""
    if not expressions:
        return {}
    found = rows.aggregate(**{f"a{place}": one for place, one in enumerate(expressions.values())}).to_pyarrow()
    return {name: found.column(place)[0].as_py() for place, name in enumerate(expressions)}


def rows_where(values: Any, condition: Any) -> Any:
    """How many rows hold one of the values that fulfil a condition."""
    return condition.ifelse(values.rows, 0).sum().coalesce(0).cast("int64")
