"""A rule of the team in words."""

from datetime import datetime

from components import words
from components.data.records import Expectation

SORTS = {
    "range": "Range of a number or time",
    "allowed_set": "Allowed values",
    "missing": "Filled cells",
    "key": "Key of a row, of one column or several",
    "type": "Type",
    "pattern": "Pattern of the text",
    "length": "Length of the text",
    "foreign_key": "Values of another data set",
    "determines": "Columns that determine another one",
    "never": "What no row may be",
    "monotonic": "Order from row to row",
    "row_count": "Number of rows",
    "freshness": "Age of the newest row",
}


def sentence(rule: Expectation) -> str:
    """Say what a rule asks for.

    >>> sentence(Expectation(rule="range", columns=["age"], low=0, high=120))
    'age is from 0 to 120'
    >>> sentence(Expectation(rule="key", columns=["shop", "order"]))
    'shop and order together are different in every row'
    """
    name = words.listed(rule.columns, most=6)
    if rule.rule == "row_count":
        return f"there are {_between(rule)} rows"
    if rule.rule == "never":
        return f"no row may be so: {rule.condition.sentence}"
    together = " together" if len(rule.columns) > 1 else ""
    told = {
        "type": f"is a {rule.type}" if rule.type != "text" else "is text",
        "range": f"is {_between(rule)}",
        "length": f"has {_between(rule)} characters",
        "pattern": f"matches {rule.pattern}",
        "allowed_set": f"is {words.listed(rule.values, most=6)}"
        if len(rule.values) < 2
        else f"is one of {words.listed(rule.values, most=6)}",
        "missing": "is filled",
        "key": f"{together.strip() + ' are' if together else 'is'} different in every row",
        "foreign_key": f"is found in {rule.reference_column} of the other data set",
        "freshness": f"has an entry of the last {words.counted(rule.days or 0, 'day')}",
        "monotonic": f"{'falls' if rule.descending else 'rises'} from row to row{', never the same twice' if rule.strictly else ''}",
        "determines": f"determine{'' if together else 's'}{together} {rule.determined}",
    }
    return f"{name} {told[rule.rule]}"


def _between(rule: Expectation) -> str:
    low, high = (None if one is None else _written(one) for one in (rule.low, rule.high))
    if low is not None and high is not None:
        return f"from {low} to {high}" if low != high else f"{low}"
    return f"at least {low}" if low is not None else f"at most {high}"


def _written(bound: float | datetime) -> str:
    if isinstance(bound, datetime):
        return bound.isoformat(sep=" ", timespec="minutes").removesuffix(" 00:00")
    return f"{bound:,.15g}"
