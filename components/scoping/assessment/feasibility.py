"""Can it be done? The questions that the kind of data and the age of the project ask, and what the answers rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from components import words
from components.scoping.assessment.records import Feasibility, FeasibilityAnswer

SAYS = {"": "nothing yet", "for": "speaks for it", "doubtful": "doubtful", "against": "speaks against it"}
COUNTED = {
    "for": ("speaks for it", "speak for it"),
    "doubtful": ("is doubtful", "are doubtful"),
    "against": ("speaks against it", "speak against it"),
}
BASES = ("measurement", "link", "opinion")


@dataclass(frozen=True)
class Question:
    """One question of feasibility; `measured` names the kind of figure that answers it best."""

    code: str
    title: str
    question: str
    why: str
    measured: str = ""


HUMAN = Question(
    "human-level",
    "Human level",
    "Can a person do it, given the same data only?",
    "On images, text and sound, what a person can't tell from the same data a model rarely can.",
    "human_level_run",
)
FEATURES = Question(
    "features",
    "Predictive features",
    "Are features available that predict it?",
    "On tables, a model is as good as what the columns say about the outcome.",
    "leaderboard",
)
NEW_FEATURES = Question(
    "new-features",
    "New predictive features",
    "Are there new features that predict it better?",
    "A running model gets better by what it doesn't see yet.",
    "leaderboard",
)
HISTORY = Question(
    "history",
    "The project's own history",
    "Does the error rate fall fast enough to reach the target?",
    "How fast a project got better so far is the best guide to how fast it will.",
)
CELLS: dict[tuple[str, str], tuple[Question, ...]] = {
    ("unstructured", "new"): (HUMAN,),
    ("structured", "new"): (FEATURES,),
    ("unstructured", "existing"): (HUMAN, HISTORY),
    ("structured", "existing"): (NEW_FEATURES, HISTORY),
}
ASPECTS = (
    Question(
        "benchmark",
        "External benchmark",
        "Has anybody else reached it: in the literature, another company, a competitor?",
        "What was reached once can be reached again.",
    ),
    Question("volume", "Data volume", "Are there enough data, of the rare cases too?", "Rare cases run out first.", "check_run"),
    Question(
        "labelling",
        "Labelling cost",
        "Can we pay for the labels, and do labellers agree?",
        "Labels that people don't agree on cost twice.",
        "agreement_run",
    ),
    Question("access", "Access", "May we get at the data, in training and when it runs?", "A field that comes a day late can't be used."),
    Question("legal", "Legal", "Is it allowed to use the data for this, and to decide this way?", "A contract or a law may end it late."),
    Question("explainability", "Explainability", "Can we explain a decision to those it concerns?", "Some decisions need a reason."),
    Question("robustness", "Robustness", "Does it hold when the inputs change?", "The world moves on after training.", "rollout_run"),
    Question("scale", "Scale", "Does it hold for all the traffic, in time and at a bearable cost?", "A demo serves one request at a time."),
)
BY_CODE = {one.code: one for one in (HUMAN, FEATURES, NEW_FEATURES, HISTORY, *ASPECTS)}


def cell_questions(found: Feasibility | None) -> tuple[Question, ...]:
    """Return the questions of an idea's cell of the 2 × 2; none while it isn't said."""
    return CELLS.get((found.data, found.project), ()) if found else ()


def questions(found: Feasibility | None) -> tuple[Question, ...]:
    """Return every question that an idea's feasibility asks."""
    return (*cell_questions(found), *ASPECTS)


def answer_id(solution_id: str, code: str) -> str:
    """Return the id under which an answer is saved."""
    return f"{solution_id}.{code}"


def basis(answer: FeasibilityAnswer) -> str:
    """Return what an answer rests on."""
    return "measurement" if answer.figure else "link" if answer.link else "opinion"


