"""The rollout screen: an answer at once, every change tried out, a plan that nobody overwrites."""

import pytest

from components.deployment.plan import Plan
from components.deployment.records import ROLLOUT, RolloutPlan, RolloutRun
from components.stats.estimate import Estimate

PAGE = "deployment/rollout"


def press(app, label):
    next(button for button in app.button if button.label.replace("\\", "") == label).click().run()


def number(tab, name, generation=0):
    return tab.app.number_input(key=f"rollout.{tab.project_id}.{generation}.{name}")


def log_of(app):
    return next(one.value for one in app.dataframe if "event" in one.value.columns)


def saved(installation, project_id):
    return installation.store().get(project_id, RolloutPlan, ROLLOUT)


def test_without_a_plan_a_common_one_is_rehearsed_and_says_that_it_is_simulated(tab):
    tab.open(PAGE)
    assert tab.answer.startswith("If the model is twice as bad, this canary stops it after ")
    assert "Simulated: 1,000 runs, 1,000 requests a window, failure rate 5.0 % → 10.0 %, e-process, α .05, margin .25." in tab.text
    assert "simulated" in tab.text
    assert "not saved yet" in tab.text
    assert "nothing measured yet" in tab.text


def test_every_change_is_tried_out(tab):
    app = tab.open(PAGE)
    before = tab.answer
    number(tab, "harm").set_value(3.0).run()
    assert tab.answer.startswith("If the model is 3 times as bad")
    assert tab.answer != before
    number(tab, "rate").set_value(10.0).run()
    assert "failure rate 10.0 % → 30.0 %" in tab.text
    number(tab, "requests").set_value(200).run()
    assert "200 requests a window" in tab.text
    number(tab, "alpha").set_value(1.0).run()
    assert "α 1.0 %" in " ".join(metric.delta for metric in app.metric)
    tab.whole()


def test_an_impossible_plan_is_explained_and_can_be_mended(tab):
    tab.open(PAGE)
    number(tab, "rate").set_value(60.0).run()
    assert tab.answer == "This plan can't be rehearsed."
    assert "more than every decision" in tab.text
    number(tab, "rate").set_value(6.0).run()
    assert tab.answer.startswith("If the model is twice as bad")
    tab.whole()


def test_saving_keeps_the_plan_and_what_it_gave(tab, installation):
    app = tab.open(PAGE)
    number(tab, "harm").set_value(4.0).run()
    press(app, "Save this plan")
    tab.whole()
    body = saved(installation, tab.project_id).body
    assert (body.harm, body.plan) == (4.0, Plan())
    run = installation.store().get(tab.project_id, RolloutRun, ROLLOUT).body
    assert run.simulated
    assert (run.harm, run.plan) == (4.0, body.plan)
    assert Estimate(**run.bad_decisions).value > 0
    assert "not saved" not in tab.text
    number(tab, "harm", generation=1).set_value(5.0).run()
    assert "changed, not saved" in tab.text
    press(app, "Save this plan")
    assert saved(installation, tab.project_id).version == 2


def colleague(installation, project_id, harm):
    store, record = installation.store(), saved(installation, project_id)
    store.name_person("ben", "Ben")
    version = record.version if record else 0
    store.save(project_id, RolloutPlan(plan=Plan(), harm=harm), person="ben", id=ROLLOUT, read=version)


def test_what_a_colleague_saves_is_shown_while_one_has_changed_nothing(tab, installation):
    app = tab.open(PAGE)
    colleague(installation, tab.project_id, 3.0)
    app.run()
    assert tab.answer.startswith("If the model is 3 times as bad")
    tab.whole()


@pytest.mark.parametrize(("choice", "kept"), [("Keep mine", 5.0), ("Keep Ben's", 3.0)])
def test_two_people_saving_at_once_both_plans_are_kept_until_one_decides(tab, installation, choice, kept):
    app = tab.open(PAGE)
    number(tab, "harm").set_value(5.0).run()
    colleague(installation, tab.project_id, 3.0)
    press(app, "Save this plan")
    tab.whole()
    assert "Ben saved another plan in the meantime" in tab.text
    assert "harm 5 times as bad" in tab.text
    assert "harm 3 times as bad" in tab.text
    assert saved(installation, tab.project_id).body.harm == 3.0
    press(app, choice)
    tab.whole()
    assert saved(installation, tab.project_id).body.harm == kept
    assert "in the meantime" not in tab.text
    assert tab.answer.startswith(f"If the model is {kept:g} times as bad")


