"""What an entry of the help is."""

from dataclasses import dataclass
from typing import Literal

Group = Literal["Terms", "Checks", "Models", "Metrics", "Rankings", "Strategies", "Gates", "Faults", "Monitors", "Checklist"]
GROUPS: tuple[Group, ...] = ("Terms", "Checks", "Models", "Metrics", "Rankings", "Strategies", "Gates", "Faults", "Monitors", "Checklist")


@dataclass(frozen=True)
class Entry:
    """One word that the screens use.

    Attributes
    ----------
    key : str
        Its code, or a short name; stable, since addresses carry it (`/help?about=alpha`).
    group : str
        Where it is listed.
    title : str
        As the screens say it.
    meaning : str
        What it is, in a sentence or two: also the text of tooltips.
    computed : str
        How it is computed, or the limit that it is held against.
    source : str
        Where that comes from; empty where it is our own.
    screen : str
        The screen that shows it.
    also : str
        Other words that it is looked up by.
    """

    key: str
    group: Group
    title: str
    meaning: str
    computed: str = ""
    source: str = ""
    screen: str = ""
    also: str = ""

    @property
    def words(self) -> str:
        """All that a search looks at."""
        return " ".join((self.key, self.title, self.also, self.meaning, self.computed, self.source)).casefold()
