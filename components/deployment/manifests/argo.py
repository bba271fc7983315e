"""Argo Rollouts: a Rollout and the AnalysisTemplate that decides it."""

from typing import Any

from components.deployment.gates import Threshold
from components.deployment.manifests import writing
from components.deployment.plan import Plan

TOOL = "Argo Rollouts"
GROUP = "argoproj.io/v1alpha1"
MIRROR = "shadow"
AFTER = "-after"


def argo_rollouts(plan: Plan) -> tuple[str, list[str]]:
    """Write a plan for Argo Rollouts.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    text : str
        A Rollout and an AnalysisTemplate as YAML, valid against the project's published schemas.
    lost : list of str
        What the target can't express, one sentence each.
    """
    lost = writing.what_no_target_has(plan, TOOL)
    if plan.approval:
        lost.append(f"A pause waits without end, and for anybody who may go on: not {writing.asked(plan)}.")
    strategy = _blue_green(plan, lost) if plan.strategy == "blue-green" else _canary(plan, lost)
    labels = {"app": plan.name}
    rollout = {
        "apiVersion": GROUP,
        "kind": "Rollout",
        "metadata": writing.metadata(plan),
        "spec": {
            "replicas": plan.replicas if plan.capacity else 2,
            "selector": {"matchLabels": labels},
            "template": {
                "metadata": {"labels": labels},
                "spec": {"containers": [{"name": "model", "image": writing.image(plan, lost), "ports": [{"containerPort": 8080}]}]},
            },
            "strategy": strategy,
        },
    }
    return writing.documents(rollout, _template(plan, lost), *_after(plan, lost)), lost


def _canary(plan: Plan, lost: list[str]) -> dict[str, Any]:
    """Return the steps: weights, or mirrored shares for a shadow."""
    steps: list[dict[str, Any]] = []
    shadow = plan.strategy == "shadow"
    for step in plan.steps:
        if shadow:
            percentage = writing.whole_percent(step.share, lost, "mirrored share")
            steps.append({"setMirrorRoute": {"name": MIRROR, "percentage": percentage, "match": [{"path": {"prefix": "/"}}]}})
        else:
            steps.append({"setWeight": writing.whole_percent(step.share, lost)})
        steps.append({"pause": {"duration": writing.minutes(plan, step.windows)}})
        if step.approved:
            steps.append({"pause": {}})
    routing: dict[str, Any] = {"istio": {"virtualService": {"name": writing.service(plan)}}}
    if shadow:
        steps = [{"setCanaryScale": {"replicas": 1}}, *steps, {"setMirrorRoute": {"name": MIRROR}}, {"pause": {}}]
        routing["managedRoutes"] = [{"name": MIRROR}]
        lost.append("A shadow ends in a pause: a person goes on, for Argo Rollouts would promote.")
    elif plan.waiting:
        steps.append({"pause": {}})
    if plan.windows_after and not shadow:
        lost.append("Nothing is watched after a canary's promotion: its analysis ends with the last step.")
    if plan.together > 1:
        lost.append(f"It routes each request for itself: that a {plan.unit.kind} stays with a version is the router's to do.")
    lost.append(f"Weights and mirrors need a router: an Istio VirtualService “{writing.service(plan)}” is assumed.")
    if not isinstance(plan.gate, Threshold):
        lost.append("An analysis can stop a rollout but not end it early: “promote” waits for the last step.")
    analysis = {"templates": [{"templateName": f"{plan.name}-gate"}], "startingStep": 1}
    services = {"stableService": f"{writing.service(plan)}-stable", "canaryService": f"{writing.service(plan)}-canary"}
    return {"canary": {**services, "trafficRouting": routing, "analysis": analysis, "steps": steps}}


