"""The share of rows that break a rule, as one query of standard SQL, for tools that run contracts."""

from datetime import datetime
from typing import Any

from components.data.records import Expectation


def share_broken(rule: Expectation) -> str | None:
    """Return a query for the percentage of rows that break a rule; None where standard SQL has no word for it."""
    condition = _breaks(rule)
    if condition is not None:
        return f"SELECT COALESCE(100.0 * SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) / COUNT(*), 0) FROM ${{table}}"
    if rule.rule == "determines":
        keys, other = ", ".join(map(quoted, rule.columns)), quoted(rule.determined)
        filled = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in [*rule.columns, rule.determined])
        groups = f"SELECT COUNT(*) AS n, COUNT(DISTINCT {other}) AS kinds FROM ${{table}} WHERE {filled} GROUP BY {keys}"
        total = "(SELECT COUNT(*) FROM ${table})"
        return f"SELECT COALESCE(100.0 * SUM(CASE WHEN kinds > 1 THEN n ELSE 0 END) / {total}, 0) FROM ({groups}) AS broken"
    return None


def _breaks(rule: Expectation) -> str | None:
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


def quoted(name: str) -> str:
    """Return a name as SQL quotes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: Any) -> str:
    """Return a number or a time as SQL writes it."""
    if isinstance(value, datetime):
        return f"TIMESTAMP '{value:%Y-%m-%d %H:%M:%S}'"
    return repr(int(value) if float(value).is_integer() else float(value))
