"""The human level screen: measured on asking, refused on tables, compared with the best model."""

from components.modelling.records import Entry, HumanLevelRun, Leaderboard
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.tables import put_table
from components.stats.intervals import wilson
from tests.pages.conftest import finished
from tests.pages.test_labels import judgements, press

PAGE = "modelling/human_level"


def put_labels(installation, project_id, frame, **fields):
    table = put_table(installation.files(), frame)
    body = LabelSet(name="Round 1", table=table, item="image", annotator="worker", label="answer", **fields)
    installation.store().put(project_id, body, person="ana", id="here")


def measure(tab, installation):
    tab.open(PAGE)
    press(tab.app, "Measure human level")
    finished(installation.store(), tab.project_id)
    tab.app.run()
    tab.whole()


def put_model(installation, project_id, right, **known):
    store = installation.store()
    store.put(project_id, DataSet(name="Digits", structured=False), person="ana", id="digits")
    version = DataVersion(data_set="digits", number=1, table="x", source="digits.csv", rows=1000, columns={"label": "category"})
    store.put(project_id, version, person="ana", id="digits-1")
    entry = Entry(
        name="linear", title="Linear", trivial=False, estimate=wilson(right, 1000).to_dict(), fit_seconds=1, memory_megabytes=1, **known
    )
    board = Leaderboard(
        data_version="digits-1", target="label", task="classification", metric="accuracy", convention="", folds=5, seed=0, n=1000,
        notes=[], models=[entry], planned=1, finished=True,
    )  # fmt: skip
    store.put(project_id, board, person="ana", id="digits-1")


def test_empty_it_leads_to_the_labels(tab):
    tab.open(PAGE)
    assert tab.answer == "Nobody knows yet."
    assert "no model needs to" in tab.text


def test_people_are_measured_on_asking(tab, installation):
    put_labels(installation, tab.project_id, judgements(0.2))
    measure(tab, installation)
    run = installation.store().get(tab.project_id, HumanLevelRun, "here").body
    assert tab.answer.startswith("People are right ")
    assert run.against == "the majority of the others"
    assert f"{run.judgements} judgements" in tab.text
    assert "left out because the others tied" in tab.text


def test_simulated_labels_say_so(tab, installation):
    put_labels(installation, tab.project_id, judgements(0.2), simulated="Drawn with seed 0.")
    measure(tab, installation)
    assert "simulated" in tab.text
    assert "Drawn with seed 0." in tab.text


def test_a_model_below_people_is_not_there_yet_and_one_above_is_beyond(tab, installation):
    put_labels(installation, tab.project_id, judgements(0.02, items=400), data_set="digits")
    put_model(installation, tab.project_id, 700)
    measure(tab, installation)
    assert "our best model is not there yet with 70.0 %" in tab.answer
    put_model(installation, tab.project_id, 1000)
    tab.app.run()
    assert "our best model is beyond them with 100 %" in tab.answer


def test_on_structured_data_it_is_refused_with_the_reason(tab, installation):
    put_labels(installation, tab.project_id, judgements(0.2), structured=True)
    tab.open(PAGE)
    assert tab.answer == "Not asked here: the data are structured."
    assert "people label tables badly" in tab.text
    assert not [button for button in tab.app.button if button.label == "Measure human level"]


def test_two_annotators_are_too_few_and_the_screen_says_so(tab, installation):
    put_labels(installation, tab.project_id, judgements(0.2, names=("Ana", "Ben")))
    measure(tab, installation)
    assert tab.answer == "Nobody knows yet."
    assert "can't be held against the majority of the others" in tab.text
    assert installation.store().get(tab.project_id, HumanLevelRun, "here") is None