def _blue_green(plan: Plan, lost: list[str]) -> dict[str, Any]:
    analysis = {"templates": [{"templateName": f"{plan.name}-gate"}]}
    blue_green: dict[str, Any] = {
        "activeService": f"{writing.service(plan)}-active",
        "previewService": f"{writing.service(plan)}-preview",
        "autoPromotionEnabled": not plan.waiting,
        "prePromotionAnalysis": analysis,
    }
    stays = plan.switch.blue_stays if plan.switch.blue_stays is not None else plan.windows_after
    if stays or plan.switch.blue_stays is not None:
        blue_green["scaleDownDelaySeconds"] = 60 * plan.window_minutes * stays
    if plan.switch.limit:
        blue_green["postPromotionAnalysis"] = {"templates": [{"templateName": f"{plan.name}{AFTER}"}]}
    elif plan.windows_after:
        blue_green["postPromotionAnalysis"] = analysis
        if stays != plan.watched:
            lost.append("Without a limit after the switch it is watched after it for as long as the old version stays up.")
    if any(step.approved for step in plan.steps):
        lost.append("Nobody is asked between the steps of the mirror: only before the switch.")
    lost.append("Requests aren't mirrored before the switch: your own load must reach the preview service, in the shares of the ramp.")
    return {"blueGreen": blue_green}


def _template(plan: Plan, lost: list[str]) -> dict[str, Any]:
    """Return the analysis: a threshold on a query, or the answer of a gate that the team runs; slow answers are a metric of their own."""
    metrics = [_metric(plan, lost, plan.gate.kind, plan.label_delay + plan.warm_up)]
    if plan.judge_latency:
        metrics.append(_metric(plan, lost, "slow-answers", plan.warm_up))
    return {"apiVersion": GROUP, "kind": "AnalysisTemplate", "metadata": writing.metadata(plan, "-gate"), "spec": {"metrics": metrics}}


def _after(plan: Plan, lost: list[str]) -> list[dict[str, Any]]:
    """Return the analysis after a switch, where it has a limit: as long as is watched."""
    if plan.strategy != "blue-green" or not plan.switch.limit:
        return []
    metric = {"name": "after-the-switch", "interval": writing.minutes(plan, 1), "count": max(plan.watched, 1)}
    if plan.label_delay:
        metric["initialDelay"] = writing.minutes(plan, plan.label_delay)
    metric |= _limit(plan.switch.limit, plan.switch.strikes, writing.query(plan, lost if not isinstance(plan.gate, Threshold) else []))
    name = writing.metadata(plan, AFTER)
    return [{"apiVersion": GROUP, "kind": "AnalysisTemplate", "metadata": name, "spec": {"metrics": [metric]}}]


def _limit(limit: float, strikes: int, query: str) -> dict[str, Any]:
    """Return how a metric strikes, and when it has struck too often."""
    return {
        "successCondition": f"result[0] <= {limit:g}",
        "failureCondition": f"result[0] > {limit:g}",
        "failureLimit": strikes - 1,
        "provider": {"prometheus": {"address": "http://prometheus.monitoring:9090", "query": query}},
    }


def _metric(plan: Plan, lost: list[str], name: str, wait: int) -> dict[str, Any]:
    metric: dict[str, Any] = {"name": name, "interval": writing.minutes(plan, 1)}
    slow = name != plan.gate.kind
    if wait:
        metric["initialDelay"] = writing.minutes(plan, wait)
    if plan.strategy == "blue-green":
        metric["count"] = plan.windows
    if isinstance(plan.gate, Threshold):
        query = writing.slow_query(plan, lost) if slow else writing.query(plan, lost)
        metric |= _limit(plan.gate.limit, plan.gate.strikes, query)
    else:
        asked = "&".join([*(f"{name}={value}" for name, value in writing.gate_settings(plan).items()), *["metric=slow"] * slow])
        metric |= {
            "successCondition": 'result == "promote" || result == "hold"',
            "failureCondition": 'result == "roll back"',
            "failureLimit": 0,
            "provider": {"web": {"url": f"{writing.gate_address(plan)}?{asked}", "jsonPath": "{$.decision}"}},
        }
    return metric
