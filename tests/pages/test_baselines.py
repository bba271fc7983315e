"""What must be beaten, on its screen: leaderboards that are whole, stopped or running, and results that somebody entered."""

import pytest

from components.modelling.records import Baseline, Entry, Leaderboard
from components.project.data_sets import DataSet, DataVersion
from components.stats.estimate import Estimate


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def entry(name, value, error="", **changes):
    estimate = Estimate(value, None if value is None else value - 0.02, None if value is None else value + 0.02, 400)
    return Entry(
        name=name, title=name, trivial=False, estimate=estimate.to_dict(), fit_seconds=1, memory_megabytes=1, error=error, **changes
    )


@pytest.fixture
def saved(tab, installation):
    """Saves a leaderboard of some entries, with the data it belongs to."""
    store = installation.store()
    store.save(tab.project_id, DataSet(name="Parcels", structured=True, target="kind"), person="ana", id="d")
    version = DataVersion(data_set="d", number=1, table="0" * 64, source="parcels.csv", rows=400, columns={"kind": "category"})
    store.save(tab.project_id, version, person="ana", id="v")

    def save(*entries, **changes):
        told = {"metric": "accuracy", "convention": "Mean.", "notes": [], "planned": len(entries), "finished": True, **changes}
        board = Leaderboard(data_version="v", target="kind", task="classification", folds=5, seed=0, n=400, models=list(entries), **told)
        store.put(tab.project_id, board, person="ana", id="v")

    return save


def job(installation, project_id, version="v", task="components.modelling.work:baselines"):
    return installation.store().add_job(project_id, task, {"data_version": version}, "Quick models", "ana", "elsewhere")


def test_what_failed_and_what_was_left_out_is_said(tab, saved):
    saved(entry("Boosting", 0.95), entry("Logistic", None, error="Cut off after 60 s."), notes=["2 rows without a target left out."])
    tab.open("modelling/baselines")
    assert tab.answer == "95.0 %, reached by boosting."
    assert "Logistic: Cut off after 60 s." in tab.text
    assert "2 rows without a target left out." in tab.text


def test_a_run_that_was_stopped_is_no_answer(tab, saved):
    saved(entry("Guess", 0.5), planned=3, finished=False)
    app = tab.open("modelling/baselines")
    assert tab.answer == "Stopped after 1 of 3 quick models; best so far 50.0 %."
    assert app.button(key="baselines.run").label == "Run quick models"


def test_a_stopped_run_keeps_the_answer_of_the_run_before(tab, saved):
    saved(entry("Guess", 0.5), entry("Boosting", 0.95, earlier=True), planned=2, finished=False)
    tab.open("modelling/baselines")
    assert tab.answer == "95.0 %, reached by boosting."
    assert "Stopped after 1 of 2 quick models: the others are from the run before." in tab.text


@pytest.mark.parametrize("task", ["components.modelling.work:baselines", "components.readiness.quick_check:run"])
def test_while_models_run_the_answer_counts(tab, saved, installation, task):
    saved(entry("Guess", 0.5), planned=3, finished=False)
    job(installation, tab.project_id, task=task)
    app = tab.open("modelling/baselines")
    assert tab.answer == "1 of 3 quick models are done; best so far 50.0 %."
    assert not [button for button in app.button if button.key == "baselines.run"]


def test_models_on_other_data_do_not_hide_the_button(tab, saved, installation):
    saved(entry("Boosting", 0.95))
    job(installation, tab.project_id, version="another")
    app = tab.open("modelling/baselines")
    assert tab.answer == "95.0 %, reached by boosting."
    assert app.button(key="baselines.run")


def test_simulated_data_are_marked(tab, saved):
    saved(entry("Boosting", 0.95), simulated="Drawn with seed 3.")
    app = tab.open("modelling/baselines")
    assert any("simulated" in str(one.value) for one in app.markdown)


def test_an_accuracy_above_one_stays_in_the_form_and_says_how_it_is_written(tab, installation):
    app = tab.open("modelling/baselines")
    app.session_state["baselines.add.0"] = True
    app.run()
    app.text_input(key="baselines.new.0.name").set_value("Vendor's claim")
    app.number_input(key="baselines.new.0.value").set_value(97.2)
    press(app, "Add it")
    assert "An accuracy lies between 0 and 1: write 97.2 % as .972." in tab.text
    app.session_state["baselines.add.0"] = False  # closed, and what was typed is still there when it opens again
    app.run()
    assert app.number_input(key="baselines.new.0.value").value == 97.2
    assert installation.store().all(tab.project_id, Baseline) == []


def test_another_metric_is_named_beside_the_chart(tab, saved, installation):
    saved(entry("Boosting", 0.95))
    installation.store().save(tab.project_id, Baseline(name="<b>Claim</b>", value=0.8, metric="F1"), person="ana")
    tab.open("modelling/baselines")
    assert tab.answer == "95.0 %, reached by boosting."
    assert "Not on this scale: <b>Claim</b> (F1 .80)." in tab.text


def test_what_somebody_changed_in_the_meantime_is_not_deleted(tab, saved, installation, monkeypatch):
    saved(entry("Boosting", 0.95))
    store = installation.store()
    first = store.save(tab.project_id, Baseline(name="Rules", value=0.8, comparable=True, n=100), person="ana", id="b")
    tab.open("modelling/baselines")
    tab.app.session_state["baselines.entered"] = True
    app = tab.app.run()
    delete, kept = type(store).delete, []

    def late(self, *given, **named):
        if not kept:
            kept.append(store.save(tab.project_id, first.body.model_copy(update={"value": 0.85}), person="ben", id="b", read=first.version))
        return delete(self, *given, **named)

    monkeypatch.setattr(type(store), "delete", late)
    app.button(key="baselines.b.delete").click().run()
    assert store.get(tab.project_id, Baseline, "b").body.value == 0.85
    app.button(key="baselines.b.delete").click().run()
    assert store.all(tab.project_id, Baseline) == []
