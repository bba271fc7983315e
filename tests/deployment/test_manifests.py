"""Manifests read back: what they say is what the plan says, and what they can't say is listed."""

import pytest
import yaml

from components.__main__ import main
from components.deployment import manifests
from components.deployment.manifests import TARGETS, argo_rollouts, flagger, kserve
from components.deployment.monitoring import limit_of, prometheus_rules
from components.deployment.monitors import BY_CODE, MONITORS
from components.deployment.reading import read_plan

THRESHOLD = {"kind": "threshold", "limit": 0.08, "strikes": 3}
FULL = {
    "name": "reader",
    "namespace": "forms",
    "service": "reading",
    "image": "registry.example.org/reader:2",
    "metric_query": "failure_rate",
    "window_minutes": 10,
}


def read(text):
    return {body["kind"]: body for body in yaml.safe_load_all(text)}


def test_argo_holds_the_ramp_the_gate_and_the_names():
    text, lost = argo_rollouts(read_plan({**FULL, "gate": THRESHOLD, "label_delay": 2}))
    bodies = read(text)
    rollout, template = bodies["Rollout"], bodies["AnalysisTemplate"]
    canary = rollout["spec"]["strategy"]["canary"]
    weights = [step["setWeight"] for step in canary["steps"] if "setWeight" in step]
    holds = [step["pause"]["duration"] for step in canary["steps"] if "pause" in step]
    assert (weights, holds) == ([1, 5, 25, 50], ["300m", "150m", "150m", "150m"])
    assert rollout["metadata"] == {"name": "reader", "namespace": "forms"}
    assert (canary["stableService"], canary["canaryService"]) == ("reading-stable", "reading-canary")
    assert rollout["spec"]["template"]["spec"]["containers"][0]["image"] == FULL["image"]
    metric = template["spec"]["metrics"][0]
    assert canary["analysis"]["templates"] == [{"templateName": template["metadata"]["name"]}]
    assert (metric["failureLimit"], metric["failureCondition"]) == (2, "result[0] > 0.08")  # the third strike is one too many
    assert (metric["interval"], metric["initialDelay"]) == ("10m", "20m")
    assert metric["provider"]["prometheus"]["query"] == "failure_rate"
    assert lost == ["Weights and mirrors need a router: an Istio VirtualService “reading” is assumed."]


def test_argo_asks_for_a_gate_that_it_does_not_have():
    text, lost = argo_rollouts(read_plan({**FULL, "gate": {"alpha": 0.01, "margin": 0.3}}))
    url = read(text)["AnalysisTemplate"]["spec"]["metrics"][0]["provider"]["web"]["url"]
    assert url == "http://reader-gate.forms/decision?kind=e-process&alpha=0.01&margin=0.3"
    assert any("has no e-process" in line for line in lost)
    assert any("“promote” waits" in line for line in lost)


def test_argo_mirrors_a_shadow_and_leaves_the_promotion_to_a_person():
    steps = read(argo_rollouts(read_plan({"strategy": "shadow"}))[0])["Rollout"]["spec"]["strategy"]["canary"]["steps"]
    mirrored = [step["setMirrorRoute"].get("percentage") for step in steps if "setMirrorRoute" in step]
    assert mirrored == [1, 5, 25, 50, None]
    assert not any("setWeight" in step for step in steps)
    assert steps[-1] == {"pause": {}}


def test_argo_switches_blue_and_green():
    text, lost = argo_rollouts(read_plan({"strategy": "blue-green", "windows_after": 20, "window_minutes": 2}))
    bodies = read(text)
    blue_green = bodies["Rollout"]["spec"]["strategy"]["blueGreen"]
    assert blue_green["scaleDownDelaySeconds"] == 20 * 2 * 60
    assert blue_green["prePromotionAnalysis"] == blue_green["postPromotionAnalysis"]
    assert bodies["AnalysisTemplate"]["spec"]["metrics"][0]["count"] == 75
    assert any("mirrored" in line for line in lost)


def test_flagger_holds_weights_threshold_and_strikes_and_says_that_holds_are_even():
    text, lost = flagger(read_plan({**FULL, "gate": THRESHOLD}))
    bodies = read(text)
    analysis, template = bodies["Canary"]["spec"]["analysis"], bodies["MetricTemplate"]
    assert (analysis["stepWeights"], analysis["interval"], analysis["threshold"]) == ([1, 5, 25, 50], "300m", 3)
    assert analysis["metrics"][0]["thresholdRange"] == {"max": 0.08}
    assert analysis["metrics"][0]["templateRef"]["name"] == template["metadata"]["name"]
    assert template["spec"]["query"] == "failure_rate"
    assert any("30 windows, instead of 30, 15, 15 and 15" in line for line in lost)
    even, _ = flagger(read_plan({"steps": [{"share": 0.1, "windows": 1}, {"share": 0.2, "windows": 1}]}))
    assert read(even)["Canary"]["spec"]["analysis"]["interval"] == "1m"


