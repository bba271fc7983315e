"""Is it right? Andrew Ng's three questions, the checklist of the package deon, and a team's own lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import distribution
from typing import Any

import pandas as pd
import yaml
from pydantic import ValidationError

from components import words
from components.errors import BadInput
from components.scoping.assessment.records import EthicsAnswer, EthicsList, EthicsQuestion

MOST_SIGNS = 200_000
MOST_QUESTIONS = 200
EXAMPLE = """title: Our own questions
questions:
- Is there somebody whom people can complain to?
- title: Works council
  question: Has the works council agreed?
"""
WORDS = {"": "not yet", "yes": "yes", "partial": "partial", "no": "no", "not applicable": "n.a."}


@dataclass(frozen=True)
class Item:
    """One question."""

    code: str
    title: str
    question: str


@dataclass(frozen=True)
class Section:
    """Questions that belong together, and whose they are."""

    code: str
    title: str
    source: str
    items: tuple[Item, ...]


NG = Section(
    "Ng",
    "First of all",
    "Andrew Ng, Machine Learning in Production",
    (
        Item("N1", "Net positive", "Does this create net positive value for society?"),
        Item("N2", "Free from bias", "Is it reasonably fair and free from bias?"),
        Item("N3", "Openly aired", "Have concerns been aired openly, and debated?"),
    ),
)


@cache
def deon() -> tuple[Section, ...]:
    """Return the sections of deon's checklist, A to E, as the installed package carries them (MIT licence, DrivenData)."""
    package = distribution("deon")
    text = str(package.locate_file("deon/assets/checklist.yml"))
    with open(text, encoding="utf-8") as file:
        read = yaml.safe_load(file)
    source = f"deon {package.version}, DrivenData"
    return tuple(
        Section(
            str(section["section_id"]),
            str(section["title"]),
            source,
            tuple(Item(str(line["line_id"]), str(line["line_summary"]), str(line["line"])) for line in section["lines"]),
        )
        for section in read["sections"]
    )


def sections(own: Mapping[str, EthicsList]) -> tuple[Section, ...]:
    """Return every section that the project answers; `own` holds its own lists by their ids."""
    ours = [
        Section(id_, body.title, "our own list", tuple(Item(f"{id_}.{one.code}", one.title, one.question) for one in body.questions))
        for id_, body in own.items()
    ]
    return (NG, *deon(), *ours)


@dataclass(frozen=True)
class Standing:
    """How far the questions are answered on a day."""

    sections: tuple[Section, ...]
    answers: Mapping[str, EthicsAnswer]
    today: date

    @property
    def items(self) -> list[Item]:
        """Every question."""
        return [item for section in self.sections for item in section.items]

    def of(self, *said: str) -> list[Item]:
        """Return the questions that were answered so; "" for those that are open."""
        return [item for item in self.items if (self.answers[item.code].answer if item.code in self.answers else "") in said]

    @property
    def overdue(self) -> list[tuple[Item, EthicsAnswer]]:
        """Questions that are due and not settled."""
        waiting = [(item, self.answers[item.code]) for item in self.of("", "no", "partial") if item.code in self.answers]
        return [(item, given) for item, given in waiting if given.due is not None and given.due < self.today]

    @property
    def settled(self) -> bool:
        """Whether every question is answered, none with no or partial."""
        return not self.of("", "no", "partial")

    @property
    def sentence(self) -> str:
        """Answer “is it right?”."""
        opened, no, partial = self.of(""), self.of("no"), self.of("partial")
        if len(opened) == len(self.items):
            return "Nobody has asked yet whether it is right."
        first = f"{len(opened)} of {len(self.items)} open" if opened else f"All {len(self.items)} answered"
        parts = [first]
        if no:
            parts.append(f"{len(no)} answered no: {words.listed([item.title.lower() for item in no], most=3)}")
        elif partial:
            parts.append(f"{len(partial)} in part: {words.listed([item.title.lower() for item in partial], most=3)}")
        elif not opened:
            parts.append("none with no")
        return f"{', '.join(parts)}."

    @property
    def method(self) -> str:
        """Say where the questions come from, and what is late."""
        late = f" {words.counted(len(self.overdue), 'question')} overdue." if self.overdue else ""
        sources = list(dict.fromkeys(section.source for section in self.sections))
        return f"Questions of {words.listed(sources)}.{late}"

    @property
    def overdue_lines(self) -> list[str]:
        """What is overdue, in words."""
        return [
            f"{item.title}, due {given.due:%-d %B %Y}{f', {given.owner}' if given.owner else ''}"
            for item, given in self.overdue
            if given.due is not None
        ]


def standing(own: Mapping[str, EthicsList], answers: Mapping[str, EthicsAnswer], today: date) -> Standing:
    """Return how far the questions are answered; `answers` by the codes of their questions."""
    return Standing(sections(own), answers, today)


