"""The views of the screen of data sets: versions, coverage, iterations; with a real worker behind them."""

import pandas as pd
import pytest

from components.data.records import CoverageRun, ImportantCase, Iteration
from components.data.version_work import derive
from components.data.work import ingest
from components.jobs.work import Work
from components.project.data_sets import DataSet, DataVersion
from tests.pages.conftest import finished, plain

pytestmark = [pytest.mark.xdist_group("workers")]


@pytest.fixture
def brought(tab, installation):
    """Bring a table in, in this process, and open one of the views."""

    class Brought:
        store = installation.store()
        project = tab.project_id

        def work(self, **params):
            return Work(self.store, installation.files(), installation.settings(), tab.project_id, params, "ana")

        def bring(self):
            frame = pd.DataFrame({"key": range(40), "age": [n + 0.5 for n in range(40)], "label": [["a", "b"][n % 2] for n in range(40)]})
            frame.loc[39, ["age", "label"]] = frame.loc[38, ["age", "label"]]
            file = installation.files().put(frame.to_csv(index=False).encode())
            return ingest(self.work(name="people.csv", file=file, id_column="key"))["data_version"]

        def open(self, view):
            tab.app.query_params["view"] = view
            tab.open("data/data_sets")
            tab.app.query_params["view"] = view
            tab.app.run()
            tab.whole()
            return tab.app

    return Brought()


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def test_a_first_version_says_so_and_offers_the_steps_that_fit(tab, brought):
    brought.bring()
    app = brought.open("versions")
    assert tab.answer == "This is the first version."
    assert [one.label for one in app.checkbox] == ["Discard by a condition", "Remove duplicates"]
    assert "No augmentation here" in tab.text
    press(app, "Make the next version")
    assert "No step was chosen." in tab.text


def test_a_better_version_is_made_and_compared(tab, brought):
    first = brought.bring()
    app = brought.open("versions")
    app.checkbox(key=f"data_sets.derive.{first}.duplicates").check().run()
    app.text_input(key=f"data_sets.derive.{first}.note").input("One person came **twice**").run()
    press(app, "Make the next version")
    tab.whole()
    finished(brought.store, brought.project, "components.data.version_work:derive")
    second = brought.store.all(brought.project, DataVersion)[-1]
    assert (second.body.derived_from, second.body.rows) == (first, 39)
    brought.open("versions")
    finished(brought.store, brought.project, "components.data.version_work:compare")
    brought.open("versions")
    assert tab.answer == "Version 2 against 1: 1 removed; 39 the same."
    assert "Remove duplicates: 1" in tab.text
    assert "One person came **twice**" in tab.text


def test_steps_that_fail_say_why_and_add_nothing(tab, brought):
    first = brought.bring()
    app = brought.open("versions")
    app.checkbox(key=f"data_sets.derive.{first}.discard").check().run()
    stem = f"data_sets.derive.{first}.condition.0"
    app.selectbox(key=f"{stem}.column").select("age").run()
    app.selectbox(key=f"{stem}.operator").select("above").run()
    app.text_input(key=f"{stem}.value").input("old").run()
    press(app, "Make the next version")
    finished(brought.store, brought.project, "components.data.version_work:derive")
    brought.open("versions")
    assert "“old” is no number, as the column “age” holds." in tab.text
    assert len(brought.store.all(brought.project, DataVersion)) == 1


def test_a_case_is_declared_counted_and_says_what_to_collect(tab, brought):
    brought.bring()
    app = brought.open("coverage")
    assert "Declare a first case" in tab.text
    stem = "coverage.new.0"
    app.text_input(key=f"{stem}.name").input("Over 30").run()
    app.selectbox(key=f"{stem}.condition.0.column").select("age").run()
    app.selectbox(key=f"{stem}.condition.0.operator").select("above").run()
    app.text_input(key=f"{stem}.condition.0.value").input("30").run()
    press(app, "Declare it")
    tab.whole()
    (case,) = brought.store.all(brought.project, ImportantCase)
    assert case.body.condition.sentence == "age above 30"
    finished(brought.store, brought.project, "components.data.coverage_work:measure")
    (run,) = brought.store.all(brought.project, CoverageRun)
    assert run.body.cases[case.id]["have"] == 10
    brought.open("coverage")
    assert tab.answer == "The important case needs more rows: “Over 30” 131."
    assert "131 more of “Over 30”: age above 30" in tab.text
    tab.app.query_params.pop("view", None)
    tab.open("project/overview")
    links = {plain(one.proto.label) for one in tab.app.get("page_link")}
    assert any("The important case needs more rows" in label for label in links)


def test_a_case_without_a_name_or_a_condition_is_asked_for(tab, brought):
    brought.bring()
    app = brought.open("coverage")
    press(app, "Declare it")
    assert "The case has no condition." in tab.text
    app.selectbox(key="coverage.new.0.condition.0.column").select("age").run()
    assert "needs a value" in tab.text
    app.text_input(key="coverage.new.0.condition.0.value").input("1").run()
    press(app, "Declare it")
    assert "Name is missing" in tab.text
    assert not brought.store.all(brought.project, ImportantCase)


def test_rounds_say_what_another_one_is_worth(tab, brought):
    brought.bring()
    brought.open("iterations")
    assert "Note the first round." in tab.text
    set_id = brought.store.all(brought.project, DataSet)[0].id
    for number, (size, value) in enumerate([(500, 0.81), (1500, 0.865), (4000, 0.902)]):
        body = Iteration(data_set=set_id, what=f"Round {number}", size=size, value=value, hours=8)
        brought.store.put(brought.project, body, person="ana", id=f"round{number}")
    brought.open("iterations")
    assert tab.answer.startswith("Another 1,750 rows would bring accuracy from .902 to .9")
    assert "3 rounds, 24 hours spent." in tab.text


def test_a_version_that_was_derived_by_a_colleague_is_compared_with_its_parent(tab, brought):
    first = brought.bring()
    clause = {"column": "age", "operator": "below", "value": "5"}
    derive(brought.work(data_version=first, steps=[{"step": "discard", "condition": {"clauses": [clause]}}]))
    brought.open("versions")
    finished(brought.store, brought.project, "components.data.version_work:compare")
    brought.open("versions")
    assert tab.answer == "Version 2 against 1: 5 removed; 35 the same."
    assert "Discard rows where age below 5: 5" in tab.text
