"""What is wrong with a rulebook before anybody judges by it: rules that contradict, overlap or never fire, and words that say nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.data.condition import Clause, Condition
from components.data.rulebook.records import Rule
from components.data.rulebook.versions import Ruled
from components.errors import BadInput

Rows = NDArray[np.bool_]
VAGUE = (
    "a few", "adequate", "almost", "approximately", "bad", "badly", "clear", "clearly", "enough", "good", "hard", "important", "large",
    "many", "mostly", "normal", "obvious", "often", "poor", "poorly", "rare", "rarely", "relevant", "several", "significant", "small",
    "some", "somewhat", "sometimes", "suitable", "usually", "very",
)  # fmt: skip
"""Words under which two people understand different amounts."""
_VAGUE = re.compile(rf"\b({'|'.join(VAGUE)})\b", re.IGNORECASE)
ALL_BUT = 0.95


@dataclass(frozen=True)
class Finding:
    """Something wrong with a rule, or between two: how bad, the rules' numbers, what, and what to do."""

    kind: Literal["fail", "warn", "note"]
    rules: tuple[int, ...]
    text: str
    advice: str


@dataclass(frozen=True)
class OnData:
    """Where a rule's condition holds on the rows of its data set, or why it can't be applied; and the rows of its examples, by key."""

    rows: Rows | None
    why: str = ""


def fired(rules: Sequence[Ruled], frame: pd.DataFrame) -> dict[str, OnData]:
    """Apply the conditions of rules to the rows of their data set."""
    found = {}
    for rule in rules:
        if rule.body.condition.clauses:
            try:
                found[rule.id] = OnData(rule.body.condition.on_frame(frame).to_numpy(dtype=np.bool_))
            except BadInput as error:
                found[rule.id] = OnData(None, error.what)
    return found


def lint(rules: Sequence[Ruled], on_data: Mapping[str, OnData] | None = None, keys: pd.Series | None = None) -> list[Finding]:
    """Return what is wrong with the rules that are not retired, the worst first.

    Parameters
    ----------
    rules : sequence of Ruled
        Rules of one data set.
    on_data : mapping, optional
        By rule id, what `fired` gave.
    keys : Series, optional
        What names each row, so that examples are held against conditions.
    """
    living = [rule for rule in rules if rule.body.status != "retired"]
    found = [finding for rule in living for finding in _alone(rule)]
    for rule in living:
        found += _on_rows(rule, (on_data or {}).get(rule.id), keys)
    for first, second in combinations(living, 2):
        found += _together(first, second, on_data or {})
    order = {"fail": 0, "warn": 1, "note": 2}
    return sorted(found, key=lambda one: (order[one.kind], one.rules))


def _alone(rule: Ruled) -> Iterator[Finding]:
    body, number = rule.body, (rule.number,)
    why = never(body.condition)
    if why:
        yield Finding("fail", number, f"Its condition can never hold: {why}.", "Change one of its lines.")
    both = {one.item for one in body.examples if one.item} & {one.item for one in body.counter_examples if one.item}
    if both:
        yield Finding(
            "fail", number, f"{words.listed(sorted(both), 3)} is both an example and a counter-example.", "Decide, and take one away."
        )
    defined = body.definition.lower().replace(body.name.lower(), "")  # what it defines may be any word
    vague = sorted(set(_VAGUE.findall(defined)))
    if vague:
        quoted = words.listed([f"“{one}”" for one in vague], 4)
        yield Finding("note", number, f"{quoted} can mean anything.", "Say how one would count or measure it, or show an example.")
    missing = [name for name, there in (("example", body.examples), ("counter-example", body.counter_examples)) if not there]
    if missing:
        yield Finding("note", number, f"It shows no {' and no '.join(missing)}.", "The items on which people differed are the best ones.")


def never(condition: Condition) -> str:
    """Say why no row can fulfil a condition, whatever the data; empty where one could.

    >>> from components.data.condition import Clause
    >>> never(Condition(clauses=(Clause(column="n", operator="above", value="5"), Clause(column="n", operator="at most", value="5"))))
    '“n above 5” and “n at most 5” exclude each other'
    """
    for a, b in combinations(condition.clauses, 2):
        if a.column == b.column and (_excludes(a, b) or _excludes(b, a)):
            return f"“{a.sentence}” and “{b.sentence}” exclude each other"
    return ""


