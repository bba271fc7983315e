"""A round in which everybody answers by themselves, and all answers are revealed together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from components.project.records import Body

Role = Literal["", "engineering", "business"]
ROLES: tuple[Role, ...] = ("engineering", "business", "")


class Choice(BaseModel):
    """One answer that can be chosen."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    value: float
    word: str


class Question(BaseModel):
    """What is asked about each card: a number within limits, or one of a few choices."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    title: str
    help: str = ""
    low: float | None = None
    high: float | None = None
    choices: list[Choice] = []
    spread: bool = False

    def word(self, value: float) -> str:
        """Return how an answer is called."""
        return next((choice.word for choice in self.choices if choice.value == value), f"{value:g}")


class Card(BaseModel):
    """What is voted on: a record, and its title when the round began."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: str
    id: str
    title: str


class Round(Body):
    """A round of silent writing (`write`), of blind votes (`vote`) on some cards, or of judging items one by one (`judge`).

    `least` is how many must have taken part before the round reveals itself once all of them are done; without it somebody
    reveals it. `after` is the round that this one repeats, `simulated` says how, where the people in it
    are made up.
    """

    kind: ClassVar[str] = "round"
    purpose: Literal["write", "vote", "judge", "play"]
    title: str = Field(title="What is it about?", min_length=1, max_length=200)
    lens: str = ""
    cards: list[Card] = []
    questions: list[Question] = []
    state: Literal["open", "revealed"] = "open"
    least: int | None = None
    ends_at: datetime | None = None
    number: int = 1
    after: str | None = None

    @property
    def on_rules(self) -> bool:
        """Whether it is a vote on the rules of the rulebook."""
        return self.purpose == "vote" and bool(self.cards) and all(card.kind == "rule" for card in self.cards)

    simulated: str = ""


@dataclass(frozen=True)
class Ballot:
    """Somebody who takes part in a round, and whether they are done. `entered_by` is another's id where it is by proxy."""

    voter: str
    name: str
    role: str
    done: bool
    entered_by: str
    at: datetime

    @property
    def by_proxy(self) -> bool:
        """Whether somebody else enters what this person says."""
        return self.voter != self.entered_by


@dataclass(frozen=True)
class Vote:
    """What one person said about one card: per question a low, likely and high value; or, in a writing round, what they wrote."""

    voter: str
    card: str
    answers: dict[str, Any]
    note: str
    at: datetime
