"""What the assessment of ideas saves: each answer for itself, so that several people can answer at once."""

import hashlib
import json
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from components.project.records import Body, Link

PERIODS = {"week": "a week", "month": "a month", "quarter": "a quarter", "year": "a year"}
LEVELS = {"ml": "ML metric", "task": "task metric", "user": "user metric", "business": "business metric"}
Amount = Annotated[float, Field(allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]


def in_order(low: float | None, likely: float | None, high: float | None, what: str) -> None:
    """Raise where low, likely and high are not in order; what is missing is no mistake."""
    known = [one for one in (low, likely, high) if one is not None]
    if known != sorted(known):
        raise ValueError(f"{what}: low is at most likely, and likely at most high")


class Feasibility(Body):
    """Which cell of the 2 × 2 an idea stands in, and the team's verdict; saved under the idea's id."""

    kind: ClassVar[str] = "feasibility"
    data: Literal["", "unstructured", "structured"] = Field(
        "",
        title="Its data",
        json_schema_extra={
            "words": {"": "not said", "unstructured": "images, text or sound (unstructured)", "structured": "tables (structured)"}
        },
    )
    project: Literal["", "new", "existing"] = Field(
        "",
        title="The project",
        json_schema_extra={"words": {"": "not said", "new": "new: nothing runs yet", "existing": "exists: a model runs already"}},
    )
    verdict: Literal["", "feasible", "doubtful", "not feasible"] = Field(
        "", title="Our verdict", json_schema_extra={"words": {"": "not yet"}}
    )
    why: str = Field("", title="Why", max_length=1000)
    owner: str = Field("", title="Owner", max_length=80)


class FeasibilityAnswer(Body):
    """What is known about one question of an idea's feasibility; saved under `<idea>.<code of the question>`."""

    kind: ClassVar[str] = "feasibility_answer"
    solution: str
    code: str
    says: Literal["", "for", "doubtful", "against"] = Field(
        "",
        title="What we know",
        json_schema_extra={"words": {"": "nothing yet", "for": "speaks for it", "doubtful": "is doubtful", "against": "speaks against it"}},
    )
    text: str = Field("", title="How we know", max_length=2000)
    link: Link = Field("", title="Where one can see it (https://…)", max_length=300)
    figure: str = Field("", title="Or a figure that we measured", max_length=200)
    owner: str = Field("", title="Who finds out", max_length=80)


class ErrorMeasurement(Body):
    """How often the project's model was wrong, on one day."""

    kind: ClassVar[str] = "error_measurement"
    measured_on: date = Field(title="Measured on")
    error_rate: Share = Field(title="Error rate", description="A number from 0 to 1: 2.5 % is .025.")
    n: int | None = Field(None, title="Items it was measured on", ge=1)
    note: str = Field("", title="Note", max_length=500)


class Signature(BaseModel):
    """Somebody is comfortable with a step as it was: `step` is the digest of what they saw."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Annotated[str, Field(min_length=1, max_length=80)]
    on: date
    step: str


class LadderStep(Body):
    """One metric of the ladder: how far it moves when the one before it moves by one unit; for the ML metric, how far we move it."""

    kind: ClassVar[str] = "ladder_step"
    solution: str
    level: Literal["ml", "task", "user", "business"] = Field("ml", title="Level", json_schema_extra={"words": dict(LEVELS)})
    metric: str = Field(title="Metric", min_length=1, max_length=120)
    unit: str = Field("", title="Unit", max_length=40, description="Such as points, minutes, or € a month.")
    low: Amount | None = Field(None, title="Low")
    likely: Amount | None = Field(None, title="Likely", description="For each unit of the metric before it; for the ML metric, the gain.")
    high: Amount | None = Field(None, title="High")
    owner: str = Field("", title="Owner", max_length=80)
    evidence: str = Field("", title="Evidence", max_length=1000)
    place: int = 0
    engineering: Signature | None = None
    business: Signature | None = None

    @model_validator(mode="after")
    def _ordered(self) -> "LadderStep":
        in_order(self.low, self.likely, self.high, "The range")
        return self

    @property
    def digest(self) -> str:
        """What a signature is for: everything of the step but the signatures."""
        said: dict[str, Any] = self.model_dump(exclude={"engineering", "business", "schema_version"})
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]

    def signed_by(self, side: str) -> Signature | None:
        """Return the signature of engineering or of business, whether it still holds or not."""
        found: Signature | None = getattr(self, side)
        return found

    def holds(self, side: str) -> bool:
        """Whether a side has signed the step as it stands now."""
        signature = self.signed_by(side)
        return signature is not None and signature.step == self.digest


class Economics(Body):
    """Volume and costs of an idea; saved under the idea's id. What has no low or high is taken as certain."""

    kind: ClassVar[str] = "economics"
    period: Literal["week", "month", "quarter", "year"] = Field("month", title="Per", json_schema_extra={"words": dict(PERIODS)})
    unit: str = Field("€", title="Currency", min_length=1, max_length=12)
    source: str = Field("", title="Where these come from", max_length=300)
    volume_low: NotNegative | None = Field(None, title="Volume, low")
    volume: NotNegative | None = Field(None, title="Volume, likely", description="Decisions in a period.")
    volume_high: NotNegative | None = Field(None, title="Volume, high")
    running_low: NotNegative | None = Field(None, title="Running cost, low")
    running: NotNegative | None = Field(None, title="Running cost, likely", description="In a period.")
    running_high: NotNegative | None = Field(None, title="Running cost, high")
    build_low: NotNegative | None = Field(None, title="Build cost, low")
    build: NotNegative | None = Field(None, title="Build cost, likely", description="Once.")
    build_high: NotNegative | None = Field(None, title="Build cost, high")

    @model_validator(mode="after")
    def _ordered(self) -> "Economics":
        in_order(self.volume_low, self.volume, self.volume_high, "The volume")
        in_order(self.running_low, self.running, self.running_high, "The running cost")
        in_order(self.build_low, self.build, self.build_high, "The build cost")
        return self


class Outcome(Body):
    """One cell of an idea's cost matrix: how often a decision ends so, and what that is worth."""

    kind: ClassVar[str] = "outcome"
    solution: str
    name: str = Field(title="What happens", min_length=1, max_length=120)
    rate_low: Share | None = Field(None, title="Share, low")
    rate: Share | None = Field(None, title="Share, likely", description="Of all decisions: 2 % is .02.")
    rate_high: Share | None = Field(None, title="Share, high")
    value_low: Amount | None = Field(None, title="Worth, low")
    value: Amount | None = Field(None, title="Worth, likely", description="Of one such decision, against today; negative for a cost.")
    value_high: Amount | None = Field(None, title="Worth, high")
    note: str = Field("", title="How we know", max_length=500)

    @model_validator(mode="after")
    def _ordered(self) -> "Outcome":
        in_order(self.rate_low, self.rate, self.rate_high, "The share")
        in_order(self.value_low, self.value, self.value_high, "The worth")
        return self


class EthicsAnswer(Body):
    """The answer to one question of ethics; saved under the question's code."""

    kind: ClassVar[str] = "ethics_answer"
    answer: Literal["", "yes", "partial", "no", "not applicable"] = Field("", title="Answer", json_schema_extra={"words": {"": "not yet"}})
    reason: str = Field("", title="Reason", max_length=2000)
    owner: str = Field("", title="Owner", max_length=80)
    due: date | None = Field(None, title="Due")
    evidence: str = Field("", title="Evidence", max_length=1000)

    @model_validator(mode="after")
    def _reasoned(self) -> "EthicsAnswer":
        if self.answer and not self.reason.strip():
            raise ValueError(f"Say why the answer is “{self.answer}”: an answer needs its reason")
        return self


class EthicsQuestion(BaseModel):
    """One question of an own list."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: Annotated[str, Field(min_length=1, max_length=40)]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    question: Annotated[str, Field(min_length=1, max_length=1000)]


class EthicsList(Body):
    """A list of questions that the team brought itself."""

    kind: ClassVar[str] = "ethics_list"
    title: str = Field(title="Title", min_length=1, max_length=120)
    questions: list[EthicsQuestion] = Field(min_length=1, max_length=200)