def test_one_rollout_is_followed_window_by_window(tab):
    app = tab.open(PAGE)
    app.toggle(key="rollout.follow").set_value(True).run()
    tab.whole()
    ended = app.slider[0].value
    log = log_of(app)
    assert len(log) == ended
    assert log["event"].iloc[0].split("; ")[-1] in {"roll back", "promote", "end of the ramp, undecided"}
    assert log["event"].iloc[-1] == "1 % of the traffic from here on"
    assert "rollout 1 of seed 0, the same whenever it is asked for" in tab.text
    press(app, "Next window")
    assert app.slider[0].value == 1
    press(app, "Next window")
    assert app.slider[0].value == 2
    assert len(log_of(app)) == 2
    app.number_input(key="rollout.run").set_value(7).run()
    tab.whole()
    before = log_of(app)
    app.number_input(key="rollout.seed_of").set_value(5).run()
    tab.whole()
    assert "1,000 runs of seed 5" in tab.text
    assert not log_of(app).equals(before)


def test_the_requests_of_a_window_are_seen_stage_by_stage(tab):
    app = tab.open(PAGE)
    app.multiselect(key=f"rollout.{tab.project_id}.0.codes").set_value(["F05"]).run()
    app.toggle(key="rollout.follow").set_value(True).run()
    tab.whole()
    way = next(one.value for one in app.dataframe if "signs" in one.value.columns)
    assert way["stage"].tolist() == ["route", "validate", "preprocess", "model", "postprocess", "decision", "label"]
    assert "skew" in way.set_index("stage").loc["preprocess", "signs"]
    assert [one == "–" for one in way["p95 ms"]] == [False] * 6 + [True]
    assert "“Model” takes longest: p95" in tab.text
    assert "an answer may take 300 ms in all" in tab.text


def test_strategies_and_gates_stand_side_by_side(tab):
    app = tab.open(PAGE)
    assert "Strategies side by side" in tab.text
    table = next(one.value for one in app.table if one.value.index.name == "the new version")
    assert list(table.columns) == ["e-process", "threshold", "z-test"]
    app.selectbox(key=f"rollout.{tab.project_id}.0.kind").set_value("threshold").run()
    tab.whole()
    assert "threshold 10.0 %, 4 strikes" in tab.text
    next(one for one in app.get("button_group") if one.key == f"rollout.{tab.project_id}.0.strategy").set_value("shadow").run()
    tab.whole()
    assert "this shadow finds it after" in tab.answer


def test_a_fault_is_injected_and_what_no_comparison_sees_is_said(tab, installation):
    app = tab.open(PAGE)
    app.multiselect(key=f"rollout.{tab.project_id}.0.codes").set_value(["F19"]).run()
    tab.whole()
    assert tab.answer.startswith("If “Feed outage” happens, this canary stops it in only")
    assert "Feed outage hits both versions alike, so a comparison can't see it" in tab.text
    app.multiselect(key=f"rollout.{tab.project_id}.0.monitors").set_value(["M03"]).run()
    assert "stops it after" in tab.answer
    assert "False alarms of 1 monitor" in tab.text
    press(app, "Save this plan")
    tab.whole()
    plan = saved(installation, tab.project_id).body.plan
    assert (plan.faults[0].code, plan.faults[0].window, plan.monitors) == ("F19", 10, ("M03",))


def test_slow_answers_are_judged_too(tab, installation):
    app = tab.open(PAGE)
    app.multiselect(key=f"rollout.{tab.project_id}.0.codes").set_value(["F15"]).run()
    assert "let the gate judge slow answers too" in tab.text
    number(tab, "F15.strength").set_value(5).run()
    app.toggle(key=f"rollout.{tab.project_id}.0.judge_latency").set_value(True).run()
    tab.whole()
    assert "for failures and for answers slower than 300 ms" in tab.text
    assert "stops it after" in tab.answer
    assert "let the gate judge slow answers too" not in tab.text
    press(app, "Save this plan")
    assert saved(installation, tab.project_id).body.plan.judge_latency


def test_a_fault_ends_takes_a_course_and_strikes_again_as_the_plan_says(tab, installation):
    faults = [{"code": "F05", "window": 4, "windows": 5}, {"code": "F05", "window": 30}]
    body = RolloutPlan(plan=Plan.model_validate({"faults": faults}))
    installation.store().save(tab.project_id, body, person="ana", id=ROLLOUT)
    app = tab.open(PAGE)
    tab.whole()
    assert number(tab, "F05.windows").value == 5
    assert "F05 strikes once more, from window 30 on" in tab.text
    number(tab, "F05.windows").set_value(8).run()
    app.selectbox(key=f"rollout.{tab.project_id}.0.F05.course").set_value("seasonal").run()
    press(app, "Save this plan")
    tab.whole()
    first, again = saved(installation, tab.project_id).body.plan.faults
    assert (first.window, first.windows, first.course) == (4, 8, "seasonal")
    assert (again.window, again.windows) == (30, None)


