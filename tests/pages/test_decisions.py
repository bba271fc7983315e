"""The log of decisions on the screen: written, superseded, watched; and a changed target that is a decision."""

from datetime import date

from components.project.decisions import Decision, Voice, decide
from components.project.rounds import Card, Question, Round
from components.project.target import Target
from components.readiness.records import ChecklistAnswer


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def decisions(installation, project_id):
    return [record.body for record in installation.store().all(project_id, Decision)]


def test_the_first_decision_is_written_down_with_its_dissent(tab, installation):
    app = tab.open("project/decisions")
    app.text_input(key="decisions.new.0.title").set_value("Use a canary, not blue-green")
    app.text_area(key="decisions.new.0.dissent").set_value("Ben: two weeks longer")
    press(app, "Write it down")
    tab.whole()
    assert tab.answer == "1 decision is in force."
    assert "Ben: two weeks longer" in tab.text
    assert decisions(installation, tab.project_id)[0].makers == ["Somebody"]


def test_a_trigger_that_came_true_is_said_at_the_top(tab, installation):
    store = installation.store()
    watched = {"revisit": "the checklist stays open", "revisit_figure": "ml-test-score", "revisit_comparison": "<", "revisit_value": 1.0}
    decide(store, tab.project_id, "ana", title="Pilot in one office", **watched)
    tab.open("project/decisions")
    assert tab.answer == "1 decision is in force."
    assert "not measured yet" in tab.text
    store.put(tab.project_id, ChecklistAnswer(state="manual"), person="ana", id="C01")
    tab.open("project/decisions")
    assert tab.answer == "1 decision is in force; it is time to look at 1 again."
    assert "ML Test Score below 1.00; now .00, 1 of 28 lines met" in tab.text


def test_a_day_that_has_come_is_a_trigger_too(tab, installation):
    decide(installation.store(), tab.project_id, "ana", title="Pilot in one office", revisit_on=date(2020, 2, 29))
    tab.open("project/decisions")
    assert "29 February 2020 has come" in tab.text


def test_superseding_keeps_the_one_before_in_the_log(tab, installation):
    first = decide(installation.store(), tab.project_id, "ana", title="Blue-green")
    app = tab.open("project/decisions")
    app.button(key=f"decisions.{first.id}.supersede").click().run()
    app.text_input(key=f"decisions.{first.id}.again.0.title").set_value("Canary")
    next(b for b in app.button if b.label == "Write it down" and ".again." in b.key).click().run()
    tab.whole()
    assert [body.supersedes for body in decisions(installation, tab.project_id)] == [[], [first.id]]
    assert "Instead of 1. Blue-green" in tab.text
    app.segmented_control(key="decisions.show").set_value("All").run()
    assert "Superseded by 2. Canary" in tab.text


def test_a_chain_that_leads_back_is_refused_and_the_text_stays(tab, installation):
    store = installation.store()
    first = decide(store, tab.project_id, "ana", title="Blue-green")
    second = decide(store, tab.project_id, "ana", title="Canary", supersedes=[first.id])
    app = tab.open("project/decisions")
    app.segmented_control(key="decisions.show").set_value("All").run()
    app.button(key=f"decisions.{first.id}.edit").click().run()
    app.multiselect(key=f"decisions.{first.id}.0.supersedes").set_value([second.id])
    press(app, "Save")
    tab.whole()
    assert "can't supersede itself" in tab.text
    assert store.get(tab.project_id, Decision, first.id).body.supersedes == []


def test_changing_the_target_is_a_decision_with_votes_and_dissent(tab, installation):
    store = installation.store()
    store.save(tab.project_id, Target(value=0.98), person="ana", id="target")
    question = Question(name="target", title="Which target?", low=0, high=1, spread=True)
    round_ = store.save(
        tab.project_id,
        Round(purpose="vote", title="Target", cards=[Card(kind="target", id="target", title="Target")], questions=[question]),
        person="ana",
    )
    for person, span in (("ana", [0.97, 0.985, 0.99]), ("ben", [0.95, 0.96, 0.98])):
        store.join(tab.project_id, round_.id, person, person.title(), "business")
        store.cast(tab.project_id, round_.id, person, "target", {"target": span}, note="because")
    store.reveal(tab.project_id, round_.id, "ana")
    app = tab.open("scoping/prior_work")
    app.text_area(key="prior_work.target.dissent").set_value("Ben: nobody needs that")
    app.number_input(key="prior_work.target.form.0.value").set_value(0.985)
    press(app, "Save")
    tab.whole()
    made = decisions(installation, tab.project_id)[0]
    assert made.title == "Target: accuracy of at least .985"
    assert "instead of .980" in made.outcome
    assert made.votes == [
        Voice(who="Ana", role="business", said=".985", agrees=True, why="because"),
        Voice(who="Ben", role="business", said=".960", agrees=False, why="because"),
    ]
    assert made.dissent == "Ben: nobody needs that"
    tab.open("project/decisions")
    assert "Ben: nobody needs that" in tab.text