def ethics_table(found: Standing) -> pd.DataFrame:
    """Return every question with its answer."""
    rows = []
    for section in found.sections:
        for item in section.items:
            given = found.answers.get(item.code, EthicsAnswer())
            rows.append(
                {
                    "section": section.title,
                    "question": item.question,
                    "answer": WORDS[given.answer],
                    "reason": given.reason,
                    "owner": given.owner,
                    "due": given.due.isoformat() if given.due else "",
                    "evidence": given.evidence,
                }
            )
    return pd.DataFrame(rows)


def read_list(name: str, text: str) -> EthicsList:
    """Return the list of questions in a YAML: a title with questions, or a checklist as deon writes it.

    Raises
    ------
    BadInput
        It is no such list; the sentence says where.
    """
    if len(text) > MOST_SIGNS:
        raise BadInput(f"{name} is too long for a list of questions.", f"Bring at most {MOST_QUESTIONS} questions.")
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise BadInput(f"{name} isn't YAML{where}.", "Write it like the example.", EXAMPLE.splitlines()) from None
    except (ValueError, RecursionError):
        raise BadInput(f"{name} can't be read.", "Write it like the example.", EXAMPLE.splitlines()) from None
    if not isinstance(data, dict):
        raise BadInput(f"{name} has no title and no questions.", "Write it like the example.", EXAMPLE.splitlines())
    unknown = [str(key) for key in data if key not in {"title", "questions", "sections"}]
    if unknown:
        raise BadInput(f"{name} has a key “{unknown[0][:60]}” that isn't known.", "The keys are title, and questions or sections.")
    title = data.get("title")
    if not isinstance(title, str) or not title.strip():
        raise BadInput(f"{name} has no title.", "Begin with “title: …”.")
    asked = [_question(name, place, one) for place, one in enumerate(_listed(name, data), start=1)]
    if not asked:
        raise BadInput(f"{name} has no questions.", "Write them under “questions:”, each on a line that begins with a dash.")
    codes = [one["code"] for one in asked]
    twice = next((code for place, code in enumerate(codes) if code in codes[:place]), None)
    if twice is not None:
        raise BadInput(f"{name} has two questions with the code “{twice}”.", "Give each its own, or leave codes out.")
    try:
        return EthicsList(title=title.strip(), questions=[EthicsQuestion(**one) for one in asked])
    except ValidationError as error:
        place = error.errors()[0]
        raise BadInput(f"{name}: {'.'.join(str(part) for part in place['loc'])}: {place['msg'].lower()}.", "Shorten it.") from None


def _listed(name: str, data: dict[Any, Any]) -> list[Any]:
    """Return the questions of a list, or of all sections of a checklist as deon writes it."""
    if "questions" in data:
        found = data["questions"]
    else:
        groups = data.get("sections")
        if not isinstance(groups, list) or not all(isinstance(one, dict) and isinstance(one.get("lines"), list) for one in groups):
            raise BadInput(f"{name} has no questions.", "Write it like the example.", EXAMPLE.splitlines())
        found = [line for group in groups for line in group["lines"]]
    if not isinstance(found, list):
        raise BadInput(f"{name}: questions is no list.", "Begin each question on a line of its own with a dash.")
    return found


def _question(name: str, place: int, one: Any) -> dict[str, str]:
    """Return a question as plain text, or as code, title and question (deon: line_id, line_summary, line)."""
    if isinstance(one, str) and one.strip():
        text = " ".join(one.split())
        return {"code": f"q{place}", "title": text if len(text) <= 60 else f"{text[:59].rstrip()}…", "question": text}
    if not isinstance(one, dict):
        raise BadInput(f"{name}: question {place} is no text.", "Put it in quotes: YAML reads a bare yes, no or number otherwise.")
    names = {"code": "code", "title": "title", "question": "question", "line_id": "code", "line_summary": "title", "line": "question"}
    unknown = [str(key) for key in one if key not in names]
    if unknown:
        raise BadInput(
            f"{name}: question {place} has a key “{unknown[0][:60]}” that isn't known.", "The keys are code, title and question."
        )
    read = {names[str(key)]: value for key, value in one.items()}
    wrong = next((key for key, value in read.items() if not isinstance(value, str) or not value.strip()), None)
    if wrong or "question" not in read:
        key = wrong or "question"
        raise BadInput(f"{name}: question {place} has no text under “{key}”.", "Write one, in quotes if it is a bare yes, no or number.")
    text = " ".join(str(read["question"]).split())
    title = str(read.get("title", text if len(text) <= 60 else f"{text[:59].rstrip()}…"))
    return {"code": str(read.get("code", f"q{place}")), "title": title.strip(), "question": text}
