"""What adjudication saves: what became of one disputed item."""

import hashlib
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from components.data.rulebook.records import Cited
from components.project.records import Body

Reason = Literal["error", "ambiguous rule", "missing rule", "truly ambiguous"]
Ending = Literal["gold", "discarded", "proposed"]
REASONS: dict[Reason, str] = {
    "error": "Somebody erred: the rule is clear.",
    "ambiguous rule": "The rule can be read in two ways.",
    "missing rule": "No rule says what this is.",
    "truly ambiguous": "Nobody could tell, whatever the rule.",
}
ENDINGS: dict[Ending, str] = {"gold": "Gold", "discarded": "Discarded", "proposed": "Propose a rule"}


class Adjudicated(Body):
    """What was decided about one item of a set of labels, under which rule, and why people differed.

    `cited` is the rule as it stood then; `proposed` the id of the rule that was proposed instead. Where the rule was changed since, the
    item is in the queue again, and this is what was decided before.
    """

    kind: ClassVar[str] = "adjudicated"
    label_set: str
    item: str
    ending: Ending = Field("gold", title="What becomes of it")
    label: str = Field("", title="Label", max_length=500)
    reason: Reason = Field("error", title="Why people differed")
    cited: Cited | None = None
    proposed: str = ""
    note: str = Field("", title="Note", max_length=1000)

    @model_validator(mode="after")
    def _complete(self) -> "Adjudicated":
        if self.ending == "gold" and not self.label:
            raise ValueError("gold needs a label")
        if self.ending == "proposed" and not self.proposed:
            raise ValueError("a proposal names its rule")
        return self

    @property
    def id(self) -> str:
        """Id of its record: the same for the same item of the same labels."""
        return record_id(self.label_set, self.item)


def record_id(label_set: str, item: str) -> str:
    """Return the id under which what became of an item is saved."""
    return f"{label_set[:60]}.{hashlib.sha256(item.encode()).hexdigest()[:24]}"
