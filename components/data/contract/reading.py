"""Rules out of a data contract of the Open Data Contract Standard 3, ours or somebody else's."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from components.data.contract import yaml_text
from components.data.contract.odcs import ENGINE, LOGICAL, OURS
from components.data.contract.prose import rule_in
from components.data.records import Expectation
from components.data.rulebook.records import Rule
from components.errors import BadInput

TYPES = {**{logical: ours for ours, logical in LOGICAL.items()}, "date": "time"}


@dataclass(frozen=True)
class Contract:
    """What a contract asks for: its name and the rules that were understood; `unread` names the rest, one line each.

    `prose` holds the rules in words, as the rulebook takes them.
    """

    name: str
    table: str
    rules: tuple[Expectation, ...]
    unread: tuple[str, ...] = field(default=())
    prose: tuple[Rule, ...] = field(default=())


def from_odcs(text: str, table: str | None = None) -> Contract:
    """Return the rules in a data contract.

    Parameters
    ----------
    text : str
        YAML of ODCS 3.
    table : str, optional
        Which table of the contract; the first by default.

    Returns
    -------
    Contract
        What `to_odcs` wrote comes back exactly. Of other contracts: required, unique and primary keys, types and their options
        (least, most, length, pattern), enumerations, the library's metrics. What isn't understood, such as SQL, is named in `unread`.

    Raises
    ------
    BadInput
        It isn't such a contract, has no such table, or can't be read safely.
    """
    document = yaml_text.read(text)
    if document.get("kind") != "DataContract" or not str(document.get("apiVersion", "")).startswith("v3"):
        raise BadInput("This isn't a data contract of ODCS 3.", "It says kind: DataContract and apiVersion: v3.…")
    tables = [one for one in _list(document.get("schema")) if isinstance(one, dict)]
    chosen = next((one for one in tables if table is None or one.get("name") == table), None)
    if chosen is None:
        raise BadInput(f"The contract has no table “{table}”." if table else "The contract has no table.", "List it under schema.")
    rules: list[Expectation] = []
    unread: list[str] = []
    for place, found in _declared(chosen):
        if isinstance(found, str):
            unread.append(f"{place}: {found}")
            continue
        try:
            rule = Expectation(**found)
        except ValidationError as error:
            unread.append(f"{place}: {str(error.errors()[0]['msg']).removeprefix('Value error, ')}")
            continue
        except TypeError:
            unread.append(f"{place}: it can't be understood")
            continue
        if rule.id not in {one.id for one in rules}:
            rules.append(rule)
    return Contract(
        str(document.get("name") or document.get("id") or ""),
        str(chosen.get("name", "")),
        tuple(rules),
        tuple(unread),
        tuple(_prose(chosen)),
    )


def _prose(table: dict[str, Any]) -> Iterator[Rule]:
    """Yield the rules in words, of the table and of its columns."""
    for part in (table, *(one for one in _list(table.get("properties")) if isinstance(one, dict))):
        for quality in _list(part.get("quality")):
            found = rule_in(quality) if isinstance(quality, dict) and quality.get("type") == "text" else None
            if found is not None:
                yield found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _declared(table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Yield each demand with its place: as the fields of a rule, or as why it isn't one."""
    for quality in _list(table.get("quality")):
        yield from _quality(str(table.get("name", "table")), None, quality)
    keys: list[tuple[int, str]] = []
    for one in _list(table.get("properties")):
        if not isinstance(one, dict) or not one.get("name"):
            yield "schema", "a property without a name"
            continue
        column = str(one["name"])
        listed = [quality for quality in _list(one.get("quality")) if isinstance(quality, dict)]
        for quality in listed:
            yield from _quality(column, column, quality)
        ours = {_ours(quality).get("rule") for quality in listed}
        yield from _property(column, one, {str(rule) for rule in ours})
        if one.get("primaryKey"):
            keys.append((int(one.get("primaryKeyPosition") or 0), column))
    if keys:
        yield "primary key", {"rule": "key", "columns": [column for _, column in sorted(keys)]}


def _ours(quality: dict[str, Any]) -> dict[str, Any]:
    for custom in _list(quality.get("customProperties")):
        if isinstance(custom, dict) and custom.get("property") == OURS and isinstance(custom.get("value"), dict):
            return dict(custom["value"])
    return {}


