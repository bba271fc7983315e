"""How the example's team votes on its ideas: made-up people who scatter around what the board says; marked as simulated."""

from typing import Any

import numpy as np

from components.demo.board import SOLUTIONS
from components.jobs.work import Work
from components.project.rounds import Card, Question
from components.scoping.lenses import RICE, VALUE_FEASIBILITY, Lens
from components.scoping.records import Solution
from components.scoping.voting import begun

SIMULATED = "The voters of this example are made up: they scatter around what its board says."
VOTERS = (
    ("Ana", "engineering"),
    ("Dev", "engineering"),
    ("Elif", "engineering"),
    ("Ben", "business"),
    ("Chioma", "business"),
    ("Finn", "business"),
)
MEANS: dict[str, dict[str, tuple[float, ...]]] = {
    "rice": {
        "recogniser": (4000, 2, 0.8, 3.5),
        "open-model": (4000, 1, 0.5, 2.5),
        "service": (4000, 1, 0.5, 3),
        "online": (2400, 2, 0.8, 4),
        "check-digit": (20, 3, 1.0, 0.5),
        "second-look": (20, 2, 0.5, 3),
        "stamp": (1200, 1, 0.8, 2),
    },
    "value-feasibility": {
        "recogniser": (4.4, 3.6),
        "open-model": (2.8, 4.2),
        "service": (3.0, 3.2),
        "online": (3.8, 3.0),
        "check-digit": (1.9, 4.7),
        "second-look": (2.0, 2.4),
        "stamp": (3.0, 3.9),
    },
}
SPREAD = 0.28
"""How far people scatter: of numbers as a share, of choices from 1 to 5 in points at three times that."""


def vote(work: Work) -> None:
    """Begin, answer and reveal a blind round for each of the two ways of ranking."""
    rng = np.random.default_rng(20)
    for lens in (RICE, VALUE_FEASIBILITY):
        means = MEANS[lens.code]
        cards = [Card(kind=Solution.kind, id=id_, title=SOLUTIONS[id_].title) for id_ in means]
        round_ = begun(lens.title, cards, lens.factors, lens=lens, least=None, minutes=0).model_copy(update={"simulated": SIMULATED})
        id_ = work.store.put(work.project_id, round_, person=work.person, id=f"vote-{lens.code}").id
        for name, role in VOTERS:
            voter = f"example-{name.lower()}"
            work.store.join(work.project_id, id_, voter, name, role)
            for card in means:
                work.store.cast(work.project_id, id_, voter, card, _answers(lens, means[card], rng))
            work.store.finish(work.project_id, id_, voter)
        work.store.reveal(work.project_id, id_, work.person)


def _answers(lens: Lens, means: tuple[float, ...], rng: np.random.Generator) -> dict[str, Any]:
    return {question.name: _answer(question, mean, rng) for question, mean in zip(lens.factors, means, strict=True)}


def _answer(question: Question, mean: float, rng: np.random.Generator) -> list[float | None]:
    if question.choices:
        options = np.array([choice.value for choice in question.choices])
        wanted = mean + rng.normal(0, 3 * SPREAD) if options.max() > 3 else mean * np.exp(rng.normal(0, SPREAD))
        return [None, float(options[np.abs(options - wanted).argmin()]), None]
    likely = float(f"{mean * np.exp(rng.normal(0, SPREAD)):.2g}")
    return [float(f"{likely * 0.7:.2g}"), likely, float(f"{likely * 1.4:.2g}")]
