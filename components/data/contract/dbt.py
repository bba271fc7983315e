"""Rules written as tests of dbt: a schema file."""

from collections.abc import Iterable
from typing import Any

import yaml

from components.data.contract.great_expectations import bound
from components.data.contract.sql import breaks, quoted
from components.data.records import Expectation
from components.data.rule_words import sentence


def to_dbt(rules: Iterable[Expectation], name: str = "data") -> tuple[str, list[str]]:
    """Return rules as `schema.yml` of dbt (tests of dbt itself, and of the package dbt_utils where it has none), and what is lost."""
    columns: dict[str, list[Any]] = {}
    whole: list[Any] = []
    lost: list[str] = []
    for rule in rules:
        if rule.allowed:
            lost.append(f"{sentence(rule)}: dbt counts rows and no shares; written without what is allowed")
        tests = _tests(rule)
        if not tests:
            lost.append(f"{sentence(rule)}: neither dbt nor dbt_utils has such a test")
        config = {"config": {"severity": "warn"}} if rule.severity == "warned" else {}
        for column, test, arguments in tests:
            told = {**arguments, **config}
            (whole if column is None else columns.setdefault(column, [])).append({test: told} if told else test)
    model: dict[str, Any] = {"name": name}
    if whole:
        model["tests"] = whole
    model["columns"] = [{"name": column, "quote": True, "tests": tests} for column, tests in columns.items()]
    return yaml.safe_dump({"version": 2, "models": [model]}, sort_keys=False, allow_unicode=True), lost


def _tests(rule: Expectation) -> list[tuple[str | None, str, dict[str, Any]]]:
    column = rule.columns[0] if rule.columns else None
    low, high = bound(rule.low), bound(rule.high)
    bounds = {key: value for key, value in (("min_value", low), ("max_value", high)) if value is not None}
    if rule.rule == "key":
        filled: list[tuple[str | None, str, dict[str, Any]]] = [(one, "not_null", {}) for one in rule.columns]
        if len(rule.columns) == 1:
            return [(column, "unique", {}), *filled]
        return [(None, "dbt_utils.unique_combination_of_columns", {"combination_of_columns": rule.columns, "quote_columns": True}), *filled]
    in_numbers = rule.rule == "range" and not isinstance(low, str) and not isinstance(high, str)
    condition = None if in_numbers else breaks(rule)
    if condition is not None:
        return [(None, "dbt_utils.expression_is_true", {"expression": f"NOT COALESCE({condition}, FALSE)"})]
    written: dict[str, tuple[str | None, str, dict[str, Any]]] = {
        "missing": (column, "not_null", {}),
        "allowed_set": (column, "accepted_values", {"values": rule.values, "quote": True}),
        "freshness": (None, "dbt_utils.recency", {"datepart": "day", "field": quoted(column or ""), "interval": rule.days}),
        "range": (column, "dbt_utils.accepted_range", bounds),
    }
    return [written[rule.rule]] if rule.rule in written else []
