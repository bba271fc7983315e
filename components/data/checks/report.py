"""What all checks found together."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from components import words

STATUSES = ("failed", "error", "warned", "passed", "not applicable")
LEAST_ROWS = 30
"""Fewer rows are no data to train on: a fifth of them, held out, would be five."""


@dataclass(frozen=True)
class CheckReport:
    """The results of every check, each at least once.

    Attributes
    ----------
    results : DataFrame
        Columns code, title, column, status, figure, threshold, unit, at_least, rows (how many are concerned), note, says, advice;
        failed ones first.
    rows, columns : int
        Size of the table.
    """

    results: pd.DataFrame
    rows: int
    columns: int

    def count(self, status: str) -> int:
        """How many checks ended with a status."""
        return int(self.results.loc[self.results["status"] == status, "code"].nunique())

    @property
    def failed(self) -> bool:
        """Whether anything has to be fixed."""
        return self.count("failed") > 0

    @property
    def sentence(self) -> str:
        """The answer to “can we train on this?”."""
        return sentence({status: self.count(status) for status in STATUSES}, self.rows)

    def to_records(self) -> list[dict[str, Any]]:
        """Return the results as plain values; a figure that could not be computed is None."""
        records: list[dict[str, Any]] = self.results.to_dict("records")
        return [{**record, "figure": None if record["figure"] != record["figure"] else record["figure"]} for record in records]


def sentence(counts: dict[str, int], rows: int) -> str:
    """Say in one sentence whether one can train on so many rows, from how many results have which status.

    >>> sentence({"failed": 3}, 900), sentence({"warned": 1}, 900)
    ('3 things to fix before you train.', 'You can train; 1 thing is worth a look.')
    >>> sentence({"passed": 1}, 1)
    'Too few to train on: 1 row. Nothing else is wrong.'
    """
    failed, warned, errors = (counts.get(status, 0) for status in ("failed", "warned", "error"))
    if failed:
        return f"{words.counted(failed, 'thing')} to fix before you train."
    if errors:
        return f"Nobody knows yet: {words.counted(errors, 'check')} could not be computed."
    look = f"{words.counted(warned, 'thing')} {'is' if warned == 1 else 'are'} worth a look"
    if rows < LEAST_ROWS:
        return f"Too few to train on: {words.counted(rows, 'row')}. {f'Beside that, {look}' if warned else 'Nothing else is wrong'}."
    return f"You can train; {look}." if warned else "You can train on this: every check that applies has passed."


def badge(counts: dict[str, int], rows: int) -> tuple[str, str]:
    """Return the verdict as a word and its kind: pass, warn or fail.

    >>> badge({"failed": 1}, 900), badge({"error": 1}, 900), badge({"passed": 3}, 900), badge({"passed": 3}, 3)
    (('fails', 'fail'), ('look', 'warn'), ('passes', 'pass'), ('too few', 'warn'))
    """
    if counts.get("failed"):
        return "fails", "fail"
    if rows < LEAST_ROWS and not counts.get("error"):
        return "too few", "warn"
    return ("look", "warn") if counts.get("warned") or counts.get("error") else ("passes", "pass")
