"""Human level beside the labels: structured data with a reason, typed in, from transcripts, and bias against variance."""

import pandas as pd
import pytest

from components.modelling.human_level_run import human_level_run
from components.modelling.records import Baseline, ErrorLevels, HumanLevelRun, TranscriptRun
from components.project.data_sets import LabelSet
from components.stats.estimate import Estimate
from components.stats.intervals import wilson
from tests.pages.conftest import finished
from tests.pages.test_human_level import PAGE, put_labels, put_model
from tests.pages.test_labels import judgements, press


def look(tab, name):
    tab.open(PAGE)
    next(one for one in tab.app.get("button_group") if one.key == "human_level.view").set_value(name).run()
    tab.whole()


def fill(tab, **texts):
    for label, value in texts.items():
        kinds = [*tab.app.text_input, *tab.app.text_area, *tab.app.number_input]
        next(one for one in kinds if one.label == label.replace("_", " ")).set_value(value)


@pytest.mark.xdist_group("models")
def test_structured_data_are_measured_for_a_reason_that_is_shown(tab, installation):
    put_labels(installation, tab.project_id, judgements(0.2), structured=True)
    tab.open(PAGE)
    assert tab.answer == "Not asked here: the data are structured."
    press(tab.app, "Measure it all the same")
    assert "Say why in a sentence" in tab.text
    fill(tab, Why="Underwriters decide these by hand today.")
    press(tab.app, "Measure it all the same")
    finished(installation.store(), tab.project_id)
    tab.app.run()
    tab.whole()
    assert tab.answer.startswith("People are right ")
    assert "Underwriters decide these by hand today." in tab.text
    assert installation.store().get(tab.project_id, HumanLevelRun, "here").body.override


def test_a_level_that_is_typed_in_needs_a_source(tab, installation):
    tab.open(PAGE)
    fill(tab, Name="People", Value=0.95)
    press(tab.app, "Save")
    assert "needs a source" in tab.text
    fill(tab, Note="Counted by hand in May.")
    press(tab.app, "Save")
    [typed] = installation.store().all(tab.project_id, Baseline)
    assert (typed.body.source_kind, typed.body.comparable, typed.body.value) == ("human level", True, 0.95)


def test_bias_against_variance(tab, installation):
    look(tab, "Bias or variance")
    assert tab.answer == "Nobody knows yet."
    fill(tab, Error_of_people=0.106, Error_on_training_data=0.108, Error_on_development_data=0.148)
    press(tab.app, "Save")
    tab.whole()
    assert tab.answer.startswith("Avoidable bias .2 points, variance 4.0 points: work on variance")
    assert installation.store().get(tab.project_id, ErrorLevels, "error_levels").body.dev == 0.148


def test_bias_and_variance_of_a_quick_model_beside_people(tab, installation):
    labels = judgements(0.02, items=400)
    put_labels(installation, tab.project_id, labels, data_set="digits")
    run = human_level_run("here", installation.store().get(tab.project_id, LabelSet, "here").body, labels)
    installation.store().put(tab.project_id, run, person="ana", id="here")
    put_model(
        installation,
        tab.project_id,
        900,
        learnt=wilson(990, 1000).to_dict(),
        forgets=Estimate(0.09, 0.07, 0.11, 1000).to_dict(),
    )
    look(tab, "Bias or variance")
    assert "variance 9.0 points [7.0, 11.0]: work on variance" in tab.answer
    assert "on what it learnt 1.0 %, held back 10.0 %; 1,000 rows, each once learnt from" in tab.text
    fill(tab, Error_of_people=0.106, Error_on_training_data=0.108, Error_on_development_data=0.148)
    press(tab.app, "Save")
    assert "variance 9.0 points" in tab.answer
    next(one for one in tab.app.get("button_group") if one.key == "bias.way").set_value("Typed in").run()
    tab.whole()
    assert tab.answer.startswith("Avoidable bias .2 points, variance 4.0 points: work on variance")


@pytest.mark.xdist_group("models")
def test_transcripts_with_their_references_in_a_column(tab, installation):
    look(tab, "From transcripts")
    assert "People mishear too" in tab.text
    said = [f"line number {place} was said here" for place in range(10)]
    frame = pd.DataFrame({"item": range(10), "reference": said, "text": [one.replace("said", "sad") for one in said], "speaker": "ana"})
    tab.app.file_uploader(key="transcripts.upload").upload("heard.csv", frame.to_csv(index=False).encode(), "text/csv").run()
    press(tab.app, "Measure the transcripts")
    store = installation.store()
    finished(store, tab.project_id)
    tab.app.run()
    tab.whole()
    assert tab.answer.startswith("People miss 16.7 % ")
    assert "small letters" in tab.text
    assert store.all(tab.project_id, TranscriptRun)[0].body.per_speaker[0]["speaker"] == "ana"
