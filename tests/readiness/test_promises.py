"""Promised against measured: kept, missed, undecided or not measured yet; kill criteria; and the chart of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from components.data.records import AgreementRun
from components.modelling.records import Leaderboard
from components.project.shelf import Shelf
from components.readiness import promises
from components.readiness.figures import BY_FIGURE, FIGURES, readings
from components.readiness.milestone_charts import milestones_chart
from components.readiness.records import ChecklistAnswer
from components.scoping.milestones import Milestone, Promise
from components.stats.estimate import Estimate
from components.stats.limits import against
from components.theme import LIGHT, themed
from components.ui import screens

TODAY = date(2026, 11, 24)


def board(value, low, high, simulated=""):
    entry = {"name": "knn", "title": "Nearest neighbours", "trivial": False, "fit_seconds": 0.1, "memory_megabytes": 1.0}
    entry["estimate"] = {"value": value, "low": low, "high": high, "n": 899}
    return Leaderboard(
        data_version="v", target="label", task="classification", metric="accuracy", convention="", folds=5, seed=0, n=899, notes=[],
        models=[entry], planned=1, finished=True, simulated=simulated,
    )  # fmt: skip


@pytest.fixture
def put(store, project):
    return lambda body, id_: store.put(project.id, body, person="ana", id=id_)


@pytest.fixture
def courses(store, project):
    def look(today=TODAY):
        shelf = Shelf(store, project.id)
        return promises.courses(shelf, readings(shelf), today)

    return look


@pytest.mark.parametrize(
    ("comparison", "limit", "verdict"),
    [
        ("≥", 0.96, "met"),
        ("≥", 0.97, "undecided"),
        ("≥", 0.981, "not met"),
        ("≤", 0.98, "met"),
        ("<", 0.98, "undecided"),
        (">", 0.96, "undecided"),
        ("<", 0.99, "met"),
        (">", 0.98, "not met"),
    ],
)
def test_an_interval_that_contains_the_limit_is_undecided(comparison, limit, verdict):
    assert against(Estimate(0.97, 0.96, 0.98), comparison, limit) == verdict


def test_without_an_interval_the_value_decides_and_without_a_value_nothing():
    assert against(Estimate(0.0), "≤", 0) == "met"
    assert against(Estimate(None, why="one labeller"), "≥", 0) == against(None, "≥", 0) == "not measured"


@pytest.mark.parametrize(("value", "state"), [(0.96, "kept"), (0.97, "undecided"), (0.99, "missed")])
def test_a_promise_is_held_against_the_figure_that_it_is_bound_to(put, courses, value, state):
    put(Milestone(title="Pilot", due=date(2027, 1, 1)), "m")
    put(Promise(milestone="m", metric="accuracy", value=value, figure="best-baseline"), "p")
    assert courses()[0].promises[0].state == "not measured yet"
    put(board(0.972, 0.962, 0.981, simulated="drawn at random"), "v")
    held = courses()[0].promises[0]
    assert held.state == state
    assert held.measured_text == "97.2 % [96.2, 98.1], n = 899, simulated, accuracy of Nearest neighbours"
    assert held.screen == "modelling/baselines"


def test_what_somebody_measured_by_hand_counts_where_no_figure_is_bound(put, courses):
    put(Milestone(title="Pilot"), "m")
    by_hand = {"measured": 164, "low": 151, "high": 178, "n": 500, "measured_on": date(2026, 11, 20), "source": "load test"}
    put(Promise(milestone="m", area="software", metric="p95 latency, ms", comparison="≤", value=200, **by_hand), "p")
    held = courses()[0].promises[0]
    assert (held.state, held.promised_text) == ("kept", "p95 latency, ms at most 200")
    assert held.measured_text == "164 [151, 178], n = 500, by hand: load test, 20 November 2026"


def test_a_milestone_is_as_good_as_its_worst_promise_and_may_be_overdue(put, courses):
    put(Milestone(title="Pilot", due=date(2026, 12, 1)), "m")
    put(Promise(milestone="m", metric="a", value=1, measured=2), "p")
    assert (courses()[0].word, courses()[0].mood) == ("kept", "pass")
    put(Promise(milestone="m", metric="b", value=1, measured=0), "q")
    assert (courses()[0].word, courses()[0].mood) == ("missed so far", "warn")
    assert (courses(date(2026, 12, 2))[0].word, courses(date(2026, 12, 2))[0].mood) == ("overdue, missed", "fail")
    assert promises.answer(courses()) == "Of 2 promises, 1 is kept and 1 is missed."


def test_a_kill_criterion_that_came_true_is_the_answer(put, courses):
    kill = {"kill": "nothing comes near", "kill_figure": "best-baseline", "kill_comparison": "<", "kill_value": 0.9}
    put(Milestone(title="Lab", **kill), "m")
    assert courses()[0].kill == "not measured"
    put(board(0.88, 0.86, 0.91), "v")
    assert courses()[0].kill == "perhaps"
    put(board(0.85, 0.83, 0.87), "v")
    assert courses()[0].kill == "came true"
    assert promises.answer(courses()) == "Stop “Lab”, or decide why not: nothing comes near."
    put(Milestone(title="Lab", kill_on=date(2026, 12, 1), **kill), "m")
    assert courses()[0].kill == "early"
    assert courses(date(2026, 12, 1))[0].kill == "came true"


def test_what_begins_before_its_predecessor_is_due_is_pointed_out(put, courses):
    put(Milestone(title="Lab", due=date(2026, 12, 10)), "a")
    put(Milestone(title="Pilot", start=date(2026, 12, 1), due=date(2027, 1, 1), depends_on=["a"]), "b")
    assert {course.id: course.early for course in courses()} == {"a": (), "b": ("Lab",)}
    put(Milestone(title="Lab", due=date(2026, 12, 10), depends_on=["b"]), "a")
    assert promises.waiting_in_circles(courses())[0].endswith("wait for each other: take one out of “Waits for”.")


def test_the_newest_of_each_kind_is_read_with_its_age(put, store, project):
    alpha = {"value": 0.83, "low": 0.72, "high": 0.92}
    nothing = {"value": None}
    run = {"items": 30, "annotators": 5, "labels": 150, "level": "nominal", "band": None, "too_low": False, "why": ""}
    run |= dict.fromkeys(("percent", "cohen", "fleiss", "ac1"), nothing)
    put(AgreementRun(label_set="a", alpha={"value": 0.4}, **run), "a")
    put(AgreementRun(label_set="b", alpha=alpha, simulated="drawn", **run), "b")
    put(ChecklistAnswer(state="automated"), "C01")
    found = readings(Shelf(store, project.id))
    assert found["agreement-alpha"].value_text == ".83 [.72, .92], simulated"
    assert found["agreement-alpha"].on == "5 labellers"
    assert datetime.now(UTC) - found["agreement-alpha"].at < timedelta(minutes=5)
    assert found["ml-test-score"].estimate.value == 0
    assert "best-baseline" not in found


def test_every_figure_leads_to_a_screen_and_every_kind_is_read_once(store, project, monkeypatch):
    assert len(BY_FIGURE) == len(FIGURES)
    assert {figure.screen for figure in FIGURES} <= {screen.path for screen in screens.SCREENS}
    asked = []
    everything = store.all
    monkeypatch.setattr(store, "all", lambda project_id, kind: asked.append(kind) or everything(project_id, kind))
    shelf = Shelf(store, project.id)
    promises.courses(shelf, readings(shelf), TODAY)
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("number", [1, 5, 25])
def test_the_chart_has_a_row_a_milestone_and_shows_what_waits_for_what(put, courses, number):
    for place in range(number):
        start = TODAY + timedelta(days=10 * place)
        waits = [f"m{place - 1}"] if place else []
        put(Milestone(title=f"Step {place}", start=start, due=start + timedelta(days=9), depends_on=waits), f"m{place}")
    put(Milestone(title="No day yet"), "none")
    drawn = themed(milestones_chart(courses(), LIGHT, TODAY), LIGHT).to_dict()
    rows = [row for rows in drawn["datasets"].values() for row in rows]
    assert len({row["title"] for row in rows if "title" in row}) == number
    assert len({row["name"] for row in rows if "name" in row}) == number - 1
    assert any(row.get("text") == "today" for row in rows)
