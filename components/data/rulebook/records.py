"""What the rulebook saves: rules, what a calibration round was about, and what came of it."""

import hashlib
import json
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from components.data.condition import Condition
from components.project.records import Body

Action = Literal["discard", "flag", "relabel"]
Sample = Literal["random", "stratified", "disputed", "touched"]
CONTENT = ("name", "definition", "label", "action", "condition", "examples", "counter_examples")
"""The fields that say what a rule asks for: a change of one of them is a new version of the rule."""
EARLIER_SAMPLES: tuple[Sample, ...] = ("disputed", "touched")
"""Samples of items that an earlier round had already: they are no random items that nobody saw before."""


class Shown(BaseModel):
    """An example: an item of the rule's data set by its key, or a text written here; and what it shows."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    item: str = Field("", max_length=500)
    text: str = Field("", max_length=2000)
    why: str = Field("", max_length=500)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.item and not self.text.strip():
            raise ValueError("an example names an item or says something")
        return self


class Rule(Body):
    """A rule that the whole team applies alike: what it means, shown by examples, and what is done with what it is about.

    `label` is what an item is called on which the rule holds: an answer in calibration rounds, and the new label where the action is
    to relabel. The condition, where there is one, says the same so that a machine can apply it.
    """

    kind: ClassVar[str] = "rule"
    name: str = Field(title="Name", min_length=1, max_length=120)
    definition: str = Field(
        title="Definition", min_length=1, max_length=2000, description="So that two people who never met would judge alike."
    )
    label: str = Field(title="What an item is then called", min_length=1, max_length=80, description="An answer in the next round.")
    action: Action = Field("discard", title="What is done with it")
    owner: str = Field("", title="Owner", max_length=80)
    data_set: str = Field("", title="Data set")
    condition: Condition = Field(default_factory=Condition, title="Condition")
    examples: tuple[Shown, ...] = Field((), max_length=20)
    counter_examples: tuple[Shown, ...] = Field((), max_length=20)
    status: Literal["proposed", "agreed", "retired"] = Field("proposed", title="Status")
    agreed_by: str = Field("", title="Round of votes that agreed on it")
    agreed_content: str = Field("", title="Content that was agreed on")

    @property
    def content(self) -> str:
        """Hash of what the rule asks for: the same for the same wording, condition, action and examples."""
        told = self.model_dump(mode="json", include=set(CONTENT))
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]

    @property
    def holds(self) -> bool:
        """Whether the team agreed on the rule as it stands now."""
        return self.status == "agreed" and self.agreed_content == self.content


class Cited(BaseModel):
    """A rule as it was when something was judged, discarded or decided by it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    rule: str
    number: int
    version: int
    content: str
    name: str
    label: str
    action: Action

    @property
    def title(self) -> str:
        """How the rule is called on screens."""
        return f"Rule {self.number}: {self.name}"


class Calibration(Body):
    """What a round of judging is about; saved under the round's id.

    `labels` are the answers in the order of their keys; `rows` the row of each card's item in the version of the data. `touched` are
    the keys of the items that a rule changed since the round `before` touches; the others of that round are the controls.
    """

    kind: ClassVar[str] = "calibration"
    data_set: str
    data_version: str
    question: str = Field(title="What is asked of each item", min_length=1, max_length=200)
    rules: tuple[Cited, ...] = ()
    labels: tuple[str, ...] = Field(min_length=2, max_length=9)
    sample: Sample = "random"
    stratified_by: str = ""
    drawn_from: int = Field(ge=1)
    seed: int = 0
    rows: tuple[int, ...] = Field(min_length=1)
    before: str = ""
    touched: tuple[str, ...] = ()
    own_target: bool = Field(False, title="Whether it asks for the column to predict")
    simulated: str = ""

    @property
    def unseen(self) -> bool:
        """Whether the items were drawn at random among those that no round had shown before."""
        return self.sample not in EARLIER_SAMPLES


class CalibrationRun(Body):
    """What came of a round of judging; saved under its id, beside the set of labels and its agreement.

    `rules` holds for each rule what `Cited` has, with alpha and ac1 of its label against all others, and how often it was given;
    `compared`, where there was a round before, what `comparison` gives.
    """

    kind: ClassVar[str] = "calibration_run"
    rules: list[dict[str, Any]]
    disputed: int
    unsure: int = Field(title="Judgements that say “can't tell”")
    discard_rate: dict[str, Any]
    compared: dict[str, Any] | None = None
    simulated: str = ""