def test_what_becomes_of_bad_and_of_good_models_is_told_whole(tab):
    app = tab.open(PAGE)
    number(tab, "requests").set_value(60).run()
    tab.whole()
    shown = {metric.label: metric for metric in app.metric}
    assert shown["Windows until stopped"].delta == "p95 after 75"
    assert shown["Bad models promoted"].value.endswith("%")
    assert "Not stopped by the end (censored): " in tab.text
    assert "Still undecided at the end: " in tab.text


def test_the_plan_is_exported_with_what_is_lost(tab):
    app = tab.open(PAGE)
    assert any("kind: Rollout" in one.value for one in app.code)
    assert "What Argo Rollouts can't express" in tab.text
    assert "Read back, 9 of 9 say the same as the plan" in tab.text
    next(one for one in app.get("button_group") if one.key == "rollout.target").set_value("kserve").run()
    tab.whole()
    assert any("kind: InferenceService" in one.value for one in app.code)
    assert "It holds one percentage" in tab.text
    lost = next(one.value for one in app.table if "manifest" in one.value.columns).set_index("what")["kept"]
    assert (lost["name"], lost["ramp"]) == ("✓", "lost")


def test_a_ramp_is_designed_and_taken(tab, installation):
    app = tab.open(PAGE)
    app.toggle(key="rollout.design").set_value(True).run()
    tab.whole()
    assert "requests meet a harmful one, " in tab.text
    press(app, "Take this ramp")
    tab.whole()
    press(app, "Save this plan")
    plan = saved(installation, tab.project_id).body.plan
    assert (plan.windows, plan.gate.margin) == (75, 1.0)
    assert [step.share for step in plan.steps] == [0.01, 0.05, 0.25, 0.5]
    app.number_input(key="rollout.wish.windows").set_value(2).run()
    tab.whole()
    assert "Not decidable with this traffic within 2 windows." in tab.text
    assert "requests a window instead of 1,000" in tab.text


def test_a_log_is_replayed_through_the_gates(tab):
    app = tab.open(PAGE)
    rows = [f"{number},{'new' if number % 2 else 'old'},{int(number % 6 == 1)}" for number in range(600)]
    lines = ["time,arm,outcome", *rows]
    app.file_uploader(key="rollout.log").set_value(("log.csv", "\n".join(lines).encode(), "text/csv")).run()
    tab.whole()
    assert "e-process would have rolled back in window" in tab.text
    predicted = ["id,time,arm,prediction,slice", *(f"{n},{n},{'new' if n % 2 else 'old'},{int(n % 6 == 1)},small" for n in range(600))]
    targets = ["id,target", *(f"{n},0" for n in range(600))]
    app.file_uploader(key="rollout.log").set_value(("log.csv", "\n".join(predicted).encode(), "text/csv")).run()
    app.file_uploader(key="rollout.targets").set_value(("targets.csv", "\n".join(targets).encode(), "text/csv")).run()
    tab.whole()
    assert "e-process would have rolled back in window" in tab.text
    assert next(one.value for one in app.table if "slice" in one.value.columns)["slice"].tolist() == ["small"]
    app.file_uploader(key="rollout.targets").set_value(None).run()
    app.file_uploader(key="rollout.log").set_value(("log.csv", b"time,outcome\n1,0\n", "text/csv")).run()
    tab.whole()
    assert "The log has no column arm." in tab.text


def test_a_capacity_below_the_load_is_a_sentence_and_enough_of_it_is_drawn(tab, installation):
    body = RolloutPlan(plan=Plan(burst=2, burst_every=10, capacity=1500), harm=2.0, source="typed in")
    installation.store().save(tab.project_id, body, person="ana", id=ROLLOUT)
    app = tab.open(PAGE)
    assert "Beyond the capacity in 7 windows, first in window 10: 3,500 requests get no decision." in tab.text
    next(one for one in app.number_input if one.label == "Requests that one replica can answer in a window").set_value(900).run()
    tab.whole()
    assert tab.answer == "This plan can't be rehearsed."
    assert "Capacity is below the load: 1,000 requests come in a window, 900 can be answered" in tab.text


