"""Rules written as an Open Data Contract Standard 3 document."""

from collections.abc import Iterable, Sequence
from typing import Any

import yaml

from components import words
from components.data.contract.prose import entry
from components.data.contract.sql import share_broken
from components.data.missing import MISSING_SPELLINGS
from components.data.records import Expectation
from components.data.rule_words import sentence
from components.data.rulebook.records import Rule

VERSION = "v3.1.0"
ENGINE = "groundwork"
OURS = "groundworkRule"
DEFAULTS = Expectation.model_construct(rule="missing").model_dump()
LOGICAL = {"number": "number", "whole number": "integer", "boolean": "boolean", "time": "timestamp", "text": "string"}
DIMENSIONS = {
    "missing": "completeness",
    "key": "uniqueness",
    "row_count": "coverage",
    "freshness": "timeliness",
    "foreign_key": "consistency",
    "determines": "consistency",
    "never": "consistency",
}
SPELLINGS = sorted({word for one in MISSING_SPELLINGS for word in (one, one.upper(), one.capitalize())} | {"NaN", "N/a"})


def to_odcs(
    rules: Iterable[Expectation],
    *,
    name: str = "data",
    table: str = "data",
    columns: Sequence[str] = (),
    contract_id: str = "",
    prose: Iterable[Rule] = (),
) -> str:
    """Return rules as a data contract.

    Parameters
    ----------
    rules : iterable of Expectation
        The rules that the team set.
    name, table : str
        What the contract, and the table in it, are called.
    columns : sequence of str
        Columns to list even if no rule speaks of them.
    contract_id : str, optional
        What identifies the contract; made from its name by default.
    prose : iterable of Rule
        Rules of the rulebook, which become `text` rules.

    Returns
    -------
    str
        YAML, valid against ODCS 3.1. Each rule is one entry under `quality`: where the standard has a metric for it (missing, invalid
        and duplicate values, row count) as that; ranges, lengths and dependencies as SQL; freshness also as a service level; the rest as
        `custom`. Each entry also carries the rule as it was set, so that `from_odcs` reads back exactly the same rules.

    Examples
    --------
    >>> text = to_odcs([Expectation(rule="range", columns=["age"], low=0, high=120)])
    >>> print(text.splitlines()[0])
    apiVersion: v3.1.0
    """
    kept = list(rules)
    named = list(dict.fromkeys([*columns, *(column for rule in kept for column in [*rule.columns, rule.determined] if column)]))
    properties: dict[str, dict[str, Any]] = {column: {"name": column} for column in named}
    of_table: list[dict[str, Any]] = []
    sla: list[dict[str, Any]] = []
    for rule in kept:
        alone = len(rule.columns) == 1 and rule.rule not in {"determines", "never"}
        target = properties[rule.columns[0]].setdefault("quality", []) if alone else of_table
        target.append({**_entry(rule), **_common(rule)})
        if rule.rule == "type" and rule.allowed == 0 and rule.type is not None:
            properties[rule.columns[0]]["logicalType"] = LOGICAL[rule.type]
        if rule.rule == "freshness":
            sla.append({"property": "freshness", "value": rule.days, "unit": "d", "element": f"{table}.{rule.columns[0]}"})
    of_table += [entry(rule) for rule in prose]
    document: dict[str, Any] = {
        "apiVersion": VERSION,
        "kind": "DataContract",
        "id": contract_id or words.slug(name),
        "name": name,
        "version": "1.0.0",
        "status": "active",
        "schema": [{"name": table, "physicalType": "table", "properties": list(properties.values()), "quality": of_table}],
    }
    if sla:
        document["slaProperties"] = sla
    if not of_table:
        del document["schema"][0]["quality"]
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)


def _common(rule: Expectation) -> dict[str, Any]:
    told = rule.model_dump(mode="json")
    kept = {key: value for key, value in told.items() if key not in {"schema_version", "data_set"} and value != DEFAULTS.get(key)}
    return {
        "description": sentence(rule) + (f" – {rule.why}" if rule.why else ""),
        "dimension": DIMENSIONS.get(rule.rule, "conformity"),
        "severity": "error" if rule.severity == "failed" else "warning",
        "customProperties": [{"property": OURS, "value": {"rule": rule.rule, **kept}}],
    }


def _entry(rule: Expectation) -> dict[str, Any]:
    """Return what a tool that runs contracts is to do."""
    metric: dict[str, Any] = {}
    if rule.rule == "row_count":
        metric = {"metric": "rowCount", **_bounds(rule)}
    elif rule.rule == "missing":
        metric = {"metric": "missingValues", "arguments": {"missingValues": [None, *SPELLINGS]}, **_at_most(rule)}
    elif rule.rule == "allowed_set":
        metric = {"metric": "invalidValues", "arguments": {"validValues": plain_values(rule.values)}, **_at_most(rule)}
    elif rule.rule == "pattern":
        metric = {"metric": "invalidValues", "arguments": {"pattern": f"^(?:{rule.pattern})$"}, **_at_most(rule)}
    elif rule.rule == "key" and rule.allowed == 0:
        several = {"arguments": {"properties": rule.columns}} if len(rule.columns) > 1 else {}
        metric = {"metric": "duplicateValues", **several, "mustBe": 0}
    if metric:
        return {"type": "library", **metric}
    query = share_broken(rule)
    if query is not None:
        return {"type": "sql", "query": query, "mustBeLessOrEqualTo": _percent(rule)}
    return {"type": "custom", "engine": ENGINE, "implementation": sentence(rule)}


def _at_most(rule: Expectation) -> dict[str, Any]:
    return {"mustBeLessOrEqualTo": _percent(rule), "unit": "percent"} if rule.allowed else {"mustBe": 0}


def _percent(rule: Expectation) -> float:
    return round(100 * rule.allowed, 6)


def _bounds(rule: Expectation) -> dict[str, Any]:
    low, high = (None if one is None else int(one) for one in (rule.low, rule.high))  # type: ignore[arg-type]
    if low is not None and high is not None:
        return {"mustBeBetween": [low, high]} if low < high else {"mustBe": low}
    return {"mustBeGreaterOrEqualTo": low} if low is not None else {"mustBeLessOrEqualTo": high}


def plain_values(values: list[str]) -> list[Any]:
    """Return allowed values as numbers where all are."""
    try:
        return [int(value) if value.strip().lstrip("-").isdigit() else float(value) for value in values]
    except ValueError:
        return list(values)
