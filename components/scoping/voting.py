"""Beginning a round of votes: on which cards, by which questions, on which scale; and repeating one."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from components import words
from components.project.records import Record
from components.project.rounds import Card, Choice, Question, Round
from components.project.store import Store
from components.scoping.board import cards
from components.scoping.lenses import Lens
from components.scoping.lenses.declaration import FIBONACCI, FIVE, choices
from components.scoping.milestones import Milestone
from components.scoping.records import PriorWork, Problem, Solution

VOTABLE: dict[str, tuple[Callable[[Store, str], Sequence[Record[Any]]], str]] = {
    "Solutions": (lambda store, project_id: cards(store, project_id, Solution), "title"),
    "Problems": (lambda store, project_id: cards(store, project_id, Problem), "statement"),
    "Prior work": (lambda store, project_id: store.all(project_id, PriorWork), "title"),
    "Milestones": (lambda store, project_id: store.all(project_id, Milestone), "title"),
}
"""What can be voted on: how it is called, what finds it, and the field that names one."""
TYPED = "Something else"
T_SHIRT = choices({1: "XS", 2: "S", 3: "M", 4: "L", 5: "XL"})
YES_NO = choices({0: "no", 1: "yes"})
SCALES: dict[str, list[Choice]] = {"1 to 5": FIVE, "Fibonacci": FIBONACCI, "T-shirt sizes": T_SHIRT, "yes or no": YES_NO, "a number": []}
LONGEST = 200
MOST_CARDS = 60


def votable(store: Store, project_id: str) -> dict[str, list[Card]]:
    """Return what a project has to vote on, by what it is called; what there is none of is left out."""
    found = {}
    for name, (records_of, title) in VOTABLE.items():
        records = records_of(store, project_id)
        if records:
            found[name] = [Card(kind=one.kind, id=one.id, title=str(getattr(one.body, title))[:LONGEST]) for one in records]
    return found


def typed_cards(text: str) -> list[Card]:
    r"""Return a card for each line of a text, each only once.

    >>> [(card.id, card.title) for card in typed_cards("A  pilot\n\nNo pilot\nA pilot")]
    [('option-1', 'A pilot'), ('option-2', 'No pilot')]
    """
    titles = dict.fromkeys(" ".join(line.split())[:LONGEST] for line in text.splitlines() if line.strip())
    return [Card(kind="option", id=f"option-{number}", title=title) for number, title in enumerate(titles, start=1)][:MOST_CARDS]


def one_question(title: str, scale: str) -> Question:
    """Return a single question on one of the scales; a number is asked as lowest, likely and highest."""
    return Question(name="answer", title=title, choices=SCALES[scale], low=None if SCALES[scale] else 0, spread=not SCALES[scale])


def begun(title: str, on: Sequence[Card], questions: Sequence[Question], *, lens: Lens | None, least: int | None, minutes: int) -> Round:
    """Return a round of votes that begins now; `minutes` of 0 leave it open-ended."""
    return Round(
        purpose="vote",
        title=title,
        lens=lens.code if lens else "",
        cards=list(on),
        questions=list(questions),
        least=least,
        ends_at=_end(minutes),
    )


def repeated(body: Round, round_id: str, minutes: int = 0) -> Round:
    """Return the next round on the same cards and questions, beside which the first one stays as it was."""
    return body.model_copy(
        update={"state": "open", "number": body.number + 1, "after": round_id, "ends_at": _end(minutes), "simulated": ""}
    )


def longer(body: Round, minutes: int) -> Round:
    """Return a round that lasts longer: from its end, or from now where that is over."""
    now = datetime.now(UTC)
    return body.model_copy(update={"ends_at": max(body.ends_at or now, now) + timedelta(minutes=minutes)})


def _end(minutes: int) -> datetime | None:
    return datetime.now(UTC) + timedelta(minutes=minutes) if minutes else None


def asked(body: Round) -> str:
    """Say what a round asks."""
    what = words.listed(question.title.lower() for question in body.questions) if len(body.questions) > 1 else body.questions[0].title
    return f"{what}, of {words.counted(len(body.cards), 'card')}, blind, round {body.number}."