def _excludes(a: Clause, b: Clause) -> bool:
    """Whether no cell meets both; which of the two comes first matters, so both ways are asked for."""
    if "is missing" in {a.operator, b.operator}:
        return a.operator != b.operator
    if a.operator == "is" and b.operator in {"is", "is not", "is one of"}:
        listed = {one.strip() for one in (b.value.split(",") if b.operator == "is one of" else [b.value])}
        return (a.value.strip() in listed) == (b.operator == "is not")
    first, second = _stretch(a), _stretch(b)
    if first is None or second is None:
        return False
    (low, low_open), (high, high_open) = max(first[0], second[0]), min(first[1], second[1])
    return low > high or (low == high and (low_open > 0 or high_open < 0))


def _stretch(clause: Clause) -> tuple[tuple[float, int], tuple[float, int]] | None:
    """Return the least and the largest number that a clause lets through, each with 1 or -1 where the number itself is left out."""
    try:
        value = float(clause.value)
    except ValueError:
        return None
    return {
        "at least": ((value, 0), (np.inf, 0)),
        "above": ((value, 1), (np.inf, 0)),
        "at most": ((-np.inf, 0), (value, 0)),
        "below": ((-np.inf, 0), (value, -1)),
        "is": ((value, 0), (value, 0)),
    }.get(clause.operator)


def _on_rows(rule: Ruled, on_data: OnData | None, keys: pd.Series | None) -> Iterator[Finding]:
    if on_data is None:
        return
    number = (rule.number,)
    if on_data.rows is None:
        yield Finding("fail", number, f"Its condition can't be applied: {on_data.why}", "Choose a column that the data have.")
        return
    rows, n = int(on_data.rows.sum()), len(on_data.rows)
    if not rows and not never(rule.body.condition):
        yield Finding(
            "warn", number, f"It never fires: none of {words.counted(n, 'row')} fulfils its condition.", "Check column and value."
        )
    if rows > ALL_BUT * n:
        yield Finding(
            "warn", number, f"It fires on {words.count(rows)} of {words.counted(n, 'row')}.", "A rule that holds of all says nothing."
        )
    if keys is None:
        return
    place = {key: row for row, key in enumerate(keys)}
    for listed, wanted, what in ((rule.body.examples, True, "example"), (rule.body.counter_examples, False, "counter-example")):
        wrong = [one.item for one in listed if one.item in place and bool(on_data.rows[place[one.item]]) != wanted]
        if wrong:
            fulfils = "does not fulfil" if wanted else "fulfils"
            yield Finding("fail", number, f"The {what} {words.listed(wrong, 2)} {fulfils} the condition.", "One of the two is wrong.")


def _together(first: Ruled, second: Ruled, on_data: Mapping[str, OnData]) -> Iterator[Finding]:
    a, b, numbers = first.body, second.body, (first.number, second.number)
    if a.name.strip().lower() == b.name.strip().lower():
        yield Finding("warn", numbers, f"Both are called “{a.name}”.", "Merge them, or name them apart.")
    if a.label == b.label and a.action != b.action:
        yield Finding(
            "fail", numbers, f"Both say “{a.label}”, but one means to {a.action} and the other to {b.action}.", "Give one another label."
        )
    shared = {one.item for one in a.examples if one.item} & {one.item for one in b.examples if one.item}
    if shared and a.label != b.label:
        yield Finding("fail", numbers, f"{words.listed(sorted(shared), 2)} is an example of both.", "Say which rule comes first.")
    rows_a, rows_b = (on_data[rule.id].rows if rule.id in on_data else None for rule in (first, second))
    if rows_a is None or rows_b is None or len(rows_a) != len(rows_b):
        return
    both = int((rows_a & rows_b).sum())
    if not both:
        return
    counted = f"{words.counted(both, 'row')} of {words.count(int((rows_a | rows_b).sum()))}"
    if _differ(a, b):
        yield Finding("fail", numbers, f"They contradict each other on {counted}.", "Say in one of them that the other comes first.")
    elif both:
        yield Finding("warn", numbers, f"They overlap on {counted} and do the same.", "One rule may be enough.")


def _differ(a: Rule, b: Rule) -> bool:
    return a.action != b.action or (a.label != b.label and a.action == "relabel")
