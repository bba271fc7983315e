"""What the modelling phase saves: leaderboards, human level, experiments, and baselines that somebody entered."""

from datetime import date, datetime
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from components.project.records import Body, Link

SHARES = ("accuracy", "error")
FORM = ("name", "source_kind", "value", "metric", "comparable", "why_not", "data", "split", "n", "link")
"""The fields of a baseline that its form asks for first."""
FORM_MORE = ("direction", "unit", "low", "high", "status", "compute", "measured_on", "licence", "note")


class Entry(BaseModel):
    """One model of a leaderboard; its estimate has no value where it failed, and `error` says why.

    While the models run again, `earlier` marks what the run before found and this one has not reached yet. `predictions` is the
    SHA-256 of the table of what it predicted for each row. Where it tells classes apart, `learnt` is the accuracy on rows that it had
    learnt from, and `forgets` how much more that is than on the same rows held back. What runs inside the worker has no memory of its
    own that could be measured.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    title: str
    trivial: bool
    estimate: dict[str, Any]
    fit_seconds: float
    memory_megabytes: float | None
    error: str = ""
    run_id: str = ""
    earlier: bool = False
    predictions: str = ""
    learnt: dict[str, Any] = Field(default_factory=dict)
    forgets: dict[str, Any] = Field(default_factory=dict)


class Leaderboard(Body):
    """The quick models on one version of a data set, on the same folds; saved under the version's id."""

    kind: ClassVar[str] = "leaderboard"
    data_version: str
    target: str
    task: Literal["classification", "regression"]
    metric: str
    convention: str
    folds: int
    seed: int
    n: int
    notes: list[str]
    models: list[Entry]
    planned: int
    finished: bool
    tracked: str = ""
    simulated: str = ""

    @property
    def done(self) -> int:
        """How many models this run has reached."""
        return sum(not entry.earlier for entry in self.models)

    @property
    def whole(self) -> bool:
        """Whether every model is there, by this run or the one before."""
        return len(self.models) >= self.planned

    @property
    def best(self) -> Entry | None:
        """The model with the highest score."""
        scored = [entry for entry in self.models if entry.estimate["value"] is not None]
        return max(scored, key=lambda entry: entry.estimate["value"], default=None)


class HumanLevelRun(Body):
    """How good people are on one set of labels; saved under its id."""

    kind: ClassVar[str] = "human_level_run"
    label_set: str
    accuracy: dict[str, Any]
    per_annotator: list[dict[str, Any]]
    ties: int
    items: int
    judgements: int
    against: str
    override: str = Field("", title="Why people are a benchmark although the data are structured")
    agreement: dict[str, Any] = Field(default_factory=dict, title="How often two people agree")
    majority: dict[str, Any] = Field(default_factory=dict, title="How often an item's majority agrees with one of its people")
    classes: int = 0
    convention: str = ""
    trap: bool = False
    panels: list[dict[str, Any]] = Field(
        default_factory=list, title="Models on the same panels: model, accuracy, people, difference, items"
    )
    simulated: str = ""


class RunIndex(Body):
    """The runs that were read from the MLflow store; saved under `runs`. `file` is the SHA-256 of their list as JSON."""

    kind: ClassVar[str] = "run_index"
    store: str = Field(title="Where they were read, without secrets")
    file: str
    runs: int
    read_at: datetime


class Reproduction(Body):
    """What came of running a tracked run again; saved under its id. `difference` is the new score minus the old one."""

    kind: ClassVar[str] = "reproduction"
    run_id: str
    name: str
    again: str = Field("", title="Id of the new run; empty where it could not be tracked")
    metric: str
    before: float
    after: float
    rows: int
    differing: int = Field(title="Rows predicted otherwise")
    changes: list[dict[str, str]] = Field(default_factory=list)


class WorkingVersion(Body):
    """The run, the data and the code that work: what the team returns to; saved under `working`."""

    kind: ClassVar[str] = "working_version"
    run_id: str
    name: str = Field(title="Run")
    data_version: str = ""
    data: str = Field("", title="Data")
    data_sha: str = ""
    metric: str = ""
    value: float | None = None
    commit: str = ""
    dirty: bool = False
    packages: dict[str, str] = Field(default_factory=dict)
    note: str = Field("", title="Why this one", max_length=2000)


