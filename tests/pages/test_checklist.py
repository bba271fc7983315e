"""The checklist screen: one click a line, several people at once, the score and what to close next."""

from components.modelling.records import Entry, Leaderboard
from components.readiness.lines import ALL_LINES
from components.readiness.ml_test_score import LINES
from components.readiness.records import ChecklistAnswer

PAGE = "deployment/checklist"


def press(app, label):
    next(button for button in app.button if button.label.replace("\\", "") == label).click().run()


def choice(tab, code, version=0):
    return next(one for one in tab.app.get("button_group") if one.key == f"checklist.{tab.project_id}.{code}.{version}")


def state_of(installation, project_id, code):
    record = installation.store().get(project_id, ChecklistAnswer, code)
    return record.body.state if record else None


def fill(installation, project_id, states, person="ana", **fields):
    for code, state in states.items():
        installation.store().save(project_id, ChecklistAnswer(state=state, **fields), person=person, id=code)


def test_empty_it_says_why_and_how_to_begin(tab):
    tab.open(PAGE)
    assert tab.answer == "Nobody knows yet."
    assert "Begin with the line that saves most" in tab.text
    assert LINES[0].title in tab.text


def test_a_click_answers_a_line_and_is_saved(tab, installation):
    tab.open(PAGE)
    choice(tab, "C01").set_value("manual").run()
    tab.whole()
    assert state_of(installation, tab.project_id, "C01") == "manual"
    assert tab.answer.startswith("38 of 39 lines are open. The dearest: ")
    assert "ML Test Score 0: more a research project" in tab.text
    choice(tab, "C01", 1).set_value("automated").run()
    assert state_of(installation, tab.project_id, "C01") == "automated"


def test_the_answer_is_the_score_and_its_meaning(tab, installation):
    fill(installation, tab.project_id, {line.code: "manual" for line in LINES if line.code != "C28"})
    tab.open(PAGE)
    assert "ML Test Score 3.0: reasonably tested." in tab.text
    assert tab.answer.startswith("12 of 39 lines are open.")


def test_the_dearest_line_is_opened_for_its_details(tab, installation):
    fill(installation, tab.project_id, {line.code: "manual" for line in ALL_LINES if line.code != "C28"})
    app = tab.open(PAGE)
    assert tab.answer.startswith("1 of 39 lines is open. The dearest: prediction quality has not regressed, ")
    press(app, "Close “Prediction quality has not regressed”")
    tab.whole()
    next(box for box in app.text_input if box.label == "Owner").set_value("Dev")
    next(box for box in app.text_area if box.label == "Evidence").set_value("https://example.org/run")
    press(app, "Save")
    tab.whole()
    body = installation.store().get(tab.project_id, ChecklistAnswer, "C28").body
    assert (body.owner, body.evidence, body.state) == ("Dev", "https://example.org/run", "none")
    assert "Dev · [evidence](https://example.org/run)" in tab.text


def test_everything_automated_leaves_nothing_to_close_and_can_be_signed(tab, installation):
    fill(installation, tab.project_id, {line.code: "automated" for line in ALL_LINES})
    app = tab.open(PAGE)
    assert tab.answer == "All 39 lines are met."
    assert "exceptional" in tab.text
    assert "No open line would save a bad decision." in tab.text
    assert "Every fault of the catalogue is noticed in time, or prevented." in tab.text
    assert next(one for one in app.button if one.label == "Sign off").disabled  # nobody knows who this is
    assert "A sign-off needs your name" in tab.text


def test_a_fault_that_nobody_would_notice_blocks_the_sign_off(tab, installation):
    fill(installation, tab.project_id, {line.code: "automated" for line in ALL_LINES if line.code != "C33"})
    app = tab.open(PAGE)
    assert "1 fault would go unnoticed: label outage." in tab.text
    assert next(one for one in app.button if one.label == "Sign off").disabled