@dataclass(frozen=True)
class Assessed:
    """The feasibility of an idea: verdict, what it rests on, and what is open or speaks against it."""

    title: str
    verdict: str
    asked: tuple[Question, ...]
    answers: Mapping[str, FeasibilityAnswer]
    cell_known: bool

    def _said(self, says: str) -> list[Question]:
        return [one for one in self.asked if one.code in self.answers and self.answers[one.code].says == says]

    @property
    def against(self) -> list[Question]:
        """The questions whose answer speaks against the idea."""
        return self._said("against")

    @property
    def open(self) -> list[Question]:
        """The questions about which nothing is known."""
        return [one for one in self.asked if one.code not in self.answers or not self.answers[one.code].says]

    @property
    def rests_on(self) -> dict[str, int]:
        """How many answers rest on a measurement, on a link, on an opinion."""
        kinds = [basis(self.answers[one.code]) for one in self.asked if one not in self.open]
        return {kind: kinds.count(kind) for kind in BASES}

    @property
    def basis_text(self) -> str:
        """Say what the verdict rests on."""
        parts = [words.counted(number, kind) for kind, number in self.rests_on.items() if number]
        return words.listed(parts) if parts else "nothing yet"

    @property
    def sentence(self) -> str:
        """Answer “can it be done?” for this idea."""
        name = f"“{self.title}”"
        if self.verdict:
            said = {"feasible": "can be done", "doubtful": "is doubtful", "not feasible": "can't be done"}[self.verdict]
            return f"{name} {said}: it rests on {self.basis_text}."
        if len(self.open) == len(self.asked):
            return f"Nobody has looked yet whether {name} can be done."
        return f"No verdict on {name} yet; so far there is {self.basis_text}."

    @property
    def method(self) -> str:
        """Say how far the questions are answered."""
        known = f"{len(self.asked) - len(self.open)} of {len(self.asked)} questions answered"
        counts = {says: len(self._said(says)) for says in COUNTED}
        found = [f"{number} {COUNTED[says][number > 1]}" for says, number in counts.items() if number]
        first = "" if self.cell_known else " Say first what its data are and whether a model runs already."
        return f"{known}{': ' + ', '.join(found) if found else ''}.{first}"

    @property
    def warnings(self) -> list[str]:
        """What doesn't fit together."""
        against = [one.title.lower() for one in self.against]
        found = []
        if self.verdict == "feasible" and against:
            found.append(f"The verdict is “feasible”, though something speaks against it: {words.listed(against)}.")
        if self.verdict and not sum(self.rests_on.values()):
            found.append("The verdict rests on no answer at all.")
        elif self.verdict and not self.rests_on["measurement"] and not self.rests_on["link"]:
            found.append("The verdict rests on opinions alone: nothing was measured, nothing can be looked up.")
        return found


def assessed(title: str, found: Feasibility | None, answers: Mapping[str, FeasibilityAnswer]) -> Assessed:
    """Return the feasibility of an idea; `answers` by the codes of their questions."""
    return Assessed(title, found.verdict if found else "", questions(found), answers, bool(cell_questions(found)))


def feasibility_table(ideas: Sequence[Assessed]) -> pd.DataFrame:
    """Return all ideas with their verdicts and what these rest on."""
    rows = [
        {
            "idea": one.title,
            "verdict": one.verdict or "not yet",
            **{f"rests on {kind}": number for kind, number in one.rests_on.items()},
            "speaks against it": words.listed([question.title for question in one.against]) or words.MISSING,
            "open": len(one.open),
        }
        for one in ideas
    ]
    return pd.DataFrame(rows)


def evidence_table(found: Assessed, figures: Mapping[str, str]) -> pd.DataFrame:
    """Return one idea's questions with what is known; `figures` writes measured figures by their names."""
    rows = []
    for question in found.asked:
        given = found.answers.get(question.code)
        rows.append(
            {
                "question": question.question,
                "what we know": SAYS[given.says] if given else SAYS[""],
                "how we know": given.text if given else "",
                "measured": figures.get(given.figure, given.figure) if given else "",
                "link": given.link if given else "",
                "owner": given.owner if given else "",
            }
        )
    return pd.DataFrame(rows)