def test_flagger_mirrors_and_asks_a_webhook():
    analysis = read(flagger(read_plan({"strategy": "shadow"}))[0])["Canary"]["spec"]["analysis"]
    assert (analysis["mirror"], analysis["mirrorWeight"], analysis["iterations"]) == (True, 50, 75)
    assert [hook["type"] for hook in analysis["webhooks"]] == ["rollout", "confirm-promotion"]
    assert analysis["webhooks"][0]["metadata"] == {"kind": "e-process", "alpha": "0.05", "margin": "0.25"}


def test_kserve_holds_one_percentage_and_lists_the_rest():
    text, lost = kserve(read_plan(FULL))
    predictor = read(text)["InferenceService"]["spec"]["predictor"]
    assert predictor["canaryTrafficPercent"] == 1
    assert predictor["containers"][0]["image"] == FULL["image"]
    assert any("5 % for 150m, 25 % for 150m and 50 % for 150m" in line for line in lost)
    assert read(kserve(read_plan({"strategy": "blue-green"}))[0])["InferenceService"]["spec"]["predictor"]["canaryTrafficPercent"] == 0


@pytest.mark.parametrize("name", TARGETS)
def test_what_a_target_does_not_have_is_listed(name):
    write = TARGETS[name][1]
    _, lost = write(read_plan({"faults": [{"code": "F05"}], "monitors": ["M01"], "steps": [{"share": 0.004, "windows": 3}]}))
    assert any("F05" in line for line in lost)
    if name != "prometheus":
        assert any("0.4 % became 1 %" in line for line in lost)
        assert any("image" in line for line in lost)
        assert any("Monitors" in line for line in lost)


def test_the_rules_are_the_monitors_in_place_with_the_simulation_s_limits():
    plan = read_plan({"monitors": ["M01", "M14"], "label_delay": 3, "window_minutes": 5, "name": "reader"})
    group = yaml.safe_load(prometheus_rules(plan))["groups"][0]
    alerts = [rule for rule in group["rules"] if "alert" in rule]
    recorded = {rule["record"]: rule["expr"] for rule in group["rules"] if "record" in rule}
    assert (group["name"], group["interval"]) == ("reader-monitors", "5m")
    assert [rule["labels"]["code"] for rule in alerts] == ["M01", "M14"]
    assert [rule["labels"]["severity"] for rule in alerts] == ["stop", "page"]
    for rule in alerts:
        name, limit = rule["expr"].split(" > ")
        assert name in recorded
        assert float(limit) == pytest.approx(limit_of(plan, BY_CODE[rule["labels"]["code"]]), rel=1e-4)
    assert float(alerts[0]["expr"].split(" > ")[1]) == 0
    assert 0.05 < float(alerts[1]["expr"].split(" > ")[1]) < 0.1
    assert alerts[1]["annotations"]["known_after"] == "3 windows"
    assert len(yaml.safe_load(prometheus_rules(read_plan({})))["groups"][0]["rules"]) == 2 * len(MONITORS)


def test_every_target_is_in_a_file_of_its_own():
    assert [write.__name__ for _, write in TARGETS.values()] == ["argo_rollouts", "flagger", "kserve", "prometheus"]
    assert set(manifests.__all__) >= {"argo_rollouts", "flagger", "kserve"}


@pytest.mark.parametrize("target", [*TARGETS, "helm"])
def test_the_shell_prints_the_manifest_and_says_apart_what_is_lost(tmp_path, monkeypatch, capsys, target):
    file = tmp_path / "plan.yaml"
    file.write_text("strategy: canary\n")
    monkeypatch.setattr("sys.argv", ["components", "manifests", str(file), "--target", target])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capsys.readouterr()
    if target == "helm":
        assert (ended.value.code, out, err.count("\n")) == (2, "", 1)
        assert "argo, flagger, kserve and prometheus" in err
    else:
        assert ended.value.code == 0
        assert list(yaml.safe_load_all(out))
        assert err.count("\n") == len(TARGETS[target][1](read_plan({}))[1]) > 0
