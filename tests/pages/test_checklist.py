"""The checklist screen: one click a line, several people at once, the score and what to close next."""

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
    assert "Begin with the section you know best." in tab.text
    assert LINES[0].title in tab.text


def test_a_click_answers_a_line_and_is_saved(tab, installation):
    tab.open(PAGE)
    choice(tab, "C01").set_value("manual").run()
    tab.whole()
    assert state_of(installation, tab.project_id, "C01") == "manual"
    assert tab.answer.startswith("1 of 28 lines is met; the ML Test Score is 0")
    choice(tab, "C01", 1).set_value("automated").run()
    assert state_of(installation, tab.project_id, "C01") == "automated"


def test_the_answer_is_the_score_and_its_meaning(tab, installation):
    fill(installation, tab.project_id, {line.code: "manual" for line in LINES if line.code != "C28"})
    tab.open(PAGE)
    assert tab.answer == "27 of 28 lines are met; the ML Test Score is 3.0: reasonably tested."
    assert "here Monitoring" in tab.text
    assert "Prediction quality has not regressed" in tab.text


def test_the_next_line_is_opened_for_its_details(tab, installation):
    fill(installation, tab.project_id, {line.code: "manual" for line in LINES if line.code != "C17"})
    app = tab.open(PAGE)
    assert "The ML pipeline is integration tested C17, Infrastructure" in tab.text.replace(":gray[", "").replace("]", "").replace("*", "")
    press(app, "Answer it")
    tab.whole()
    next(box for box in app.text_input if box.label == "Owner").set_value("Dev")
    next(box for box in app.text_area if box.label == "Evidence").set_value("https://example.org/run")
    press(app, "Save")
    tab.whole()
    body = installation.store().get(tab.project_id, ChecklistAnswer, "C17").body
    assert (body.owner, body.evidence, body.state) == ("Dev", "https://example.org/run", "none")
    assert "Dev · [evidence](https://example.org/run)" in tab.text


def test_everything_automated_leaves_nothing_to_close(tab, installation):
    fill(installation, tab.project_id, {line.code: "automated" for line in LINES})
    tab.open(PAGE)
    assert "28 of 28" in tab.answer
    assert "exceptional" in tab.answer
    assert "Every line is automated." in tab.text


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
