"""What the data phase saves: the rules and thresholds that the team sets, and what was measured."""

import hashlib
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from components.data.condition import Condition
from components.project.records import Body

Rule = Literal[
    "type",
    "range",
    "pattern",
    "allowed_set",
    "length",
    "missing",
    "key",
    "foreign_key",
    "row_count",
    "freshness",
    "monotonic",
    "determines",
    "never",
]
ColumnType = Literal["number", "whole number", "boolean", "time", "text"]


class Expectation(Body):
    """One rule that the team sets for a data set, beside what is checked of every table; one of each sort for the same columns.

    What each rule reads: type `type`; range and length `low`, `high`; pattern `pattern`; allowed_set `values`; missing and key nothing;
    foreign_key `reference` (a data set's id, or a name the caller knows) and `reference_column`; row_count `low`, `high` (and no
    column); freshness `days`; monotonic `descending`, `strictly`; determines `determined` (the column that the others determine); never
    `condition`, which says the columns.
    """

    kind: ClassVar[str] = "expectation"
    data_set: str = Field("", title="Data set that it is for; empty outside of a project")
    rule: Rule
    columns: list[str] = Field(default_factory=list, title="Columns", max_length=50)
    type: ColumnType | None = Field(None, title="Type")
    low: float | datetime | None = Field(None, title="At least")
    high: float | datetime | None = Field(None, title="At most")
    pattern: str = Field("", title="Pattern that the whole cell has", max_length=1000)
    values: list[str] = Field(default_factory=list, title="Allowed values", max_length=10_000)
    reference: str = Field("", title="Data set that holds the values")
    reference_column: str = Field("", title="Column that holds the values")
    days: float | None = Field(None, title="Newest entry at most this many days old", gt=0)
    descending: bool = Field(False, title="Falls from row to row")
    strictly: bool = Field(False, title="Never the same twice in a row")
    determined: str = Field("", title="Column that is determined")
    condition: Condition = Field(default_factory=Condition, title="What no row may be")
    allowed: float = Field(0.0, title="Share of the rows that may break it", ge=0, le=1)
    severity: Literal["failed", "warned"] = Field("failed", title="What it is when the rule is broken")
    why: str = Field("", title="Why", max_length=2000)

    @field_validator("low", "high")
    @classmethod
    def _in_utc(cls, value: float | datetime | None) -> float | datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) and value.tzinfo else value

    @field_validator("pattern")
    @classmethod
    def _understood(cls, value: str) -> str:
        import pyarrow as pa
        import pyarrow.compute as pc  # a server that starts has no pattern to try, and this takes half a second

        try:
            pc.match_substring_regex(pa.array([""], pa.string()), value)
        except pa.ArrowInvalid:
            raise ValueError("this is no regular expression that the engine reads (RE2: no look-ahead, no back-reference)") from None
        return value

    @model_validator(mode="before")
    @classmethod
    def _columns_of_the_condition(cls, given: Any) -> Any:
        if not isinstance(given, dict) or given.get("rule") != "never" or not given.get("condition"):
            return given
        condition = Condition.model_validate(given["condition"])
        return {**given, "condition": condition, "columns": list(dict.fromkeys(clause.column for clause in condition.clauses))}

    @model_validator(mode="after")
    def _complete(self) -> "Expectation":
        needs = {
            "type": (self.type is not None, "a type"),
            "range": (self.low is not None or self.high is not None, "a least or a largest value"),
            "length": (self.low is not None or self.high is not None, "a least or a largest length"),
            "row_count": (self.low is not None or self.high is not None, "a least or a largest number of rows"),
            "pattern": (bool(self.pattern), "a pattern"),
            "allowed_set": (bool(self.values), "at least one allowed value"),
            "foreign_key": (bool(self.reference and self.reference_column), "the data set and column that hold the values"),
            "freshness": (self.days is not None, "a number of days"),
            "determines": (bool(self.determined), "the column that is determined"),
            "never": (bool(self.condition.clauses), "a condition"),
        }
        there, what = needs.get(self.rule, (True, ""))
        if not there:
            raise ValueError(f"the rule needs {what}")
        if self.rule == "determines" and self.determined in self.columns:
            raise ValueError("a column can't determine itself")
        if self.rule == "row_count":
            if self.columns:
                raise ValueError("a rule on the number of rows has no column")
        elif not self.columns:
            raise ValueError("the rule needs a column")
        elif len(self.columns) > 1 and self.rule not in {"key", "determines", "never"}:
            raise ValueError("the rule takes one column")
        if type(self.low) is type(self.high) and self.low is not None and self.low > self.high:  # type: ignore[operator]
            raise ValueError("the least value is above the largest")
        return self

    @property
    def name(self) -> str:
        """What tells the rule from others of its sort: its columns, or its condition."""
        if self.rule == "never":
            return self.condition.sentence
        return ", ".join(self.columns) + (f" → {self.determined}" if self.determined else "")

    @property
    def id(self) -> str:
        """Id of its record: the same for the same sort of rule on the same columns of the same data set.

        What no row may be can be said of the same columns in several ways: there the condition counts too.
        """
        condition = [self.condition.model_dump_json()] if self.rule == "never" else []
        told = "\x1f".join([self.data_set, self.rule, *self.columns, self.determined, *condition])
        return hashlib.sha256(told.encode()).hexdigest()[:16]


class CheckThreshold(Body):
    """A threshold that the team set for a check in place of its default; saved under the check's code."""

    kind: ClassVar[str] = "check_threshold"
    code: str
    threshold: float = Field(title="Threshold", allow_inf_nan=False, ge=0)
    reason: str = Field(title="Why", min_length=3, max_length=1000)


