"""Problems with the solutions under them, and what is missing there."""

from collections.abc import Sequence
from dataclasses import dataclass

from components import words
from components.project.records import Record
from components.scoping.records import Problem, Solution
from components.scoping.wording import ai_words


@dataclass(frozen=True)
class Column:
    """One problem, its solutions, and what the team should look at."""

    problem: Record[Problem]
    solutions: list[Record[Solution]]
    warnings: list[str]


def board(problems: Sequence[Record[Problem]], solutions: Sequence[Record[Solution]]) -> list[Column]:
    """Return the board; solutions whose problem was deleted stand under the last one, so that none is lost."""
    known = {record.id for record in problems}
    columns = []
    for place, problem in enumerate(problems):
        last = place == len(problems) - 1
        under = [one for one in solutions if one.body.problem == problem.id or (last and one.body.problem not in known)]
        columns.append(Column(problem, under, _warnings(problem.body, [one.body for one in under])))
    return columns


def _warnings(problem: Problem, solutions: Sequence[Solution]) -> list[str]:
    warnings = []
    found = ai_words(problem.statement)
    if found:
        warnings.append(f"A problem has no AI in it: say what hurts without “{'”, “'.join(found)}”.")
    if all(solution.approach != "no ML" for solution in solutions):
        warnings.append("No solution without machine learning yet: there always is one, and it must be beaten.")
    return warnings


def board_answer(problems: Sequence[Problem], solutions: Sequence[Solution]) -> str:
    """Answer “what is worth solving, and how?”."""
    without = sum(solution.approach == "no ML" for solution in solutions)
    tail = f", {without} of them without machine learning" if solutions else ""
    return f"{words.counted(len(problems), 'problem')}, {words.counted(len(solutions), 'solution')}{tail}."


def board_method() -> str:
    """Say how the board is meant."""
    return "Business problems first, in words that anybody understands; under each, several ways to solve it."
