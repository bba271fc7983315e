"""Where a project stands: empty, partly done, done, and what comes next."""

from datetime import date

import pytest

from components.data.records import CheckRun
from components.project.data_sets import DataSet, DataVersion
from components.project.target import Target
from components.readiness.standing import standing
from components.scoping.assessment.records import Economics, EthicsAnswer, Feasibility, Outcome
from components.scoping.milestones import Milestone
from components.scoping.records import PriorWork, Problem, Solution


@pytest.fixture
def put(store, project):
    """Save a body in the project."""
    return lambda body, id_: store.put(project.id, body, person="ana", id=id_)


def test_an_empty_project_begins_with_a_problem(store, project):
    found = standing(store, project.id)
    assert found.sentence == "Nothing is written down yet."
    assert found.next_step.screen == "scoping/problems_and_solutions"
    assert [lane.phase for lane in found.lanes] == ["Scoping", "Data", "Modelling", "Deployment"]
    assert not any(lane.done for lane in found.lanes)


def test_each_step_moves_from_open_to_done(store, project, put):
    before = standing(store, project.id)
    put(Problem(statement="Forms wait"), "p")
    put(Target(value=0.9), "target")
    after = standing(store, project.id)
    assert len(after.lanes[0].done) == 2
    assert after.still_open == before.still_open - 2
    assert after.next_step.screen == "scoping/problems_and_solutions"
    put(Solution(problem="p", title="Recogniser"), "s")
    assert standing(store, project.id).next_step.screen == "scoping/assessment"


def test_an_idea_is_ranked_when_it_is_complete(store, project, put):
    put(Problem(statement="Forms wait"), "p")
    put(Solution(problem="p", title="Recogniser", reach=10, impact=1.0, confidence=0.8), "s")
    assert not standing(store, project.id).lanes[0].figures
    put(Solution(problem="p", title="Recogniser", reach=10, impact=1.0, confidence=0.8, effort=2), "s")
    lane = standing(store, project.id).lanes[0]
    assert "First: Recogniser" in lane.done
    assert lane.figures[0].estimate.value == 4


def test_the_assessment_is_told_where_it_is_filled_in(store, project, put):
    put(Problem(statement="Forms wait"), "p")
    put(Solution(problem="p", title="Recogniser", reach=10, impact=1.0, confidence=0.8, effort=2), "s")
    before = standing(store, project.id).lanes[0]
    assert not any("ethics" in line.lower() or "pays" in line for line in [*before.done, *(step.what for step in before.open)])
    put(Feasibility(verdict="feasible"), "s")
    put(Economics(volume=1000, running=500, build=6000), "s")
    put(Outcome(solution="s", name="right", rate=0.8, value=2), "o")
    put(EthicsAnswer(answer="no", reason="x", due=date(2020, 1, 1)), "N1")
    lane = standing(store, project.id).lanes[0]
    assert "Feasibility: 1 idea judged" in lane.done
    assert "The first idea pays back in 5.5 months [5.5, 5.5]" in lane.done
    assert [(figure.label, figure.estimate.value) for figure in lane.figures][-1] == ("Net value a month, €", 1100)
    opened = [step.what for step in lane.open]
    assert "1 question of ethics overdue" in opened
    assert "Ethics: 23 of 24 open, 1 answered no: net positive" in opened


def test_failed_checks_are_open(store, project, put):
    put(DataSet(name="forms"), "d")
    put(DataVersion(data_set="d", number=1, table="ab" * 32, source="forms.csv", rows=10, columns={}), "v")
    result = {"code": "T08", "status": "failed", "rows": 3}
    put(CheckRun(data_version="v", rows=10, columns=2, results=[result, {**result, "code": "T01"}], seconds=0.1), "v")
    lane = standing(store, project.id).lanes[1]
    assert "2 checks to fix" in [step.what for step in lane.open]
    assert "10 rows in 1 data set" in lane.done


def test_human_level_is_not_asked_of_structured_data(store, project, put):
    put(DataSet(name="forms", structured=True), "d")
    assert not any("people" in step.what for step in standing(store, project.id).lanes[2].open)
    put(DataSet(name="pictures", structured=False), "e")
    assert any("people" in step.what for step in standing(store, project.id).lanes[2].open)


def test_two_phases_that_are_done_are_nearly_a_pilot(store, project, put):
    put(Problem(statement="Forms wait"), "p")
    put(Solution(problem="p", title="Recogniser", reach=10, impact=1.0, confidence=0.8, effort=2), "s")
    put(Target(value=0.9), "target")
    put(PriorWork(title="LeNet-5", score=0.99), "w")
    put(Milestone(title="Pilot"), "m")
    found = standing(store, project.id)
    assert not found.lanes[0].open
    assert found.sentence == f"{found.still_open} things to do before a pilot."