def test_a_person_is_asked_after_a_step_and_before_the_promotion(tab, installation):
    steps = [{"share": 0.1, "windows": 5, "approved": True}, {"share": 0.5, "windows": 30}]
    plan = Plan.model_validate({"steps": steps, "approval": {"who": "Ada", "windows": 4, "promotion": False}})
    installation.store().save(tab.project_id, RolloutPlan(plan=plan, source="typed in"), person="ana", id=ROLLOUT)
    app = tab.open(PAGE)
    assert "Minutes of waiting for approval: 4 (Ada is asked 1 time, 4 windows each)." in tab.text
    app.toggle(key=f"rollout.{tab.project_id}.0.promotion").set_value(True).run()
    number(tab, "answered").set_value(80.0).run()
    tab.whole()
    assert "Of the questions to Ada, 20 % get no answer in time: then the rollout stays undecided." in tab.text
    press(app, "Save this plan")
    approval = saved(installation, tab.project_id).body.plan.approval
    assert (approval.who, approval.windows, approval.answered, approval.promotion) == ("Ada", 4, 0.8, True)
    app.toggle(key=f"rollout.{tab.project_id}.1.promotion").set_value(False).run()
    press(app, "Save this plan")
    assert saved(installation, tab.project_id).body.plan.approval.promotion is False


def test_the_ramp_has_a_warm_up_a_largest_share_and_least_samples(tab, installation):
    steps = [{"share": 0.1, "windows": 10, "least_sample": 5000}, {"share": 0.2, "windows": 20}]
    body = RolloutPlan(plan=Plan.model_validate({"steps": steps}), source="typed in")
    installation.store().save(tab.project_id, body, person="ana", id=ROLLOUT)
    tab.open(PAGE)
    assert "Step 1 sees about 1,000 outcomes of the new version, and its least sample is 5,000" in tab.text
    number(tab, "warm_up").set_value(3).run()
    number(tab, "largest").set_value(20.0).run()
    tab.whole()
    press(tab.app, "Save this plan")
    plan = saved(installation, tab.project_id).body.plan
    assert (plan.warm_up, plan.largest_share, plan.steps[0].least_sample) == (3, 0.2, 5000)
    number(tab, "largest", generation=1).set_value(15.0).run()
    assert "no step may have more than 15.0 %" in tab.text


def test_users_stick_to_a_version_and_are_counted_as_such(tab, installation):
    app = tab.open(PAGE)
    app.selectbox(key=f"rollout.{tab.project_id}.0.unit").set_value("user").run()
    tab.whole()
    assert "1,000 requests a window of 200 users" in tab.text
    number(tab, "unit_requests").set_value(10).run()
    number(tab, "alike").set_value(30.0).run()
    tab.whole()
    press(app, "Save this plan")
    unit = saved(installation, tab.project_id).body.plan.unit
    assert (unit.kind, unit.requests, unit.correlation) == ("user", 10, 0.3)


def test_the_slice_that_the_average_hides_is_shown(tab, installation):
    good = {"name": "plain *hand*", "share": 0.9, "failure_rate": 0.05, "risk_ratio": 0.4}
    bad = {"name": "rare", "share": 0.1, "failure_rate": 0.05, "risk_ratio": 4}
    plan = Plan.model_validate({"slices": [good, bad]})
    installation.store().save(tab.project_id, RolloutPlan(plan=plan, source="typed in"), person="ana", id=ROLLOUT)
    app = tab.open(PAGE)
    assert "“rare”, 10 % of the traffic, goes 5.0 % → 20.0 %, and the average 5.0 % → 3.8 %" in tab.text
    table = next(one.value for one in app.dataframe if "in excess" in one.value.columns)
    assert table["slice"].tolist() == ["plain *hand*", "rare", "all together"]
    assert "Bad decisions of the current version: 5.00 %, from the slices." in tab.text
    app.multiselect(key=f"rollout.{tab.project_id}.0.monitors").set_value(["M15"]).run()
    assert "“Worst slice” is in place and sees it" in tab.text
    app.multiselect(key=f"rollout.{tab.project_id}.0.codes").set_value(["F05"]).run()
    app.selectbox(key=f"rollout.{tab.project_id}.0.F05.slice").set_value("rare").run()
    tab.whole()
    press(app, "Save this plan")
    kept = saved(installation, tab.project_id).body.plan
    assert (kept.slices, kept.faults[0].slice) == (plan.slices, "rare")
