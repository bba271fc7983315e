"""The share of rows that break a rule, as one query of standard SQL, for tools that run contracts."""

import math
from datetime import datetime
from typing import Any

from components.data.condition import Clause, Condition
from components.data.missing import MISSING_SPELLINGS
from components.data.records import Expectation

SIGNS = {"at least": ">=", "at most": "<=", "above": ">", "below": "<"}


def share_broken(rule: Expectation) -> str | None:
    """Return a query for the percentage of rows that break a rule; None where standard SQL has no word for it."""
    condition = breaks(rule)
    if condition is not None:
        return f"SELECT COALESCE(100.0 * SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) / COUNT(*), 0) FROM ${{table}}"
    if rule.rule == "determines":
        keys, other = ", ".join(map(quoted, rule.columns)), quoted(rule.determined)
        filled = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in [*rule.columns, rule.determined])
        groups = f"SELECT COUNT(*) AS n, COUNT(DISTINCT {other}) AS kinds FROM ${{table}} WHERE {filled} GROUP BY {keys}"
        total = "(SELECT COUNT(*) FROM ${table})"
        return f"SELECT COALESCE(100.0 * SUM(CASE WHEN kinds > 1 THEN n ELSE 0 END) / {total}, 0) FROM ({groups}) AS broken"
    return None


def breaks(rule: Expectation) -> str | None:
    """Return a condition on the rows that break a rule, null where a cell is empty; None where it isn't one on a single row."""
    if rule.rule == "never":
        return fulfils(rule.condition)
    if rule.rule not in {"range", "length"}:
        return None
    column = quoted(rule.columns[0])
    kind = "TIMESTAMP" if isinstance(rule.low if rule.low is not None else rule.high, datetime) else "DOUBLE PRECISION"
    cell = f"LENGTH(CAST({column} AS VARCHAR))" if rule.rule == "length" else f"CAST({column} AS {kind})"
    bounds = []
    if rule.low is not None:
        bounds.append(f"{cell} < {literal(rule.low)}")
    if rule.high is not None:
        bounds.append(f"{cell} > {literal(rule.high)}")
    return " OR ".join(bounds)


def fulfils(condition: Condition) -> str | None:
    """Return a condition on rows in SQL, never null; None where there is no word for it."""
    parts = [_clause(clause) for clause in condition.clauses]
    return " AND ".join(part for part in parts if part is not None) if parts and None not in parts else None


def _clause(clause: Clause) -> str | None:
    column = quoted(clause.column)
    text = f"CAST({column} AS VARCHAR)"
    gone = f"LOWER(TRIM(COALESCE({text}, ''))) IN ({', '.join(map(_text, MISSING_SPELLINGS))})"
    values = [part.strip() for part in clause.value.split(",")] if clause.operator == "is one of" else [clause.value.strip()]
    if clause.operator in SIGNS:
        bound = _bound(values[0])
        met = bound and f"CAST({column} AS {bound[0]}) {SIGNS[clause.operator]} {bound[1]}"
    else:
        listed = ", ".join(_text(written) for value in values for written in _spelt(value))
        met = {
            "is missing": gone,
            "is filled": "1 = 1",
            "is": f"{text} IN ({listed})",
            "is one of": f"{text} IN ({listed})",
            "is not": f"{text} NOT IN ({listed})",
            "contains": f"POSITION({_text(values[0])} IN {text}) > 0",
            "begins with": f"POSITION({_text(values[0])} IN {text}) = 1",
        }.get(clause.operator)
    if met is None or clause.operator == "is missing":
        return met
    return f"(CASE WHEN {gone} THEN 0 WHEN {met} THEN 1 ELSE 0 END) = 1"


def _spelt(value: str) -> list[str]:
    """Return how a value may be written where a column is cast to text: a number with and without its point, a truth in small letters."""
    try:
        number = float(value)
    except ValueError:
        return [value, value.lower()] if value.lower() in {"true", "false"} and value != value.lower() else [value]
    whole = [str(int(number))] if math.isfinite(number) and number.is_integer() else []
    return list(dict.fromkeys([value, *whole, repr(number)]))


def _bound(value: str) -> tuple[str, str] | None:
    try:
        number = float(value)
    except ValueError:
        try:
            return "TIMESTAMP", literal(datetime.fromisoformat(value).replace(tzinfo=None))
        except ValueError:
            return None
    return ("DOUBLE PRECISION", literal(number)) if math.isfinite(number) else None


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """Return a name as SQL quotes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: Any) -> str:
    """Return a number or a time as SQL writes it."""
    if isinstance(value, datetime):
        return f"TIMESTAMP '{value:%Y-%m-%d %H:%M:%S}'"
    return repr(int(value) if float(value).is_integer() else float(value))
