"""Milestones on the screen: added, promised, refused where they wait in a circle, brought in from a file."""

from datetime import date

from components.modelling.records import Leaderboard
from components.scoping.milestones import Milestone, Promise


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def leaderboard(value):
    entry = {"name": "knn", "title": "Nearest neighbours", "trivial": False, "fit_seconds": 0.1, "memory_megabytes": 1.0}
    entry["estimate"] = {"value": value, "low": value - 0.01, "high": value + 0.01, "n": 899}
    fields = {"target": "label", "task": "classification", "metric": "accuracy", "convention": "", "folds": 5, "seed": 0, "n": 899}
    return Leaderboard(data_version="v", **fields, notes=[], models=[entry], planned=1, finished=True)


def test_a_milestone_is_added_and_promises_something(tab, installation):
    app = tab.open("scoping/milestones")
    app.text_input(key="milestones.new.0.title").set_value("Pilot in the office")
    press(app, "Add it")
    tab.whole()
    store = installation.store()
    id_ = store.all(tab.project_id, Milestone)[0].id
    assert "Nothing is promised yet. Where the team can't tell: benchmark against other projects" in tab.text
    app.session_state[f"milestones.{id_}.promise"] = True
    app.run()
    app.text_input(key=f"milestones.{id_}.promise.new.0.metric").set_value("accuracy")
    app.number_input(key=f"milestones.{id_}.promise.new.0.value").set_value(0.985)
    app.selectbox(key=f"milestones.{id_}.promise.new.0.figure").set_value("best-baseline")
    press(app, "Promise it")
    tab.whole()
    assert tab.answer == "Of 1 promise, 1 is not measured yet."
    store.put(tab.project_id, leaderboard(0.98), person="ana", id="v")
    app.run()
    assert tab.answer == "Of 1 promise, 1 is undecided."
    assert "97.0, 99.0" in tab.text


def test_a_proof_of_concept_first_is_a_milestone_that_the_other_waits_for(tab, installation):
    store = installation.store()
    store.save(tab.project_id, Milestone(title="Pilot", start=date(2027, 2, 1), unsure="proof of concept"), person="ana", id="m")
    app = tab.open("scoping/milestones")
    app.button(key="milestones.m.proof").click().run()
    tab.whole()
    proof = next(record for record in store.all(tab.project_id, Milestone) if record.id != "m")
    assert (proof.body.title, proof.body.due) == ("Proof of concept: Pilot", date(2027, 2, 1))
    assert store.get(tab.project_id, Milestone, "m").body.depends_on == [proof.id]


def test_a_circle_is_refused_with_a_sentence_and_the_form_keeps_what_was_typed(tab, installation):
    store = installation.store()
    store.save(tab.project_id, Milestone(title="Lab"), person="ana", id="a")
    store.save(tab.project_id, Milestone(title="Pilot", depends_on=["a"]), person="ana", id="b")
    app = tab.open("scoping/milestones")
    app.button(key="milestones.a.edit").click().run()
    app.text_input(key="milestones.a.0.owner").set_value("Ana")
    app.multiselect(key="milestones.a.0.depends_on").set_value(["b"])
    press(app, "Save")
    tab.whole()
    assert "“Lab” can't wait for “Pilot”, which waits for “Lab”." in tab.text
    assert app.text_input(key="milestones.a.0.owner").value == "Ana"
    assert store.get(tab.project_id, Milestone, "a").body.depends_on == []


def test_a_kill_criterion_that_came_true_shouts(tab, installation):
    store = installation.store()
    kill = {"kill": "nothing comes near", "kill_figure": "best-baseline", "kill_comparison": "<", "kill_value": 0.9}
    store.save(tab.project_id, Milestone(title="Lab", **kill), person="ana", id="a")
    store.put(tab.project_id, leaderboard(0.8), person="ana", id="v")
    app = tab.open("scoping/milestones")
    assert tab.answer == "Stop “Lab”, or decide why not: nothing comes near."
    assert "Stop, or decide why not" in app.error[0].value


def test_deleting_a_milestone_takes_its_promises_along(tab, installation):
    store = installation.store()
    store.save(tab.project_id, Milestone(title="Lab"), person="ana", id="a")
    store.save(tab.project_id, Promise(milestone="a", metric="accuracy", value=0.9), person="ana", id="p")
    app = tab.open("scoping/milestones")
    app.button(key="milestones.a.delete").click().run()
    tab.whole()
    assert store.all(tab.project_id, Promise) == []


def test_a_file_is_brought_in_and_what_has_no_place_is_named(tab, installation):
    app = tab.open("scoping/milestones")
    app.file_uploader(key="milestones.file").set_value(("plan.csv", b"title,due,budget\nLab,2027-01-05,5\n", "text/csv")).run()
    press(app, "Bring them in")
    tab.whole()
    assert any("budget" in toast.value for toast in app.toast)
    assert installation.store().all(tab.project_id, Milestone)[0].body.due == date(2027, 1, 5)
