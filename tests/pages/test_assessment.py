"""The assessment on the screen: feasibility, the error history, the ladder with its consents, the payback, and ethics."""

from datetime import date, timedelta

import pytest

from components.project.target import Target
from components.readiness.standing import standing
from components.scoping.assessment.ladder import signed
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
from components.scoping.records import PriorWork, Problem, Solution
from tests.pages.conftest import Screens

HOSTILE = "<b>[x](javascript:alert(1))</b>"


@pytest.fixture
def store(installation, project_id):
    store = installation.store()
    store.save(project_id, Problem(statement="Forms wait"), person="ana", id="p")
    store.save(project_id, Solution(problem="p", title="Recogniser"), person="ana", id="s")
    return store


@pytest.fixture
def view(project_id, store):
    """Open a view of the assessment."""

    def opened(name):
        tab = Screens(project_id)
        tab.app.query_params["view"] = name
        tab.open("scoping/assessment")
        return tab

    return opened


def press(tab, label):
    next(button for button in tab.app.button if button.label == label).click().run()
    tab.whole()


@pytest.mark.parametrize("name", ["feasibility", "value"])
def test_without_an_idea_a_view_leads_to_where_ideas_are_written(installation, project_id, name):
    tab = Screens(project_id)
    tab.app.query_params["view"] = name
    tab.open("scoping/assessment")
    assert tab.answer == "Nobody knows yet."
    assert "Write down a problem" in tab.text


def test_a_click_says_where_an_idea_stands_and_its_cell_asks_its_own_question(view, store, project_id):
    tab = view("feasibility")
    assert tab.answer == "Nobody has looked yet whether “Recogniser” can be done."
    assert "What this cell asks" not in tab.text
    tab.app.button(key="feasibility.s.new.structured").click().run()
    tab.whole()
    assert store.get(project_id, Feasibility, "s").body.data == "structured"
    assert "What this cell asks" in tab.text
    assert "**Predictive features**" in tab.text
    tab.app.button(key="feasibility.s.existing.unstructured").click().run()
    tab.whole()
    assert "**Human level**" in tab.text
    assert "The project's own history" in tab.text


def test_a_question_takes_evidence_and_the_verdict_says_what_it_rests_on(view, store, project_id):
    tab = view("feasibility")
    tab.app.button(key="feasibility.s.legal.edit").click().run()
    tab.app.selectbox(key="feasibility.s.legal.0.says").set_value("doubtful")
    tab.app.text_area(key="feasibility.s.legal.0.text").set_value(HOSTILE)
    tab.app.text_input(key="feasibility.s.legal.0.link").set_value("https://example.org/law")
    press(tab, "Save")
    found = store.get(project_id, FeasibilityAnswer, "s.legal").body
    assert (found.says, found.text, found.solution) == ("doubtful", HOSTILE, "s")
    press(tab, "Give a verdict")
    tab.app.selectbox(key="feasibility.verdict.s.0.verdict").set_value("feasible")
    press(tab, "Save")
    assert tab.answer == "“Recogniser” can be done: it rests on 1 link."
    assert store.get(project_id, Feasibility, "s").body.verdict == "feasible"


def test_a_link_that_is_none_stays_in_the_form(view, store, project_id):
    tab = view("feasibility")
    tab.app.button(key="feasibility.s.legal.edit").click().run()
    tab.app.text_input(key="feasibility.s.legal.0.link").set_value("javascript:alert(1)")
    press(tab, "Save")
    assert "write it as https://" in tab.text
    assert store.get(project_id, FeasibilityAnswer, "s.legal") is None
    assert tab.app.text_input(key="feasibility.s.legal.0.link").value == "javascript:alert(1)"


def test_an_error_history_is_pasted_and_projected(view, store, project_id):
    store.save(project_id, Feasibility(data="unstructured", project="existing"), person="ana", id="s")
    store.save(project_id, Target(value=0.985), person="ana", id="target")
    tab = view("feasibility")
    rows = "\n".join(f"2026-0{month}-01\t{error} %\t2000" for month, error in ((1, 6.2), (3, 5.1), (5, 4.4), (7, 3.9)))
    tab.app.text_area(key="history.paste.0").set_value(f"date\terror\tn\n{rows}\n2026-09-01\tfew\t\n").run()
    tab.whole()
    assert "4 new measurements." in tab.text
    assert "Line 6: the error rate “few” isn't a number" in tab.text
    press(tab, "Take 4 measurements")
    assert len(store.all(project_id, ErrorMeasurement)) == 4
    assert "The target of 1.5 % errors is met about" in tab.text
    assert "at 95 % between" in tab.text


