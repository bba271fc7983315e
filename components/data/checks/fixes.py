"""What fixes what the checks find: the groups in which a report shows its checks."""

from dataclasses import dataclass
from typing import Any

LEAKS = ("T13", "T14", "I10", "S01", "S04", "S05", "S06")


@dataclass(frozen=True)
class Fix:
    """A group of findings that are mended in one go."""

    title: str
    note: str


STOP_LEAKS = Fix("Stop the leaks", "any figure measured before is too good")
RULES = Fix("Keep your own rules", "what the team said must hold")
SETTLE_LABELS = Fix("Settle the labels", "no model can be better than what it is told")
SPLIT_AGAIN = Fix("Split again", "what a test can and can't say")
LOOK_AT_ITEMS = Fix("Look at the items", "what people can't see or hear, a model can't learn")
MEND_THE_TABLE = Fix("Mend the table", "cells, rows and columns")
FIXES = (STOP_LEAKS, RULES, SETTLE_LABELS, SPLIT_AGAIN, LOOK_AT_ITEMS, MEND_THE_TABLE)
BY_LETTER = {"L": SETTLE_LABELS, "S": SPLIT_AGAIN, "I": LOOK_AT_ITEMS}


def fix_of(code: str) -> Fix:
    """Return what fixes that a check fires.

    >>> fix_of("S01").title, fix_of("T21").title, fix_of("T01").title
    ('Stop the leaks', 'Keep your own rules', 'Mend the table')
    """
    if code in LEAKS:
        return STOP_LEAKS
    return RULES if code.startswith(("T2", "T3")) else BY_LETTER.get(code[0], MEND_THE_TABLE)


def by_fix(firing: list[list[dict[str, Any]]]) -> list[tuple[Fix, list[list[dict[str, Any]]]]]:
    """Return what fired by what fixes it: first the groups in which something failed, each with what failed first."""
    groups = [(fix, [group for group in firing if fix_of(group[0]["code"]) is fix]) for fix in FIXES]
    filled = [(fix, found) for fix, found in groups if found]
    return sorted(filled, key=lambda pair: all(group[0]["status"] != "failed" for group in pair[1]))
