"""What a check is: a code, a title, a threshold, advice, what it counts, and how it judges the counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from components.data.checks.table import Table

Status = Literal["passed", "warned", "failed", "not applicable", "error"]
Severity = Literal["failed", "warned"]
Counts = dict[tuple[str, str], Any]
"""Aggregates, or their values, by column and by what is counted."""


@dataclass(frozen=True)
class Finding:
    """What a check found in one column (or, with an empty name, in the whole table).

    `figure` is held against the check's threshold; `rows` is how many rows are concerned; `note` tells more about the case.
    """

    column: str
    figure: float
    rows: int
    note: str = ""


class Check:
    """One check. Subclasses declare the attributes and implement `judge` and `concerned`, and one of the counts where counting helps.

    Attributes
    ----------
    code : str
        T… table, L… label, S… split; never reused.
    title : str
        What is looked for.
    severity : {"failed", "warned"}
        What it is when the figure is beyond the threshold.
    threshold : float
        The largest figure that passes (the smallest where `at_least`).
    unit : {"share", "count", "number"}
        How the figure reads.
    says : str
        What was found, in words; `{figure}`, `{threshold}`, `{rows}` and `{note}` stand for those of the result.
    advice : str
        What to do when it fires.
    why : str
        Why one looks for it, and where the threshold comes from.
    """

    code: ClassVar[str]
    title: ClassVar[str]
    severity: ClassVar[Severity]
    threshold: ClassVar[float]
    unit: ClassVar[Literal["share", "count", "number"]] = "share"
    at_least: ClassVar[bool] = False
    says: ClassVar[str]
    advice: ClassVar[str]
    why: ClassVar[str]

    def inapplicable(self, table: Table) -> str:
        """Return why the check makes no sense for this table, or nothing."""
        return ""

    def counts(self, table: Table) -> Counts:
        """Return aggregates over the rows; those of all checks are computed in one scan."""
        return {}

    def text_counts(self, table: Table, values: Any) -> dict[str, Any]:
        """Return aggregates over the different values of one column of text; those of all checks are computed together."""
        return {}

    def judge(self, table: Table, counted: Counts) -> Iterator[Finding]:
        """Yield what was found, one finding a column; `counted` holds the values of both counts."""
        raise NotImplementedError

    def concerned(self, table: Table, column: str) -> Any:
        """Return the rows concerned, as an expression over the table."""
        raise NotImplementedError

    def beyond(self, figure: float) -> bool:
        """Whether a figure is beyond the threshold."""
        return figure < self.threshold if self.at_least else figure > self.threshold
