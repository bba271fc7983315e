"""Every screen there is: its file, its title, its phase and the question it answers."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[2]
PHASES = ("Project", "Scoping", "Data", "Modelling", "Deployment")


@dataclass(frozen=True)
class Screen:
    """One screen: `path` is its file under pages/ without the ending, and its name in links.

    A bare one stands alone, without navigation and bar, as narrow as a phone.
    """

    path: str
    title: str
    question: str
    hidden: bool = False
    needs_project: bool = True
    bare: bool = False

    @property
    def phase(self) -> str:
        """Name of the phase, as in the navigation."""
        return self.path.split("/")[0].capitalize()

    @property
    def url_path(self) -> str:
        """The screen's address below the server's."""
        return self.path.split("/")[1].replace("_", "-")


START = Screen("project/start", "Start", "What can I do here?", hidden=True, needs_project=False)
SCREENS = (
    START,
    Screen("project/quick_check", "Quick check", "Can we train on this file, and what must be beaten?", hidden=True, needs_project=False),
    Screen("project/overview", "Overview", "Where do we stand?"),
    Screen("project/decisions", "Decisions", "What did we decide, and does it still hold?"),
    Screen("project/meeting", "Meeting", "What do we want to settle, and who does what?"),
    Screen("project/report", "Report", "What do we mail?"),
    Screen("project/people_and_files", "People and files", "Who takes part, and where is our data?"),
    Screen("project/help", "Help", "What does it mean, and where does it come from?", needs_project=False),
    Screen("project/status", "Status", "Does everything run here?", hidden=True, needs_project=False),
    Screen("scoping/problems_and_solutions", "Problems and solutions", "What is worth solving, and how could it be solved?"),
    Screen("scoping/prior_work", "Prior work", "What have others reached?"),
    Screen("scoping/assessment", "Assessment", "Which idea first?"),
    Screen("scoping/milestones", "Milestones", "What do we promise, and are we keeping it?"),
    Screen("scoping/join", "Join", "What do you say?", hidden=True, bare=True),
    Screen("data/data_sets", "Data sets", "What do we have, and what does its kind mean for us?"),
    Screen("data/rulebook", "Rulebook", "Do we all mean the same?"),
    Screen("data/judge", "Judge", "What is this item?", hidden=True, bare=True),
    Screen("data/round_result", "Round result", "Where do we differ, and why?"),
    Screen("data/checks", "Checks", "Can we train on this?"),
    Screen("data/labels", "Labels", "Can we trust the labels?"),
    Screen("data/drift", "Drift", "How fast does our world change?"),
    Screen("modelling/baselines", "Baselines", "What must we beat?"),
    Screen("modelling/human_level", "Human level", "How good are people, and are we there?"),
    Screen("modelling/where_to_work", "Where to work next", "Which slice pays off most?"),
    Screen("modelling/experiments", "Experiments", "What have we tried, and what came of it?"),
    Screen("deployment/rollout", "Rollout", "Is it safe, how long does it take, what does it cost?"),
    Screen("deployment/checklist", "Checklist", "Are we ready, and what does each gap cost?"),
    Screen("deployment/monitoring", "Monitoring", "How will we know, and what happens then?"),
    Screen("deployment/game_day", "Game day", "Would we have noticed?"),
)


@cache
def screen(path: str) -> Screen:
    """Return the screen of this path, such as `data/checks`."""
    return next(screen for screen in SCREENS if screen.path == path)


def page(screen: Screen) -> st.Page:
    """Return the screen as Streamlit's navigation takes it."""
    return st.Page(
        ROOT / "pages" / f"{screen.path}.py",
        title=screen.title,
        url_path=screen.url_path,
        default=screen is START,
        visibility="hidden" if screen.hidden else "visible",
    )


def pages() -> dict[str, list[st.Page]]:
    """Return all screens in the sections of the navigation."""
    return {phase: [page(screen) for screen in SCREENS if screen.phase == phase] for phase in PHASES}
