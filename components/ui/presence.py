"""Who is here now, as a screen says it."""

from collections import Counter
from dataclasses import dataclass

from components import words
from components.ui import resources
from components.ui.session import NAMELESS


@dataclass(frozen=True)
class Here:
    """People of one name on one screen; those without a name are counted."""

    name: str
    screen: str
    people: int

    @property
    def text(self) -> str:
        """Who is where."""
        who = self.name if self.people == 1 else words.counted(self.people, "person without a name", "people without a name")
        return f"{who}, {self.screen}"


def here(project_id: str) -> list[Here]:
    """Return who looks at a project, each person a line."""
    present = resources.store().present(project_id)
    nameless = Counter(one.screen for one in present if one.name == NAMELESS)
    named = [Here(one.name, one.screen, 1) for one in present if one.name != NAMELESS]
    return named + [Here(NAMELESS, screen, people) for screen, people in nameless.items()]
