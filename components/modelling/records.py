"""What the modelling phase saves: leaderboards, human level, and baselines that somebody entered."""

from datetime import date
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
    SHA-256 of the table of what it predicted for each row.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    title: str
    trivial: bool
    estimate: dict[str, Any]
    fit_seconds: float
    memory_megabytes: float
    error: str = ""
    run_id: str = ""
    earlier: bool = False
    predictions: str = ""


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
    simulated: str = ""


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
