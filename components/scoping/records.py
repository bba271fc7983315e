"""What the scoping phase saves: problems, solutions for them, and what others have reached."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from components.project.records import Body, Link

IMPACTS = {0.25: "minimal (.25)", 0.5: "low (.5)", 1.0: "medium (1)", 2.0: "high (2)", 3.0: "massive (3)"}
RICE_FACTORS = ("reach", "impact", "confidence", "effort")
CONFIDENCES = {0.5: "low (50 %)", 0.8: "medium (80 %)", 1.0: "high (100 %)"}


def one_of(*allowed: float) -> Callable[[float], float]:
    """Return a check that a number is one of a few."""

    def check(value: float) -> float:
        if value not in allowed:
            raise ValueError(f"use one of {', '.join(f'{one:g}' for one in allowed)}")
        return value

    return check


class Problem(Body):
    """Something that people wish worked better; no word of AI in it.

    `merged_into` is the id of the problem that says the same; this one keeps its text, its writer and its comments.
    """

    kind: ClassVar[str] = "problem"
    statement: str = Field(title="What do you wish worked better?", min_length=1, max_length=500)
    who: str = Field("", title="Who is hurt", max_length=300)
    how_often: str = Field("", title="How often", max_length=200)
    cost: str = Field("", title="What it costs now", max_length=300)
    workaround: str = Field("", title="Workaround today", max_length=500)
    owner: str = Field("", title="Owner", max_length=80)
    evidence: Link = Field("", title="Evidence (https://…)", max_length=300)
    group: str = Field("", title="Group", max_length=80)
    merged_into: str = ""
    schema_version: int = 3


class Apart(Body):
    """Pairs of cards that look alike, of which people said that they are not the same. Saved under the id `apart`."""

    kind: ClassVar[str] = "apart"
    pairs: list[tuple[str, str]] = []


class Basis(BaseModel):
    """What a factor rests on when it is more than an opinion: a link, or a figure that the project has measured."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Literal["link", "measurement"]
    ref: Annotated[str, Field(min_length=1, max_length=300)]

    @model_validator(mode="after")
    def _link_is_one(self) -> "Basis":
        if self.kind == "link" and not self.ref.startswith(("http://", "https://")):
            raise ValueError("write it as https://…")
        return self


