"""What is saved of slices: what the team named, and what was measured of it."""

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from components.project.records import Body
from components.project.texts import Item, Text

WEIGHTS: dict[str, Any] = {"1": "very low", "2": "low", "3": "normal", "4": "high", "5": "very high"}
Weight = Literal[1, 2, 3, 4, 5]


class Slice(Body):
    """A part of the data that somebody might work on.

    `clauses` are its demands on columns (column, operator, value; all have to hold), where it is measured; without them, its figures
    are typed in.
    """

    kind: ClassVar[str] = "slice"
    name: Item = Field(title="Slice")
    data_set: str = ""
    clauses: list[dict[str, str]] = Field(default_factory=list, max_length=20)
    share: float | None = Field(None, title="Share of the data, 0 to 1", ge=0, le=1, description="60 % is .6.")
    share_from: Literal["test set", "production", "a guess"] = Field("test set", title="Where the share comes from")
    model: float | None = Field(None, title="Accuracy of the model", ge=0, le=1, description="94 % is .94.")
    n: int | None = Field(None, title="on how many items", ge=1)
    human: float | None = Field(None, title="Accuracy of people", ge=0, le=1, description="95 % is .95.")
    people_n: int | None = Field(None, title="on how many judgements", ge=1)
    importance: Weight = Field(3, title="Importance", json_schema_extra={"words": WEIGHTS})
    ease: Weight = Field(3, title="Ease of getting better", json_schema_extra={"words": WEIGHTS})
    found: bool = Field(False, title="Found by a search")
    note: Text = Field("", title="Note")

    @model_validator(mode="after")
    def _measured_or_typed(self) -> "Slice":
        if not self.clauses and None in {self.share, self.model, self.human}:
            raise ValueError("Without a condition, a slice needs its share and the accuracies of model and people.")
        return self

    @property
    def sentence(self) -> str:
        """Its demands in words."""
        return " and ".join(" ".join(filter(None, (one["column"], one["operator"], one.get("value", "")))) for one in self.clauses)


class SliceRun(Body):
    """The headroom of slices, measured on one model's predictions; saved under the id of the version of the data.

    `rows` holds what `measured` gives by the id of the slice, `refused` why a slice doesn't fit, `found` the slices that a search
    turned up, `counted` the version of each slice's record that was measured.
    """

    kind: ClassVar[str] = "slice_run"
    data_version: str
    predictions: str = Field(title="Whose predictions, see `predicted.Source.ref`")
    model: str
    people: str = Field(title="What people's accuracy is, in words")
    labels: str = Field("", title="Labels that people were measured on")
    level: float | None = None
    metric: str = Field("accuracy", title="accuracy, or for numbers: error")
    n: int
    judged: int = Field(title="Items that people judged")
    rows: dict[str, dict[str, Any]]
    refused: dict[str, str] = Field(default_factory=dict)
    counted: dict[str, int] = Field(default_factory=dict)
    found: list[dict[str, Any]] = Field(default_factory=list)
    searched: str = ""
    simulated: str = ""