class GrowthStep(BaseModel):
    """A model on a part of the data: rows learnt from, its error on the rows held back, seconds and megabytes that a fit took."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    rows: int
    error: dict[str, Any]
    seconds: float
    megabytes: float


class GrowthRun(Body):
    """How error, time and memory of a model go with the rows it learns from; saved under the id of the version of the data."""

    kind: ClassVar[str] = "growth_run"
    data_version: str
    model: str
    title: str
    metric: str
    seed: int
    rows: int
    steps: list[GrowthStep]
    simulated: str = ""


class BetterDataRun(Body):
    """What each version of a data set buys with the model held fixed; saved under the id of the version they are held against."""

    kind: ClassVar[str] = "better_data_run"
    base: str
    model: str
    title: str
    metric: str
    target: str
    seed: int
    folds: int
    judge: int = Field(title="Number of the version whose labels count as the truth")
    items: int
    score: float = Field(title="What the model reaches on the version they are held against")
    gains: list[dict[str, Any]] = Field(title="data_version, name, what, gain, rows, items")
    simulated: str = ""


class ComputeNeed(Body):
    """Work that takes machines: training our model on more rows, or repeating a result that somebody published."""

    kind: ClassVar[str] = "compute_need"
    name: str = Field(title="What is to be run", min_length=1, max_length=120)
    how: Literal["cited", "measured here"] = Field("cited", title="How much it takes is")
    hours: float | None = Field(None, title="Cited: hours of one run", ge=0, allow_inf_nan=False)
    devices: int = Field(1, title="Cited: devices (GPUs) that it ran on", ge=1)
    memory: float | None = Field(None, title="Cited: memory of a device, GB", ge=0, allow_inf_nan=False)
    data_version: str = Field("", title="Measured here: version of the data", max_length=64)
    rows: int | None = Field(None, title="Measured here: rows to learn from", ge=1)
    runs: int = Field(1, title="Runs in all: settings × folds × seeds × failures", ge=1)
    speed: float = Field(1.0, title="Our device is so many times as fast", gt=0, allow_inf_nan=False)
    price: float | None = Field(None, title="Price of an hour of a device", ge=0, allow_inf_nan=False)
    link: Link = Field("", title="Source (https://…)", max_length=300)
    note: str = Field("", title="Note", max_length=2000)


class ComputeMeans(Body):
    """What there is to compute with; saved under `means`."""

    kind: ClassVar[str] = "compute_means"
    hours: float | None = Field(None, title="Hours of a device", ge=0, allow_inf_nan=False)
    memory: float | None = Field(None, title="Memory of a device, GB", ge=0, allow_inf_nan=False)
    money: float | None = Field(None, title="Money", ge=0, allow_inf_nan=False)
    note: str = Field("", title="Note", max_length=2000)


class TranscriptRun(Body):
    """How far transcripts are from their references: people by speaker, and machines beside them."""

    kind: ClassVar[str] = "transcript_run"
    name: str = Field(title="Name", min_length=1, max_length=200)
    who: Literal["people", "machine"] = "people"
    references: str
    hypotheses: str
    words: dict[str, Any]
    characters: dict[str, Any]
    per_speaker: list[dict[str, Any]]
    lines: int
    transcripts: int
    normalisation: str
    simulated: str = ""


class ErrorLevels(Body):
    """Errors of people, on training and on development data; saved under the id `error_levels`."""

    kind: ClassVar[str] = "error_levels"
    human: float = Field(title="Error of people", ge=0, le=1, description="10.6 % is .106.")
    train: float = Field(title="Error on training data", ge=0, le=1)
    dev: float = Field(title="Error on development data", ge=0, le=1)
    source: str = Field("", title="Where these come from", max_length=300)


class Baseline(Body):
    """A result that somebody entered: what must be beaten, and where it comes from."""

    kind: ClassVar[str] = "baseline"
    name: str = Field(title="Name", min_length=1, max_length=120)
    source_kind: Literal[
        "literature", "product", "open source", "reproduced", "previous system", "trivial", "simple model", "human level"
    ] = Field(
        "literature",
        title="Kind",
        json_schema_extra={
            "words": {
                "product": "competitor's product",
                "open source": "open-source model",
                "reproduced": "reproduced state of the art",
                "trivial": "trivial rule",
            }
        },
    )
    value: float = Field(title="Value", allow_inf_nan=False, description="Shares as numbers from 0 to 1: 97.2 % is .972.")
    metric: str = Field("accuracy", title="Metric", min_length=1, max_length=80)
    direction: Literal["higher", "lower"] = Field("higher", title="Better is")
    unit: str = Field("", title="Unit", max_length=40)
    low: float | None = Field(None, title="95 % interval from", allow_inf_nan=False)
    high: float | None = Field(None, title="to", allow_inf_nan=False)
    n: int | None = Field(None, title="Items it was measured on", ge=1)
    data: str = Field("", title="Data set", max_length=200)
    split: str = Field("", title="Split", max_length=120)
    comparable: bool = Field(
        False, title="Same data, split and metric", description="Only what is comparable is ranked; the rest stands apart."
    )
    why_not: str = Field("", title="If not: why", max_length=120)
    status: Literal["claimed", "reproduced", "failed to reproduce"] = Field("claimed", title="Status")
    compute: str = Field("", title="Compute needed", max_length=200)
    link: Link = Field("", title="Source (https://…)", max_length=300)
    measured_on: date | None = Field(None, title="Date")
    licence: str = Field("", title="Licence", max_length=80)
    prior_work: str = ""
    note: str = Field("", title="Note", max_length=2000)

    @field_validator("metric")
    @classmethod
    def _no_blanks(cls, metric: str) -> str:
        return metric.strip()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.metric.lower() in SHARES and not all(0 <= one <= 1 for one in (self.value, self.low, self.high) if one is not None):
            raise ValueError(f"An {self.metric} lies between 0 and 1: write 97.2 % as .972")
        if (self.low is not None and self.low > self.value) or (self.high is not None and self.high < self.value):
            raise ValueError("The interval has to hold the value")
        return self


class PredictionSet(Body):
    """Predictions that somebody brought: a table with the truth and a column a model, on items of a version of the data or on others."""

    kind: ClassVar[str] = "prediction_set"
    name: str = Field(title="Name", min_length=1, max_length=200)
    table: str
    truth: str
    models: list[str]
    item: str = ""
    data_version: str = ""
    source: str = ""
    simulated: str = ""


class ModelComparison(Body):
    """Models of a set of predictions, ranked and compared in pairs; saved under its id. `models` and `pairs` are those of `Ranking`."""

    kind: ClassVar[str] = "model_comparison"
    prediction_set: str
    metric: str
    convention: str
    positive: str = ""
    margin: float | None = None
    n: int
    models: list[dict[str, Any]]
    pairs: list[dict[str, Any]]
    seed: int = 0
    simulated: str = ""