class Solution(Body):
    """One way to solve a problem, with what ranks it; every problem has at least one without machine learning.

    `ratings` holds the factors of the other lenses by their names, `basis` what a factor rests on beside an opinion, `merged_into`
    the id of the solution that says the same.
    """

    kind: ClassVar[str] = "solution"
    problem: str
    title: str = Field(title="Solution", min_length=1, max_length=200)
    approach: Literal["no ML", "use as is", "fine-tune", "build", "buy", ""] = Field(
        "no ML",
        title="How",
        json_schema_extra={
            "words": {
                "no ML": "without machine learning",
                "use as is": "use an open-source model as it is",
                "fine-tune": "fine-tune a model on our data",
                "build": "build our own",
                "buy": "buy it",
                "": "not said yet",
            }
        },
    )
    description: str = Field("", title="How it works", max_length=2000)
    predicts: str = Field("", title="What it predicts, and for what", max_length=300)
    decision: str = Field("", title="Which decision it drives", max_length=300)
    until_known: str = Field("", title="How long until the outcome is known", max_length=200)
    heuristic: str = Field("", title="Rule of thumb it must beat", max_length=300)
    automates: Literal["", "automate", "augment"] = Field(
        "",
        title="Automate or augment",
        json_schema_extra={"words": {"": "not said", "automate": "decides by itself", "augment": "helps a person"}},
    )
    false_positive: str = Field("", title="What a false positive costs", max_length=200)
    false_negative: str = Field("", title="What a false negative costs", max_length=200)
    reach: float | None = Field(
        None, title="Reach: how many a quarter", ge=0, allow_inf_nan=False, description="People or events a quarter."
    )
    impact: Annotated[float, AfterValidator(one_of(*IMPACTS))] | None = Field(
        None,
        title="Impact on each",
        json_schema_extra={"options": list(IMPACTS), "words": {str(value): word for value, word in IMPACTS.items()}},
    )
    confidence: Annotated[float, AfterValidator(one_of(*CONFIDENCES))] | None = Field(
        None,
        title="Confidence",
        json_schema_extra={"options": list(CONFIDENCES), "words": {str(value): word for value, word in CONFIDENCES.items()}},
    )
    effort: float | None = Field(None, title="Effort in person-months", ge=0, allow_inf_nan=False)
    evidence: Link = Field("", title="Evidence (https://…)", max_length=300)
    ratings: dict[str, Annotated[float, Field(ge=0, le=21)]] = {}
    basis: dict[str, Basis] = {}
    merged_into: str = ""
    schema_version: int = 3

    def factor(self, name: str) -> float | None:
        """Return what was typed for a factor of any lens; None where nothing was."""
        value = getattr(self, name) if name in RICE_FACTORS else self.ratings.get(name)
        return None if value is None else float(value)

    def rated(self, name: str, value: float | None, basis: Basis | None) -> "Solution":
        """Return the solution with another value of a factor and what that rests on."""
        bases = {**self.basis, **({name: basis} if basis else {})}
        if basis is None:
            bases.pop(name, None)
        change: dict[str, Any] = {"basis": bases}
        if name in RICE_FACTORS:
            change[name] = value
        else:
            change["ratings"] = {**{k: v for k, v in self.ratings.items() if k != name}, **({} if value is None else {name: value})}
        return Solution.model_validate({**self.model_dump(), **change})


class Criterion(BaseModel):
    """One criterion of a project's own ranking, from 1 to 5; `against` where less is better."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^own-[a-z0-9-]+$")]
    title: Annotated[str, Field(min_length=1, max_length=80)]
    weight: Annotated[float, Field(gt=0, le=100)]
    against: bool = False


class Criteria(Body):
    """The criteria by which a project ranks its ideas, beside the well-known ways. Saved under the id `criteria`."""

    kind: ClassVar[str] = "criteria"
    items: list[Criterion] = []


class PriorWork(Body):
    """A result that somebody published: what accuracy is attainable."""

    kind: ClassVar[str] = "prior_work"
    title: str = Field(title="Who and what", min_length=1, max_length=200)
    score: float = Field(title="Score", allow_inf_nan=False, description="In the metric's own unit; shares as numbers from 0 to 1.")
    metric: str = Field("accuracy", title="Metric", min_length=1, max_length=80)
    direction: Literal["higher", "lower"] = Field("higher", title="Better is")
    people: bool = Field(False, title="These are people, not a model")
    task: str = Field("", title="Task", max_length=200)
    data: str = Field("", title="Data set", max_length=200)
    split: str = Field("", title="Split", max_length=200, description="Which part of the data set was scored.")
    model: str = Field("", title="Model", max_length=200)
    paper: str = Field("", title="Paper", max_length=300)
    link: Link = Field("", title="Source (https://…)", max_length=300)
    code: Link = Field("", title="Code (https://…)", max_length=300)
    licence: str = Field("", title="Licence", max_length=80)
    year: int | None = Field(None, title="Year", ge=1900, le=2100)
    hardware: str = Field("", title="Hardware", max_length=200)
    retrieved_on: date | None = Field(None, title="Retrieved on")
    reproduced: str = Field("", title="Reproduced by us: tracked run", max_length=120, description="The run with which we got this result.")
    similarity: Literal[1, 2, 3, 4, 5] | None = Field(
        None,
        title="Their data are like ours",
        json_schema_extra={"words": {"1": "not at all", "2": "a little", "3": "partly", "4": "mostly", "5": "the same"}},
    )
    note: str = Field("", title="Note", max_length=2000)
    schema_version: int = 2
