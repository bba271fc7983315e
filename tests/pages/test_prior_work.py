"""Prior work on the screen: a result typed, a table pasted and looked at, what one should mind, and what goes out again."""

import pytest

from components.modelling.records import Entry, HumanLevelRun, Leaderboard
from components.project.target import Target
from components.scoping.prior_work_exchange import to_csv
from components.scoping.records import PriorWork
from components.stats.estimate import Estimate

LENET = PriorWork(title="LeNet-5", score=0.0095, metric="error", direction="lower", year=1998, similarity=3)
PASTED = "title\tscore\tyear\tstars\nA\t98.5 %\t2024\t5\nB\tmany\t\t\n"


@pytest.fixture
def store(installation):
    return installation.store()


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def unfolded(tab, name):
    """The screen with a popover or an expander open."""
    app = tab.open("scoping/prior_work")
    app.session_state[f"prior_work.{name}"] = True
    return app.run()


def paste(app, text, turn=0):
    app.text_area(key=f"prior_work.paste.{turn}").set_value(text).run()


def test_prior_work_says_whether_the_target_is_beyond_it(tab, store):
    store.save(tab.project_id, Target(value=0.995), person="ana", id="target")
    store.save(tab.project_id, LENET, person="ana")
    unfolded(tab, "entries")
    assert tab.answer == "Best published: 99.05 %; our target of 99.50 % is beyond it."
    assert "above the best published result, 99.05 % (LeNet-5)" in tab.text
    for flag in ("licence missing", "not the same data (partly alike)", "older than three years (1998)"):
        assert flag in tab.text


def test_few_fields_are_shown_at_first_and_every_field_can_be_filled(tab, store):
    app = unfolded(tab, "add")
    app.text_input(key="prior_work.new.0.title").set_value("LeNet-5")
    app.number_input(key="prior_work.new.0.score").set_value(0.99)
    app.text_input(key="prior_work.new.0.hardware").set_value("One GPU")
    app.text_input(key="prior_work.new.0.split").set_value("test")
    press(app, "Add it")
    tab.whole()
    found = store.all(tab.project_id, PriorWork)[0].body
    assert (found.title, found.hardware, found.split) == ("LeNet-5", "One GPU", "test")
    folded = next(one for one in app.expander if one.label == "More")
    names = {
        widget.key.rsplit(".", 1)[-1] for kind in ("text_input", "number_input", "selectbox", "checkbox") for widget in folded.get(kind)
    }
    assert "hardware" in names
    assert "title" not in names


def test_a_link_that_is_no_web_address_is_refused(tab, store):
    app = unfolded(tab, "add")
    app.text_input(key="prior_work.new.0.title").set_value("LeNet-5")
    app.number_input(key="prior_work.new.0.score").set_value(0.99)
    app.text_input(key="prior_work.new.0.link").set_value("javascript:alert(1)")
    press(app, "Add it")
    assert "write it as https://" in tab.text
    assert store.all(tab.project_id, PriorWork) == []


def test_a_pasted_table_is_looked_at_before_it_is_taken(tab, store):
    app = tab.open("scoping/prior_work")
    paste(app, PASTED)
    tab.whole()
    assert "1 new result." in tab.text
    assert "“stars” is unknown here and left out." in tab.text
    assert "Line 3: the score “many” isn't a number" in tab.text
    assert store.all(tab.project_id, PriorWork) == []
    press(app, "Take 1 result")
    tab.whole()
    assert [(one.body.title, one.body.score, one.body.year) for one in store.all(tab.project_id, PriorWork)] == [("A", 0.985, 2024)]
    assert tab.answer == "Best published: 98.50 %."


def test_what_is_here_already_is_not_taken_again(tab, store):
    store.save(tab.project_id, LENET, person="ana")
    app = tab.open("scoping/prior_work")
    paste(app, to_csv([LENET]))
    tab.whole()
    assert "1 of these is here already." in tab.text
    assert next(button for button in app.button if button.label == "Take 0 results").disabled


def test_what_is_no_table_is_said_and_stays_in_the_field(tab, store):
    app = tab.open("scoping/prior_work")
    paste(app, "just some words")
    tab.whole()
    assert "no column “title” and “score”" in tab.text
    assert app.text_area(key="prior_work.paste.0").value == "just some words"


def test_results_go_out_as_csv_and_json(tab, store):
    store.save(tab.project_id, LENET, person="ana")
    app = tab.open("scoping/prior_work")
    assert {"CSV", "JSON"} <= {one.proto.label for one in app.get("download_button")}


def test_people_and_our_best_are_those_that_modelling_measured(tab, store):
    entry = Entry(
        name="m",
        title="Boosting",
        trivial=False,
        estimate=Estimate(0.97, 0.96, 0.98, 500).to_dict(),
        fit_seconds=1,
        memory_megabytes=1,
        run_id="f00d",
    )
    shared = {"target": "x", "task": "classification", "metric": "accuracy", "convention": "", "folds": 5, "seed": 7, "n": 500}
    board = Leaderboard(data_version="v", notes=[], models=[entry], planned=1, finished=True, **shared)
    run = {"label_set": "l", "per_annotator": [], "ties": 0, "items": 30, "judgements": 90, "against": "gold"}
    people = HumanLevelRun(accuracy=Estimate(0.98, 0.95, 0.99, 30).to_dict(), simulated="Seed 0.", **run)
    for body, id_ in ((board, "v"), (people, "l"), (LENET, "w"), (Target(value=0.985), "target")):
        store.put(tab.project_id, body, person="ana", id=id_)
    app = unfolded(tab, "add")
    shown = {metric.label: (metric.value, metric.delta) for metric in app.metric}
    assert shown["People"] == ("98.0 %", "[95.0, 99.0], target 98.5 %, simulated, -0.50 points against our target")
    assert shown["Ours"][0] == "97.0 %"
    assert "above human level, 98.0 % as measured" in tab.text
    assert any("Boosting: 97.0 %" in option for option in app.selectbox(key="prior_work.new.0.reproduced").options)
