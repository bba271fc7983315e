"""Rules written as a schema of Pandera: a Python file."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from components.data.contract.great_expectations import bound
from components.data.contract.odcs import plain_values
from components.data.records import Expectation
from components.data.rule_words import sentence

TYPES = {"number": "float", "whole number": "int", "boolean": "bool", "time": "datetime64[ns]", "text": "str"}


@dataclass
class _Column:
    """What is written of one column."""

    checks: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=lambda: {"nullable": "True"})


def to_pandera(rules: Iterable[Expectation], name: str = "data") -> tuple[str, list[str]]:
    """Return rules as a Python file that declares `schema`, and what it could not express, one line each.

    Names and values stand there as Python literals only, so that none of them can be code.
    """
    columns: dict[str, _Column] = {}
    whole: list[str] = []
    unique: list[list[str]] = []
    lost: list[str] = []
    for rule in rules:
        told = [columns.setdefault(column, _Column()) for column in rule.columns]
        check = _check(rule)
        if rule.allowed:
            lost.append(f"{sentence(rule)}: Pandera allows no share of rows to break a rule; written without it")
        if rule.rule == "row_count":
            whole.append(str(check))
        elif check is not None:
            told[0].checks.append(check)
        elif rule.rule in {"key", "missing"}:
            for one in told:
                one.options["nullable"] = "False"
            if rule.rule == "key" and len(told) == 1:
                told[0].options["unique"] = "True"
            elif rule.rule == "key":
                unique.append(rule.columns)
        elif rule.rule == "type" and rule.type:
            told[0].options["dtype"] = repr(TYPES[rule.type])
        else:
            lost.append(f"{sentence(rule)}: Pandera has no such check")
    lost += [f"{', '.join(one)}: Pandera takes one key of several columns" for one in unique[1:]]
    return "\n".join(_lines(columns, whole, unique, name)), lost


def _lines(columns: dict[str, _Column], whole: list[str], unique: list[list[str]], name: str) -> list[str]:
    head = ['"""What the team expects of its data."""', "", "from datetime import datetime", "", "import pandera.pandas as pa", ""]
    body = ["schema = pa.DataFrameSchema(", "    {"]
    for column, told in columns.items():
        options = ", ".join(f"{key}={value}" for key, value in told.options.items())
        body.append(f"        {column!r}: pa.Column(checks=[{', '.join(told.checks)}], {options}),")
    tail = [
        "    },",
        f"    checks=[{', '.join(whole)}],",
        *([f"    unique={unique[0]!r},"] if unique else []),
        f"    name={name!r},",
        ")",
        "",
    ]
    return [*head, *body, *tail]


def _check(rule: Expectation) -> str | None:
    warn = ", raise_warning=True" if rule.severity == "warned" else ""
    low, high = (_literal(bound(one)) for one in (rule.low, rule.high))
    bounds = [sign for sign, there in ((f"ge({low}{warn})", rule.low), (f"le({high}{warn})", rule.high)) if there is not None]
    order = f"cells.dropna().is_monotonic_{'decreasing' if rule.descending else 'increasing'}"
    strict = " and not cells.dropna().duplicated().any()" if rule.strictly else ""
    counted = [part for part, there in ((f"len(frame) >= {low}", rule.low), (f"len(frame) <= {high}", rule.high)) if there is not None]
    pattern = f"^(?:{rule.pattern})$"
    written = {
        "range": f"in_range({low}, {high}{warn})" if len(bounds) == 2 else "".join(bounds),
        "length": f"str_length({low}, {high}{warn})",
        "pattern": f"str_matches({pattern!r}{warn})",
        "allowed_set": f"isin({plain_values(rule.values)!r}{warn})",
    }
    whole = {
        "monotonic": f"pa.Check(lambda cells: {order}{strict}{warn})",
        "row_count": f"pa.Check(lambda frame: {' and '.join(counted)}{warn})",
    }
    return whole.get(rule.rule) or (f"pa.Check.{written[rule.rule]}" if rule.rule in written else None)


def _literal(value: object) -> str:
    return f"datetime.fromisoformat({value!r})" if isinstance(value, str) else repr(value)