def test_a_ladder_is_climbed_signed_and_a_change_drops_the_consent(view, store, project_id):
    values = {"solution": "s", "low": 1.0, "likely": 2.0, "high": 3.0}
    step = LadderStep(level="ml", metric="accuracy", unit="points", **values)
    store.save(project_id, step, person="ana", id="a")
    store.save(project_id, LadderStep(level="business", metric="saved", unit="€", place=1, **values), person="ana", id="b")
    tab = view("value")
    assert tab.answer.startswith("“accuracy” +2.00 points [")
    assert "Engineering has not agreed." in tab.text
    tab.app.text_input(key="ladder.name").set_value("Ana")
    press(tab, "I am comfortable with these")
    assert all(record.body.holds("engineering") for record in store.all(project_id, LadderStep))
    assert "Engineering: Ana." in tab.text
    tab.app.button(key="ladder.a.edit").click().run()
    tab.app.number_input(key="ladder.a.0.likely").set_value(2.5)
    press(tab, "Save")
    found = store.get(project_id, LadderStep, "a").body
    assert found.engineering.name == "Ana"
    assert not found.holds("engineering")
    assert store.get(project_id, LadderStep, "b").body.holds("engineering")
    assert "accuracy has changed since Ana (engineering) agreed to it" in tab.text
    assert "Engineering: dropped, since the step has changed." in tab.text


def test_a_signature_needs_a_name(view, store, project_id):
    store.save(project_id, LadderStep(solution="s", metric="accuracy"), person="ana", id="a")
    tab = view("value")
    press(tab, "I am comfortable with these")
    assert "A signature needs a name" in tab.app.toast[0].value
    assert store.get(project_id, LadderStep, "a").version == 1


def test_a_signature_is_to_what_was_on_the_screen(view, store, project_id):
    step = LadderStep(solution="s", metric="accuracy")
    store.save(project_id, step, person="ana", id="a")
    tab = view("value")
    changed = step.model_copy(update={"metric": "recall"})
    store.save(project_id, signed(changed, "business", "Ben", date(2026, 11, 24)), person="ben", id="a", read=1)
    tab.app.text_input(key="ladder.name").set_value("Ana")
    press(tab, "I am comfortable with these")
    found = store.get(project_id, LadderStep, "a").body
    assert found.metric == "recall"
    assert found.holds("business")
    assert found.engineering is None
    assert "Somebody else changed this in the meantime" in tab.app.toast[0].value


def test_a_cost_matrix_becomes_a_payback(view, store, project_id):
    tab = view("value")
    assert "Nobody knows yet what “Recogniser” is worth" in tab.answer
    assert "incomplete: volume, running cost, build cost and outcomes missing" in tab.text
    form = "worth.costs.s.form.0"
    for name, value in (("volume", 1000.0), ("running", 500.0), ("build", 6000.0)):
        tab.app.number_input(key=f"{form}.{name}").set_value(value)
    press(tab, "Save")
    tab.app.text_input(key="worth.outcome.s.new.0.name").set_value("Right")
    tab.app.number_input(key="worth.outcome.s.new.0.rate").set_value(0.8)
    tab.app.number_input(key="worth.outcome.s.new.0.value").set_value(2.0)
    tab.app.button(key="worth.outcome.s.new.0.save").click().run()
    tab.whole()
    assert tab.answer == "“Recogniser” brings 1,100 € a month and pays back in 5.5 months [5.5, 5.5]."
    store.put(project_id, Outcome(solution="s", name="Wrong", rate=0.3, value=-5), person="ana", id="o")
    tab.app.run()
    tab.whole()
    assert tab.answer == "The cost matrix doesn't add up."
    assert "add up to 110.0 %" in tab.text


def test_a_loss_never_pays_back(view, store, project_id):
    store.put(project_id, Economics(volume=10, running=500, build=1), person="ana", id="s")
    store.put(project_id, Outcome(solution="s", name="Right", rate=1, value=1), person="ana", id="o")
    assert view("value").answer == "“Recogniser” never pays back: it costs 490 € a month more than it brings."


