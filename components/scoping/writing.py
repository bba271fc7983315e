"""Writing silently: everybody writes problems, or solutions to some problems, and all of it is revealed together."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from components import words
from components.project.records import Body, Record
from components.project.rounds import Card, Round, Vote
from components.scoping.board import Item, short
from components.scoping.records import Problem, Solution

TEXT, UNDER = "text", "problem"
LONGEST = {"": 500, Problem.kind: 200}
"""How long a text may be: a problem's statement; a solution's title, which is written under a problem."""


def of_problems(least: int | None, minutes: int) -> Round:
    """Return a round in which everybody writes problems; `minutes` of 0 leave it open-ended."""
    return Round(purpose="write", title=_title(Problem, "statement"), least=least, ends_at=_end(minutes))


def of_solutions(problems: Sequence[Item[Problem]], least: int | None, minutes: int) -> Round:
    """Return a round in which everybody writes solutions to some problems."""
    cards = [Card(kind=Problem.kind, id=item.id, title=item.body.statement[:200]) for item in problems]
    title = f"How could this be solved: {short(cards[0].title, 120)}?" if len(cards) == 1 else "How could these problems be solved?"
    return Round(purpose="write", title=title, cards=cards, least=least, ends_at=_end(minutes))


def running(rounds: Sequence[Record[Round]]) -> Record[Round] | None:
    """Return the writing that goes on now, the newest where there are several."""
    return next((one for one in reversed(rounds) if one.body.purpose == "write" and one.body.state == "open"), None)


def places(body: Round) -> list[tuple[str, str]]:
    """Return under which problems one writes, as id and title; one place without any where problems are written."""
    return [(card.id, card.title) for card in body.cards] or [("", "")]


def longest(place: str) -> int:
    """Return how long a text in a place may be."""
    return LONGEST[Problem.kind if place else ""]


def written(text: str, place: str) -> dict[str, str]:
    """Return a text as it is kept until the reveal."""
    return {TEXT: text, UNDER: place}


def text_of(vote: Vote) -> str:
    """Return what somebody wrote on a line."""
    return str(vote.answers.get(TEXT, ""))


def place_of(vote: Vote) -> str:
    """Return the problem under which somebody wrote a line."""
    return str(vote.answers.get(UNDER, ""))


def as_card(text: str, place: str) -> Problem | Solution | None:
    """Return the card that a line becomes, None for an empty one; how a solution works is not said yet."""
    text = " ".join(text.split())[: longest(place)]
    if not text:
        return None
    return Solution(problem=place, title=text, approach="") if place else Problem(statement=text)


def as_cards(vote: Vote) -> list[tuple[str, Body]]:
    """Return the cards that a line becomes at the reveal, with their ids."""
    card = as_card(text_of(vote), place_of(vote))
    return [(vote.card, card)] if card else []


def revealed(votes: Sequence[Vote]) -> str:
    """Say what came of a writing."""
    cards = [vote for vote in votes if as_cards(vote)]
    people = len({vote.voter for vote in cards})
    return f"Revealed: {words.counted(len(cards), 'card')} by {words.counted(people, 'person', 'people')}."


def _title(kind: type[Body], field: str) -> str:
    return kind.model_fields[field].title or field


def _end(minutes: int) -> datetime | None:
    return datetime.now(UTC) + timedelta(minutes=minutes) if minutes else None
