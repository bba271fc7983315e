"""What all checks found together."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from components import words

STATUSES = ("failed", "error", "warned", "passed", "not applicable")


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
        return sentence({status: self.count(status) for status in STATUSES})

    def to_records(self) -> list[dict[str, Any]]:
        """Return the results as plain values; a figure that could not be computed is None."""
        records: list[dict[str, Any]] = self.results.to_dict("records")
        return [{**record, "figure": None if record["figure"] != record["figure"] else record["figure"]} for record in records]


def sentence(counts: dict[str, int]) -> str:
    """Say in one sentence whether one can train, from how many results have which status.

    >>> sentence({"failed": 3}), sentence({"failed": 0, "warned": 1})
    ('3 things to fix before you train.', 'You can train; 1 thing is worth a look.')
    """
    failed, warned, errors = (counts.get(status, 0) for status in ("failed", "warned", "error"))
    if failed:
        return f"{words.counted(failed, 'thing')} to fix before you train."
    if errors:
        return f"Nobody knows yet: {words.counted(errors, 'check')} could not be computed."
    if warned:
        return f"You can train; {words.counted(warned, 'thing')} {'is' if warned == 1 else 'are'} worth a look."
    return "You can train on this: every check that applies has passed."


def badge(counts: dict[str, int]) -> tuple[str, str]:
    """Return the verdict as a word and its kind: pass, warn or fail.

    >>> badge({"failed": 1}), badge({"error": 1}), badge({"passed": 3})
    (('fails', 'fail'), ('look', 'warn'), ('passes', 'pass'))
    """
    if counts.get("failed"):
        return "fails", "fail"
    return ("look", "warn") if counts.get("warned") or counts.get("error") else ("passes", "pass")