def test_a_range_out_of_order_is_told_and_stays_in_the_form(view, store, project_id):
    tab = view("value")
    tab.app.number_input(key="worth.costs.s.form.0.volume").set_value(10.0)
    tab.app.number_input(key="worth.costs.s.form.0.volume_low").set_value(20.0)
    press(tab, "Save")
    assert "The volume: low is at most likely" in tab.text
    assert store.get(project_id, Economics, "s") is None
    assert tab.app.number_input(key="worth.costs.s.form.0.volume_low").value == 20.0


def test_ethics_is_answered_with_a_reason_and_says_what_is_open_and_overdue(view, store, project_id):
    tab = view("ethics")
    assert tab.answer == "Nobody has asked yet whether it is right."
    tab.app.button(key="ethics.N1.edit").click().run()
    tab.app.selectbox(key="ethics.N1.0.answer").set_value("no")
    press(tab, "Save")
    assert "an answer needs its reason" in tab.text
    assert store.get(project_id, EthicsAnswer, "N1") is None
    tab.app.text_area(key="ethics.N1.0.reason").set_value(HOSTILE)
    tab.app.date_input(key="ethics.N1.0.due").set_value(date.today() - timedelta(days=2))
    press(tab, "Save")
    assert tab.answer == "23 of 24 open, 1 answered no: net positive."
    assert "Overdue: Net positive, due" in tab.text
    assert "1 question overdue." in tab.text


def test_the_overview_names_the_view_where_an_open_step_is(store, project_id):
    store.put(project_id, Solution(problem="p", title="Recogniser", reach=1, impact=1.0, confidence=0.8, effort=1), person="ana", id="s")
    store.put(project_id, Target(value=0.9), person="ana", id="target")
    store.put(project_id, PriorWork(title="LeNet-5", score=0.99), person="ana", id="w")
    store.put(project_id, EthicsAnswer(answer="yes", reason="x"), person="ana", id="N1")
    step = next(one for one in standing(store, project_id).lanes[0].open if one.what.startswith("Ethics"))
    assert (step.screen, step.view) == ("scoping/assessment", "ethics")


def test_the_sections_of_deon_can_be_chosen(view):
    tab = view("ethics")
    labels = [option.content for group in tab.app.get("button_group") for option in group.proto.options]
    assert [label for label in labels if "open" in label] == [
        "First of all, 3 open",
        "Data Collection, 4 open",
        "Data Storage, 3 open",
        "Analysis, 5 open",
        "Modeling, 5 open",
        "Deployment, 4 open",
    ]


def test_an_own_list_is_looked_at_taken_answered_and_deleted(view, store, project_id):
    tab = view("ethics")
    tab.app.text_area(key="ethics.yaml.0").set_value("title: Ours\nquestions: [yes]").run()
    tab.whole()
    assert "question 1 is no text" in tab.text
    tab.app.text_area(key="ethics.yaml.0").set_value(f"title: Ours\nquestions:\n- '{HOSTILE}'").run()
    assert "**Ours**: 1 question." in tab.text
    assert store.all(project_id, EthicsList) == []
    press(tab, "Take the list")
    own = store.all(project_id, EthicsList)[0]
    assert HOSTILE in tab.text
    assert f"ethics.{own.id}.q1.edit" in {button.key for button in tab.app.button}
    press(tab, "Delete “Ours”")
    assert store.all(project_id, EthicsList) == []


def test_two_people_answering_one_question_lose_neither(view, store, project_id):
    store.name_person("ben", "Ben")
    tab = view("ethics")
    tab.app.button(key="ethics.N1.edit").click().run()
    tab.app.selectbox(key="ethics.N1.0.answer").set_value("yes")
    tab.app.text_area(key="ethics.N1.0.reason").set_value("It helps")
    store.save(project_id, EthicsAnswer(answer="no", reason="It harms"), person="ben", id="N1")
    press(tab, "Save")
    assert "Ben changed this while you were editing it." in tab.text
    assert "It helps" in tab.text
    assert "It harms" in tab.text
    assert store.get(project_id, EthicsAnswer, "N1").body.answer == "no"