def measured(installation, project_id):
    entries = [
        Entry(name=name, title=name, trivial=False, estimate={"value": value}, fit_seconds=1, memory_megabytes=1)
        for name, value in (("linear", 0.9), ("forest", 0.95))
    ]
    about = {"data_version": "v", "target": "label", "task": "classification", "metric": "accuracy", "convention": ""}
    body = Leaderboard(**about, folds=5, seed=0, n=9, notes=[], models=entries, planned=2, finished=True)
    installation.store().put(project_id, body, person="ana", id="v")


def test_what_was_measured_ticks_its_line_and_overruling_it_asks_for_a_name_and_a_reason(tab, installation):
    measured(installation, tab.project_id)
    app = tab.open(PAGE)
    assert tab.answer.startswith("38 of 39 lines are open.")
    next(one for one in app.get("button_group") if one.key.startswith("checklist.section")).set_value("Model").run()
    assert "Measured: forest" in tab.text
    choice(tab, "C12").set_value("none").run()
    tab.whole()
    assert state_of(installation, tab.project_id, "C12") is None
    assert "says less than what was measured" in tab.text
    assert "Overruling needs your name" in tab.text


def test_evidence_is_shown_as_text_and_only_a_plain_address_is_a_link(tab, installation):
    hostile = "<script>alert(1)</script> [x](javascript:alert(1))"
    fill(installation, tab.project_id, {"C01": "none"}, evidence=hostile, owner="**Ana**")
    fill(installation, tab.project_id, {"C02": "none"}, evidence="https://example.org/a)b")
    tab.open(PAGE)
    shown = "\n".join(one.value for one in tab.app.markdown)
    assert "[x](" not in shown
    assert "<script>" not in shown
    assert "\\*\\*Ana\\*\\*" in shown
    assert "[evidence](" not in shown


def test_a_colleague_s_different_answer_is_shown_before_anything_is_lost(tab, installation):
    tab.open(PAGE)
    installation.store().name_person("ben", "Ben")
    fill(installation, tab.project_id, {"C01": "automated"}, person="ben")
    choice(tab, "C01").set_value("manual").run()
    tab.whole()
    assert state_of(installation, tab.project_id, "C01") == "automated"
    assert "Ben changed this while you were editing it." in tab.text
    press(tab.app, "Keep mine")
    tab.whole()
    assert state_of(installation, tab.project_id, "C01") == "manual"


def test_what_a_colleague_wrote_beside_the_answer_is_kept(tab, installation):
    fill(installation, tab.project_id, {"C01": "none"})
    tab.open(PAGE)
    store = installation.store()
    store.save(tab.project_id, ChecklistAnswer(state="none", owner="Ben"), person="ben", id="C01", read=1)
    choice(tab, "C01", 1).set_value("manual").run()
    tab.whole()
    body = store.get(tab.project_id, ChecklistAnswer, "C01").body
    assert (body.state, body.owner) == ("manual", "Ben")
    assert "while you were editing" not in tab.text


def test_an_answer_to_a_line_that_is_not_on_the_list_is_left_alone(tab, installation):
    fill(installation, tab.project_id, {"C99": "automated"})
    tab.open(PAGE)
    assert tab.answer == "Nobody knows yet."


def test_own_lines_come_from_yaml_are_answered_and_removed(tab, installation):
    app = tab.open(PAGE)
    app.text_area(key="checklist.own").set_value("- {title: A <b>line</b>, section: Data, prevents: {F01: .2}}\n- {titel: x}")
    press(app, "Take these lines")
    assert "Line 2 has a key “titel” that nobody knows." in tab.text
    app.text_area(key="checklist.own").set_value("- {title: The desk can switch it off, section: Data, prevents: {F01: .2}}")
    press(app, "Take these lines")
    tab.whole()
    code = "own-the-desk-can-switch-it-off"
    choice(tab, code).set_value("automated").run()
    assert state_of(installation, tab.project_id, code) == "automated"
    assert tab.answer.startswith("39 of 40 lines are open.")
    next(one for one in app.button if one.key == f"own.{code}").click().run()
    tab.whole()
    assert "switch it off" not in tab.text.split("Own lines")[0]
