"""The monitoring screen: the plan by stage, an alarm that opens the next round, metrics that come and go, failure cases."""

from components.deployment.records import Alarm, FailureCase, Metric
from components.project.meetings import ActionItem
from components.readiness.ticks import measured_ticks

PAGE = "deployment/monitoring"


def press(app, label, place=0):
    [button for button in app.button if button.label.replace("\\", "") == label][place].click().run()


def begun(tab):
    app = tab.open(PAGE)
    press(app, "Begin with the monitors of the checklist")
    tab.whole()
    return app


def test_empty_it_says_why_and_offers_the_first_step(tab, installation):
    app = tab.open(PAGE)
    assert tab.answer == "Nobody knows yet."
    assert "A fault that nobody notices costs" in tab.text
    press(app, "Begin with the monitors of the checklist")
    tab.whole()
    assert len(installation.store().all(tab.project_id, Metric)) == 16
    assert tab.answer == "Nothing is watched yet."
    assert "to be measured" in tab.text


def test_a_metric_is_put_in_place_and_its_line_of_the_checklist_ticks_itself(tab, installation):
    app = begun(tab)
    for number in range(3):
        app.get("button_group")[0].set_value("input").run()
        next(one for one in app.button if one.key == f"metric.M0{number + 1}.place").click().run()
        tab.whole()
    assert tab.answer.startswith("3 metrics in place, with ")
    assert "nothing watches server load, preprocessing, model output, label and business." in tab.answer
    tick = measured_ticks(installation.store(), tab.project_id)["C23"]
    assert (tick.state, tick.screen) == ("manual", PAGE)
    assert "input shape and types, ranges and categories and missing values" in tick.text


def test_a_metric_is_retired_only_with_a_reason_which_stays(tab, installation):
    app = begun(tab)
    next(one for one in app.button if one.key == "metric.M09.retire").click().run()
    press(app, "Retire it")
    assert "A reason is missing." in tab.text
    next(box for box in app.text_input if box.label == "Why is it retired?").set_value("Nobody acted on it.")
    next(box for box in app.selectbox if box.label == "What takes its place?").set_value("M10")
    press(app, "Retire it")
    tab.whole()
    row = installation.store().get(tab.project_id, Metric, "M09").body
    assert (row.state, row.retired_because) == ("retired", "Nobody acted on it. Latency takes its place.")
    assert app.table[-1].value["why"].tolist() == [r"Nobody acted on it. Latency takes its place."]


def test_an_alarm_opens_the_next_round_of_data_as_an_action_of_whoever_owns_the_metric(tab, installation):
    installation.store().save(tab.project_id, Metric(metric="Empty boxes", owner="Chioma", state="in place"), person="ana", id="boxes")
    app = tab.open(PAGE)
    next(box for box in app.text_input if box.label == "What was seen").set_value("4 % <b>empty</b>")
    next(box for box in app.selectbox if box.label == "What comes next").set_value("data")
    press(app, "Keep it")
    tab.whole()
    alarm, action = (installation.store().all(tab.project_id, kind)[0] for kind in (Alarm, ActionItem))
    assert (alarm.body.action, alarm.body.leads_to, action.body.owner) == (action.id, "data", "Chioma")
    assert "Collect and label the next round: “Empty boxes” fired" in tab.text
    assert "Was it real?" in tab.text
    press(app, "A false alarm")
    assert installation.store().get(tab.project_id, Alarm, alarm.id).body.verdict == "false"
    press(app, "It is done")
    tab.whole()
    assert installation.store().get(tab.project_id, ActionItem, action.id).body.done
    assert "Every alarm is judged" in tab.text
    assert "1 alarm in 30 days, 1 of them false" in tab.text


def test_a_metric_of_the_team_s_own_says_what_is_missing(tab, installation):
    app = begun(tab)
    next(box for box in app.text_input if box.label == "Metric").set_value("Minutes of correcting")
    next(box for box in app.number_input if box.label == "Baseline").set_value(44.0)
    press(app, "Add it")
    assert "a share lies between 0 and 1: write 5 % as .05, or say that it is a number" in tab.text
    next(box for box in app.selectbox if box.label == "It is a").set_value("number")
    press(app, "Add it")
    tab.whole()
    assert "Minutes of correcting" in [one.body.metric for one in installation.store().all(tab.project_id, Metric)]
    assert "False alarms: not known. It has no limit yet." in tab.text


def test_a_failure_case_is_kept_with_its_handling_and_what_would_notice_it(tab, installation):
    app = tab.open(PAGE)
    assert "Begin with what worries you most." in tab.text
    next(box for box in app.text_input if box.label == "What can go wrong").set_value("The feed of <b>forms</b> stops")
    next(box for box in app.selectbox if box.label == "Fault that stands for it").set_value("F19")
    next(box for box in app.selectbox if box.label == "Monitor that notices it").set_value("M12")
    press(app, "Add it", -1)
    tab.whole()
    record = installation.store().all(tab.project_id, FailureCase)[0]
    assert (record.body.fault, record.body.monitor, record.body.handled) == ("F19", "M12", False)
    assert "1 case, 1 without a tested handling" in tab.text
    assert "Handled: not yet, no test yet." in tab.text
    assert "Monitor: freshness, not in place yet." in tab.text
    assert "noticed in time, or prevented, in 0 % of the runs" in tab.text
    body = record.body.model_copy(update={"handling": "person", "test": "tests/outage"})
    installation.store().save(tab.project_id, body, person="ana", id=record.id, read=1)
    app.run()
    assert "1 case, 0 without a tested handling" in tab.text
    assert "C30" in measured_ticks(installation.store(), tab.project_id)  # the line on failure cases has ticked itself
