"""Replicas that share the load, and people who take their time to act on an alarm."""

import yaml

from components.deployment.game import game_plan
from components.deployment.manifests import argo_rollouts, flagger, kserve
from components.deployment.reading import read_plan
from components.deployment.simulation import simulate
from components.deployment.traffic import Traffic


def test_two_replicas_answer_as_much_as_one_of_twice_the_size():
    one, two = (
        read_plan({"capacity": 1400, "burst": 2, "burst_every": 5}),
        read_plan({"capacity": 700, "replicas": 2, "burst": 2, "burst_every": 5}),
    )
    assert (Traffic(one, 20).load == Traffic(two, 20).load).all()
    assert (simulate(one, 50).ended == simulate(two, 50).ended).all()


def test_an_alarm_counts_once_somebody_acts_on_it():
    keys = {"faults": [{"code": "F01", "window": 5, "strength": 0.05}], "monitors": ["M01"], "gate": {"alpha": 1e-9}}
    soon, later = (simulate(read_plan({**keys, "detection_delay": delay}), 100) for delay in (0, 4))
    assert (later.ended - soon.ended).tolist() == [4] * 100
    assert (later.bad_decisions.value or 0) > (soon.bad_decisions.value or 0)


def test_a_game_on_a_limited_capacity_has_as_much_room_as_its_plan():
    plan = read_plan({"capacity": 600, "replicas": 2, "detection_delay": 8})
    played = game_plan(plan)
    assert played.capacity * played.replicas / played.requests_per_window == 1.2
    assert played.detection_delay == 2


def test_the_tools_take_the_replicas_and_list_what_people_do():
    plan = read_plan({"capacity": 600, "replicas": 3, "detection_delay": 2})
    assert next(yaml.safe_load_all(argo_rollouts(plan)[0]))["spec"]["replicas"] == 3
    assert next(yaml.safe_load_all(kserve(plan)[0]))["spec"]["predictor"]["minReplicas"] == 3
    assert "The 3 replicas are the Deployment's: set them there." in flagger(plan)[1]
    for write in (argo_rollouts, flagger, kserve):
        assert any("act on an alarm" in line for line in write(plan)[1])
