"""Rules written as a suite of Great Expectations."""

import json
from collections.abc import Iterable
from typing import Any

from components.data.contract.odcs import plain_values
from components.data.records import Expectation
from components.data.rule_words import sentence

TYPES = {
    "number": ["int64", "float64", "INTEGER", "BIGINT", "DOUBLE"],
    "whole number": ["int64", "INTEGER", "BIGINT"],
    "boolean": ["bool", "BOOLEAN"],
    "time": ["datetime64[ns]", "datetime64[us]", "TIMESTAMP"],
    "text": ["str", "object", "VARCHAR", "TEXT"],
}


def to_great_expectations(rules: Iterable[Expectation], name: str = "data") -> tuple[str, list[str]]:
    """Return rules as a suite (JSON, Great Expectations 1), and what it could not express, one line each."""
    made: list[dict[str, Any]] = []
    lost: list[str] = []
    for rule in rules:
        found = _expectations(rule)
        if not found:
            lost.append(f"{sentence(rule)}: Great Expectations has no such expectation")
        for kind, arguments in found:
            tolerant = kind not in {"expect_table_row_count_to_be_between", "expect_column_values_to_be_in_type_list"}
            mostly = {"mostly": 1 - rule.allowed} if rule.allowed and tolerant else {}
            severity = "critical" if rule.severity == "failed" else "warning"
            made.append({"type": kind, "kwargs": {**arguments, **mostly}, "severity": severity, "meta": {"notes": sentence(rule)}})
    return json.dumps({"name": name, "expectations": made}, ensure_ascii=False, indent=2), lost


def _expectations(rule: Expectation) -> list[tuple[str, dict[str, Any]]]:
    one = {"column": rule.columns[0]} if rule.columns else {}
    bounds = {"min_value": bound(rule.low), "max_value": bound(rule.high)}
    if rule.rule == "key":
        filled = [("expect_column_values_to_not_be_null", {"column": column}) for column in rule.columns]
        if len(rule.columns) == 1:
            return [("expect_column_values_to_be_unique", one), *filled]
        return [("expect_compound_columns_to_be_unique", {"column_list": rule.columns}), *filled]
    order = "decreasing" if rule.descending else "increasing"
    written: dict[str, tuple[str, dict[str, Any]]] = {
        "type": ("expect_column_values_to_be_in_type_list", {**one, "type_list": TYPES.get(rule.type or "", [])}),
        "range": ("expect_column_values_to_be_between", {**one, **bounds}),
        "length": ("expect_column_value_lengths_to_be_between", {**one, **bounds}),
        "pattern": ("expect_column_values_to_match_regex", {**one, "regex": f"^(?:{rule.pattern})$"}),
        "allowed_set": ("expect_column_values_to_be_in_set", {**one, "value_set": plain_values(rule.values)}),
        "missing": ("expect_column_values_to_not_be_null", one),
        "row_count": ("expect_table_row_count_to_be_between", bounds),
        "monotonic": (f"expect_column_values_to_be_{order}", {**one, "strictly": rule.strictly}),
    }
    return [written[rule.rule]] if rule.rule in written else []


def bound(value: Any) -> Any:
    """Return a bound as text files hold it: whole numbers without a point, times in ISO form."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value.isoformat()
