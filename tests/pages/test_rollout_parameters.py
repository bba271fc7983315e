"""What the rollout screen asks for beside the ramp: replicas and people, reviewers of a shadow, a switch."""

from components.deployment.plan import Plan
from components.deployment.records import ROLLOUT, RolloutPlan
from tests.pages.test_rollout import PAGE, number, press, saved


def test_replicas_and_the_time_that_people_take_are_asked_for(tab, installation):
    tab.open(PAGE)
    number(tab, "detection_delay").set_value(3).run()
    tab.app.toggle(key=f"rollout.{tab.project_id}.0.limited").set_value(True).run()
    number(tab, "capacity").set_value(400).run()
    assert "1,000 requests come in a window, 400 can be answered" in tab.text
    number(tab, "replicas").set_value(4).run()
    tab.whole()
    press(tab.app, "Save this plan")
    plan = saved(installation, tab.project_id).body.plan
    assert (plan.detection_delay, plan.capacity, plan.replicas) == (3, 400, 4)


def test_reviewers_of_a_shadow_have_so_much_time(tab, installation):
    app = tab.open(PAGE)
    key = f"rollout.{tab.project_id}.0"
    assert not [one for one in app.toggle if one.key == f"{key}.review"]
    app.segmented_control(key=f"{key}.strategy").set_value("shadow").run()
    app.toggle(key=f"{key}.review").set_value(True).run()
    number(tab, "reviews").set_value(20).run()
    tab.whole()
    assert "answers wait for a review, and there is time for 20" in tab.text
    assert "at most 20 a window, at random" in tab.text
    app.selectbox(key=f"{key}.sample").set_value("disagreements").run()
    tab.whole()
    press(app, "Save this plan")
    review = saved(installation, tab.project_id).body.plan.review
    assert (review.capacity, review.sample) == (20, "disagreements")
    app.toggle(key=f"rollout.{tab.project_id}.1.review").set_value(False).run()
    press(app, "Save this plan")
    assert saved(installation, tab.project_id).body.plan.review is None


def test_the_switch_is_asked_for_where_there_is_one(tab, installation):
    moves = [{"share": 0.1, "windows": 5, "limit": 0.2}, {"share": 0.5, "windows": 10}]
    plan = Plan.model_validate({"strategy": "blue-green", "windows_after": 20, "switch": {"migration": moves}})
    installation.store().save(tab.project_id, RolloutPlan(plan=plan, source="typed in"), person="ana", id=ROLLOUT)
    app = tab.open(PAGE)
    key = f"rollout.{tab.project_id}.0.switch"
    app.toggle(key=f"{key}.limited").set_value(True).run()
    number(tab, "switch.limit").set_value(12.0).run()
    number(tab, "switch.strikes").set_value(4).run()
    number(tab, "windows_after").set_value(30).run()
    number(tab, "switch.drain").set_value(2).run()
    app.toggle(key=f"{key}.down").set_value(True).run()
    number(tab, "switch.stays").set_value(3).run()
    number(tab, "switch.restart").set_value(6).run()
    tab.whole()
    assert "The old version is down 3 windows after the switch: harm that is found later takes 6 windows to roll back." in tab.text
    assert "Minutes until open sessions have ended: 2" in tab.text
    press(app, "Save this plan")
    switch = saved(installation, tab.project_id).body.plan.switch
    assert switch.migration == plan.switch.migration
    assert (switch.limit, switch.strikes, switch.drain, switch.blue_stays, switch.restart) == (0.12, 4, 2, 3, 6)
    app.segmented_control(key=f"rollout.{tab.project_id}.1.strategy").set_value("canary").run()
    tab.whole()
    assert number(tab, "windows_after", generation=1).value == 30
    number(tab, "windows_after", generation=1).set_value(25).run()
    assert not [one for one in app.toggle if "switch" in one.key]
    press(app, "Save this plan")
    kept = saved(installation, tab.project_id).body.plan
    assert (kept.switch, kept.windows_after) == (switch, 25)
