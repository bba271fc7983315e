"""What every card of the board needs, read once for the screen."""

from dataclasses import dataclass

from components.project.comments import Threads
from components.project.store import Project
from components.scoping.board import Board, board
from components.scoping.records import Problem, Solution
from components.ui import resources
from components.ui.comments import comment_threads
from components.ui.session import NAMELESS


@dataclass(frozen=True)
class Desk:
    """The board with who wrote what and what was said about it."""

    project: Project
    board: Board
    threads: Threads
    writers: dict[str, str]
    people: dict[str, str]

    def writer(self, id: str) -> str:
        """Return the name of whoever wrote a card first."""
        return self.people.get(self.writers.get(id, ""), NAMELESS)


def desk(project: Project) -> Desk:
    """Read the board of a project."""
    store = resources.store()
    found = board(store.all(project.id, Problem), store.all(project.id, Solution))
    writers = store.writers(project.id, Problem.kind) | store.writers(project.id, Solution.kind)
    people = {one.id: one.name for one in store.people(project.id)}
    return Desk(project, found, comment_threads(project.id), writers, people)