def _property(column: str, one: dict[str, Any], ours: set[str]) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Yield what the fields of a property ask for; what our own entry says already is not said again."""
    if one.get("required"):
        yield column, {"rule": "missing", "columns": [column]}
    if one.get("unique"):
        yield column, {"rule": "key", "columns": [column]}
    if one.get("logicalType") in TYPES and "type" not in ours:
        yield column, {"rule": "type", "columns": [column], "type": TYPES[one["logicalType"]]}
    options = one.get("logicalTypeOptions") or {}
    if not isinstance(options, dict):
        return
    for rule, low, high in (("range", "minimum", "maximum"), ("length", "minLength", "maxLength")):
        if options.get(low) is not None or options.get(high) is not None:
            yield column, {"rule": rule, "columns": [column], "low": options.get(low), "high": options.get(high)}
    if options.get("pattern"):
        yield column, {"rule": "pattern", "columns": [column], "pattern": _inner(str(options["pattern"]))}
    for name in options:
        if name not in {"minimum", "maximum", "minLength", "maxLength", "pattern"}:
            yield column, f"the option {str(name)[:60]}"


def _quality(place: str, column: str | None, quality: Any) -> Iterator[tuple[str, dict[str, Any] | str]]:
    if not isinstance(quality, dict):
        yield place, "an entry that is no mapping"
        return
    declared = _ours(quality)
    if declared:
        yield place, declared
        return
    metric, kind = quality.get("metric") or quality.get("rule"), quality.get("type", "library")
    if kind == "text":
        return
    if kind != "library" or metric is None:
        engine = "of another tool" if quality.get("engine") != ENGINE else ""
        yield place, f"a rule in {'SQL' if kind == 'sql' else str(kind)[:20]} {engine}".strip()
        return
    found = _metric(column, str(metric), quality)
    severity = "warned" if str(quality.get("severity", "")).lower().startswith(("warn", "info")) else "failed"
    yield place, found if isinstance(found, str) else {**found, "severity": severity}


def _metric(column: str | None, metric: str, quality: dict[str, Any]) -> dict[str, Any] | str:
    arguments = quality.get("arguments") if isinstance(quality.get("arguments"), dict) else {}
    assert isinstance(arguments, dict)
    if metric == "rowCount" and column is None:
        return _row_count(quality)
    allowed = _allowed(quality)
    if allowed is None:
        return f"the bound of {metric[:40]}"
    columns = [column] if column else [str(one) for one in _list(arguments.get("properties"))]
    values = [str(one) for one in _list(arguments.get("validValues")) if one is not None]
    found: dict[str, Any] = {}
    if metric == "duplicateValues":
        found = {"rule": "key"}
    elif column is not None and metric in {"nullValues", "missingValues"}:
        found = {"rule": "missing"}
    elif column is not None and metric == "invalidValues" and values:
        found = {"rule": "allowed_set", "values": values}
    elif column is not None and metric == "invalidValues" and arguments.get("pattern"):
        found = {"rule": "pattern", "pattern": _inner(str(arguments["pattern"]))}
    return {**found, "columns": columns, "allowed": allowed} if found else f"the metric {metric[:40]}"


def _row_count(quality: dict[str, Any]) -> dict[str, Any] | str:
    between = quality.get("mustBeBetween")
    if isinstance(between, list) and len(between) == 2:
        low, high = between
    elif quality.get("mustBe") is not None:
        low = high = quality["mustBe"]
    else:
        least, above = quality.get("mustBeGreaterOrEqualTo"), quality.get("mustBeGreaterThan")
        most, below = quality.get("mustBeLessOrEqualTo"), quality.get("mustBeLessThan")
        low = least if least is not None else above + 1 if isinstance(above, int) else None
        high = most if most is not None else below - 1 if isinstance(below, int) else None
    return {"rule": "row_count", "low": low, "high": high} if low is not None or high is not None else "the bound of rowCount"


def _allowed(quality: dict[str, Any]) -> float | None:
    """Return which share of the rows may break a rule; None where the bound isn't one on a share."""
    percent = str(quality.get("unit", "")).lower() in {"percent", "%"}
    most = quality.get("mustBe", quality.get("mustBeLessOrEqualTo"))
    if isinstance(most, int | float) and (percent or most == 0):
        return float(most) / 100
    below = quality.get("mustBeLessThan")
    return 0.0 if below == 1 and not percent else None


def _inner(pattern: str) -> str:
    """Return a pattern for the whole cell without the signs that say so."""
    if pattern.startswith("^(?:") and pattern.endswith(")$"):
        return pattern[4:-2]
    if pattern.startswith("^") and pattern.endswith("$") and not pattern.endswith("\\$"):
        return pattern[1:-1]
    return f"{'' if pattern.startswith('^') else '.*'}{pattern.removeprefix('^').removesuffix('$')}{'' if pattern.endswith('$') else '.*'}"
