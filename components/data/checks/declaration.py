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

    `figure` is held against the check's threshold; `rows` is how many rows are concerned; `note` tells more about the case. A rule that
    the team set brings a `threshold`, a direction and a severity of its own.
    """

    column: str
    figure: float
    rows: int
    note: str = ""
    threshold: float | None = None
    at_least: bool | None = None
    severity: Severity | None = None


class Check:
    """One check. Subclasses declare the attributes and implement `judge` and `concerned`, and one of the counts where counting helps.

    Attributes
    ----------
    code : str
        T… table, L… label, S… split, I… image, text or audio; never reused.
    title : str
        What is looked for.
    severity : {"failed", "warned"}
        What it is when the figure is beyond the threshold.
    threshold : float
        The largest figure that passes (the smallest where `at_least`); a project may set another one.
    unit : {"share", "count", "number"}
        How the figure reads.
    says : str
        What was found, in words; `{figure}`, `{threshold}`, `{rows}` and `{note}` stand for those of the result.
    advice : str
        What to do when it fires.
    each : bool
        Whether every finding is a result of its own; otherwise the worst stands for those that pass.
    advice_unstructured : str
        What to do instead where the data are images, text or sound.
    why : str
        Why one looks for it, and where the threshold comes from.
    """

    code: ClassVar[str]
    title: ClassVar[str]
    severity: ClassVar[Severity]
    threshold: float
    unit: ClassVar[Literal["share", "count", "number"]] = "share"
    at_least: ClassVar[bool] = False
    each: ClassVar[bool] = False
    says: ClassVar[str]
    advice: ClassVar[str]
    advice_unstructured: ClassVar[str] = ""
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

    def fires(self, finding: Finding) -> bool:
        """Whether a finding is beyond its own threshold, or the check's."""
        limit = self.threshold if finding.threshold is None else finding.threshold
        at_least = self.at_least if finding.at_least is None else finding.at_least
        return finding.figure < limit if at_least else finding.figure > limit
