"""The steps that are open, each a way to its screen, and what a template has brought before the first of them is done."""

from components import words
from components.deployment.records import FailureCase
from components.project.meetings import ActionItem
from components.readiness.standing import Step
from components.scoping.assessment.records import EthicsList
from components.ui import resources
from components.ui.patterns import section
from components.ui.session import escape, link


def open_step(step: Step) -> None:
    """Draw a step that is open, as the link to where it is done."""
    where = {"view": step.view} if step.view else {}
    link(step.screen, f":orange[:material/radio_button_unchecked:] {escape(step.what)}", **where)


def brought(project_id: str) -> None:
    """Draw what a project already holds before anything is done; nothing where it began empty."""
    store = resources.store()
    asked = sum(len(one.body.questions) for one in store.all(project_id, EthicsList))
    cases, actions = len(store.all(project_id, FailureCase)), len(store.all(project_id, ActionItem))
    if not (asked or cases or actions):
        return
    section("Already here", "to be answered and changed")
    if asked:
        link("scoping/assessment", f"A checklist of {words.counted(asked, 'question')}", icon=":material/arrow_forward:", view="ethics")
    if cases:
        link("deployment/monitoring", f"{words.counted(cases, 'case')} of what can go wrong", icon=":material/arrow_forward:")
    if actions:
        link("project/meeting", f"{words.counted(actions, 'first step')} to do", icon=":material/arrow_forward:")
