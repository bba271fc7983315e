"""A table as the checks see it: its columns by type, its roles, and expressions that several checks need."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from components.data.engine import ROW

NULL_SPELLINGS = ("", "na", "n/a", "nan", "null", "none", "nil", "missing", "unknown", "?", "-", "--", ".", "#n/a")
MISSING_SPELLINGS = ("", "na", "n/a", "nan", "null", "none", "#n/a")


@dataclass(frozen=True)
class Plan:
    """Which columns have a role: the label to predict, the key of a row, the split."""

    label: str | None = None
    id: str | None = None
    split: str | None = None

    @property
    def roles(self) -> dict[str, str]:
        """The roles that were given, as role and column."""
        return {role: column for role, column in vars(self).items() if column}


class Table:
    """An Ibis table with its plan. Everything returned is an expression; nothing is computed here."""

    def __init__(self, expression: Any, plan: Plan, rows: int) -> None:
        self.expression = expression
        self.plan = plan
        self.rows = rows
        self.schema = {name: kind for name, kind in expression.schema().items() if name != ROW}

    def __getitem__(self, column: str) -> Any:
        return self.expression[column]

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
        return [name for name, kind in self.schema.items() if kind.is_numeric()]

    @cached_property
    def decimals(self) -> list[str]:
        """Columns of floating-point numbers."""
        return [name for name, kind in self.schema.items() if kind.is_floating()]

    @cached_property
    def features(self) -> list[str]:
        """Columns that describe a row: all but the label, the key and the split."""
        return [name for name in self.columns if name not in self.plan.roles.values()]

    def missing(self, column: str) -> Any:
        """Whether a cell is missing: null, not a number, or text that spells it."""
        cell = self[column]
        if column in self.text:
            return cell.isnull() | cell.strip().lower().isin(MISSING_SPELLINGS)
        if column in self.decimals:
            return cell.isnull() | cell.isnan()
        return cell.isnull()

    def count(self, condition: Any) -> Any:
        """How many rows fulfil a condition; 0 where it is null."""
        return condition.ifelse(1, 0).sum().coalesce(0)

    def where(self, condition: Any) -> Any:
        """Rows that fulfil a condition."""
        return self.expression.filter(condition)

    def groups(self, columns: list[str], **aggregates: Any) -> Any:
        """Rows grouped by columns, missing cells being equal, with how many there are as `rows`."""
        return self.expression.group_by(columns).aggregate(rows=self.expression.count(), **aggregates)

    def in_groups(self, columns: list[str], groups: Any) -> Any:
        """Rows that belong to the given groups."""
        keys = groups.select(columns).rename({f"key {number}": name for number, name in enumerate(columns)})
        same = [self[name].identical_to(keys[f"key {number}"]) for number, name in enumerate(columns)]
        return self.expression.semi_join(keys, same)
