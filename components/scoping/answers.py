"""What one person answers in a round: a low, likely and high value for each question, some of them perhaps still missing."""

from collections.abc import Sequence
from typing import Any, TypeGuard

from components.project.rounds import Question, Round, Vote

Answer = list[float | None]
NOTHING: Answer = [None, None, None]


def answer_of(vote: Vote | None, question: Question) -> Answer:
    """Return what somebody said to a question so far: low, likely, high."""
    said = vote.answers.get(question.name) if vote else None
    return list(said) if is_answer(said) else list(NOTHING)


def is_answer(said: Any) -> TypeGuard[list[float | None]]:
    """Whether something that was saved is an answer: three numbers, each perhaps missing."""
    return isinstance(said, list) and len(said) == 3 and all(one is None or isinstance(one, int | float) for one in said)


def answered(vote: Vote | None, question: Question) -> bool:
    """Whether a question has an answer: its likely value."""
    return answer_of(vote, question)[1] is not None


def whole(answer: Sequence[Any]) -> tuple[float | None, float | None, float | None]:
    """Return an answer as it counts: an end that is missing, or on the wrong side of the likely value, is the likely value.

    >>> whole([None, 5, 9]), whole([6, 5, None]), whole([1, None, 3])
    ((5.0, 5.0, 9.0), (5.0, 5.0, 5.0), (None, None, None))
    """
    low, likely, high = answer
    if likely is None:
        return None, None, None
    return float(likely if low is None else min(low, likely)), float(likely), float(likely if high is None else max(high, likely))


def odd(answer: Answer) -> str:
    """Say what is wrong with a range, or nothing."""
    low, likely, high = answer
    if likely is None and not (low is None and high is None):
        return "The likely value is missing: without it this doesn't count."
    if likely is not None and ((low is not None and low > likely) or (high is not None and high < likely)):
        return "Lowest, likely, highest: they are not in this order, so the likely value counts alone on that side."
    return ""


def first_open(body: Round, votes: dict[str, Vote]) -> int:
    """Return the place of the first card that somebody has not answered completely; the last one where all are."""
    for place, card in enumerate(body.cards):
        if not all(answered(votes.get(card.id), question) for question in body.questions):
            return place
    return len(body.cards) - 1


def given(body: Round, votes: dict[str, Vote]) -> int:
    """Return how many cards somebody has answered completely."""
    return sum(all(answered(votes.get(card.id), question) for question in body.questions) for card in body.cards)