class CheckRun(Body):
    """The checks of one version of a data set; saved under the version's id."""

    kind: ClassVar[str] = "check_run"
    data_version: str
    rows: int
    columns: int
    results: list[dict[str, Any]]
    seconds: float
    simulated: str = ""
    thresholds: list[dict[str, Any]] = Field(default_factory=list, title="Thresholds the team had set: code, threshold, reason")
    properties: str | None = Field(None, title="SHA-256 of what was measured of each image or recording")

    def count(self, status: str) -> int:
        """How many checks ended with a status."""
        return len({result["code"] for result in self.results if result["status"] == status})

    def firing(self) -> list[list[dict[str, Any]]]:
        """Return what fired, one list a check, in the order of the report; the most rows first in each."""
        groups: dict[str, list[dict[str, Any]]] = {}
        for result in self.results:
            if result["status"] in {"failed", "error", "warned"}:
                groups.setdefault(result["code"], []).append(result)
        return [sorted(group, key=lambda result: -result["rows"]) for group in groups.values()]


class AgreementRun(Body):
    """The agreement of one set of labels; saved under its id.

    `per_label`, `per_annotator`, `per_pair`, `per_rule` and `confusion` hold the rows of the tables that `Agreement` gives; `weighted` the
    measures with weights by name. `disputed` is how many of the `shared` items, those with two labels, were given different ones.
    """

    kind: ClassVar[str] = "agreement_run"
    label_set: str
    items: int
    annotators: int
    labels: int
    level: str
    percent: dict[str, Any]
    cohen: dict[str, Any]
    fleiss: dict[str, Any]
    alpha: dict[str, Any]
    ac1: dict[str, Any]
    band: str | None
    too_low: bool
    why: str
    per_label: list[dict[str, Any]] = []
    per_annotator: list[dict[str, Any]] = []
    per_pair: list[dict[str, Any]] = []
    confusion: list[dict[str, Any]] = []
    weighted: dict[str, dict[str, Any]] = {}
    per_rule: list[dict[str, Any]] = []
    shared: int = 0
    disputed: int = 0
    simulated: str = ""


class ConsensusRun(Body):
    """One label an item out of a set of labels, and what is known of its annotators; saved under its id.

    `items` and `wrong` are the SHA-256 of the tables that `label_items` makes, `queue` that of the disputed items, of which there are
    `queued`; `right` holds, where there are gold labels, how often the majority and the model have them. `leaning`, `speed` and
    `themselves` hold the rows of the tables of `labellers`.
    """

    kind: ClassVar[str] = "consensus_run"
    label_set: str
    items: str
    queue: str = ""
    queued: int = 0
    wrong: str = ""
    wrong_number: int = 0
    tied: int = 0
    unsure: int = Field(0, title="Items whose consensus is less likely than .9")
    model: bool = True
    why: str = Field("", title="Why there is no model of the annotators")
    right: dict[str, dict[str, Any]] = {}
    leaning: list[dict[str, Any]] = []
    speed: list[dict[str, Any]] = []
    themselves: list[dict[str, Any]] = []
    simulated: str = ""


class DriftRun(Body):
    """How two samples of a data set differ; saved under the id of the version that was looked at.

    `columns` holds the rows of `drift`; `over_time`, where a time column or the days of versions were followed, holds unit, starts,
    rows, moved, rate, half_life, lags and shares.
    """

    kind: ClassVar[str] = "drift_run"
    data_version: str
    how: Literal["versions", "splits", "time", "pace"]
    before: str
    after: str
    rows: tuple[int, int]
    columns: list[dict[str, Any]]
    over_time: dict[str, Any] | None = None
    tolerance: float = 0.1
    seconds: float
    simulated: str = ""

    @property
    def drifting(self) -> list[dict[str, Any]]:
        """Columns that drift, the most certain first."""
        return [row for row in self.columns if row["verdict"] == "drift"]


class Iteration(Body):
    """One round of collect, train, look: what was done, how long it took, and the metric that it reached."""

    kind: ClassVar[str] = "iteration"
    data_set: str
    what: str = Field(title="What was done", min_length=1, max_length=500)
    size: int = Field(title="Rows to train on", ge=1)
    hours: float | None = Field(None, title="Hours spent", ge=0)
    metric: str = Field("accuracy", title="Metric", min_length=1, max_length=80)
    value: float = Field(title="Value reached", allow_inf_nan=False)
    direction: Literal["higher", "lower"] = Field("higher", title="Better is")
    learnt: str = Field("", title="What you saw, and collect next", max_length=2000)


class ImportantCase(Body):
    """A case that the data have to cover: which rows belong to it, and how sure one wants to be about it."""

    kind: ClassVar[str] = "important_case"
    data_set: str
    name: str = Field(title="Name", min_length=1, max_length=120)
    condition: Condition = Field(default_factory=Condition, title="Condition")
    width: float = Field(0.1, title="Width of the 95 % interval to reach", gt=0, lt=1)
    expected: float = Field(0.9, title="Accuracy to expect", ge=0.5, le=1)
    why: str = Field("", title="Why it matters", max_length=1000)


class CoverageRun(Body):
    """How many rows of each important case a version has; saved under the version's id.

    `cases` holds have, tested and labels by the id of the case; `refused` why a case doesn't fit; `counted` the version of each case's
    record that was counted.
    """

    kind: ClassVar[str] = "coverage_run"
    data_version: str
    cases: dict[str, dict[str, Any]]
    refused: dict[str, str] = Field(default_factory=dict)
    counted: dict[str, int]
    simulated: str = ""
