"""The assessment of a project's ideas as it is saved: for the screen, the overview and the report."""

from datetime import date

from components.errors import BadInput
from components.project.store import Store
from components.project.target import Target
from components.scoping.assessment.ethics import Standing, standing
from components.scoping.assessment.feasibility import Assessed, assessed
from components.scoping.assessment.history import Projection, project, target_error
from components.scoping.assessment.ladder import Ladder, ladder
from components.scoping.assessment.payback import Payback, payback
from components.scoping.assessment.records import (
    Economics,
    ErrorMeasurement,
    EthicsAnswer,
    EthicsList,
    Feasibility,
    FeasibilityAnswer,
    LadderStep,
    Outcome,
)
from components.scoping.board import cards
from components.scoping.records import Solution


def feasibilities(store: Store, project_id: str) -> dict[str, Assessed]:
    """Return the feasibility of every idea by its id."""
    known = {record.id: record.body for record in store.all(project_id, Feasibility)}
    answers = [record.body for record in store.all(project_id, FeasibilityAnswer)]
    found = {}
    for idea in cards(store, project_id, Solution):
        theirs = {answer.code: answer for answer in answers if answer.solution == idea.id}
        found[idea.id] = assessed(idea.body.title, known.get(idea.id), theirs)
    return found


def ladders(store: Store, project_id: str) -> dict[str, Ladder]:
    """Return the metric ladder of every idea by its id."""
    steps = [record.body for record in store.all(project_id, LadderStep)]
    return {idea.id: ladder([step for step in steps if step.solution == idea.id]) for idea in cards(store, project_id, Solution)}


def paybacks(store: Store, project_id: str) -> dict[str, Payback | BadInput]:
    """Return expected value and payback of every idea by its id, or what doesn't add up."""
    costs = {record.id: record.body for record in store.all(project_id, Economics)}
    outcomes = [record.body for record in store.all(project_id, Outcome)]
    found: dict[str, Payback | BadInput] = {}
    for idea in cards(store, project_id, Solution):
        try:
            found[idea.id] = payback(idea.body.title, costs.get(idea.id), [one for one in outcomes if one.solution == idea.id])
        except BadInput as error:
            found[idea.id] = error
    return found


def ethics_standing(store: Store, project_id: str, today: date | None = None) -> Standing:
    """Return how far the questions of ethics are answered."""
    own = {record.id: record.body for record in store.all(project_id, EthicsList)}
    answers = {record.id: record.body for record in store.all(project_id, EthicsAnswer)}
    return standing(own, answers, today or date.today())


def projection(store: Store, project_id: str) -> Projection | None:
    """Return the projection of the project's error rates to its target; None without measurements, or without such a target."""
    history = [record.body for record in store.all(project_id, ErrorMeasurement)]
    target = store.get(project_id, Target, "target")
    wanted = target_error(target.body if target else None)
    return project(history, wanted) if history and wanted is not None else None
