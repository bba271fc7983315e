"""Flagger: a Canary, and the MetricTemplate that it asks."""

from typing import Any

from components import words
from components.deployment.gates import Threshold
from components.deployment.manifests import writing
from components.deployment.plan import Plan

TOOL = "Flagger"
GROUP = "flagger.app/v1beta1"


def flagger(plan: Plan) -> tuple[str, list[str]]:
    """Write a plan for Flagger.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    text : str
        A Canary, and a MetricTemplate where the gate is a threshold, as YAML, valid against the project's published schemas.
    lost : list of str
        What the target can't express, one sentence each.
    """
    lost = writing.what_no_target_has(plan, TOOL)
    lost.append(f"The image is the Deployment's: change it in “{plan.name}”, and Flagger begins.")
    analysis = _ramp(plan, lost)
    if plan.together > 1:
        analysis["sessionAffinity"] = {"cookieName": f"{plan.name}-{plan.unit.kind}", "maxAge": 60 * plan.window_minutes * plan.windows}
    bodies: list[dict[str, Any]] = []
    if isinstance(plan.gate, Threshold):
        analysis["threshold"] = plan.gate.strikes
        queries = {"failures": writing.query(plan, lost)}
        if plan.judge_latency:
            queries["slow-answers"] = writing.slow_query(plan, lost)
        analysis["metrics"] = []
        for name, query in queries.items():
            reference = {"name": f"{plan.name}-{name}", "namespace": plan.namespace}
            limits = {"templateRef": reference, "thresholdRange": {"max": plan.gate.limit}}
            analysis["metrics"].append({"name": name, "interval": analysis["interval"], **limits})
            template = {"provider": {"type": "prometheus", "address": "http://prometheus.monitoring:9090"}, "query": query}
            metadata = writing.metadata(plan, f"-{name}")
            bodies.append({"apiVersion": GROUP, "kind": "MetricTemplate", "metadata": metadata, "spec": template})
    else:
        analysis["threshold"] = 1
        asked = {"type": "rollout", "url": writing.gate_address(plan), "timeout": "10s"}
        settings = writing.gate_settings(plan)
        analysis["webhooks"] = [{"name": "gate", **asked, "metadata": settings}]
        if plan.judge_latency:
            analysis["webhooks"].append({"name": "slow-answers", **asked, "metadata": {**settings, "metric": "slow"}})
    people = _asked(plan, lost)
    if people:
        analysis["webhooks"] = [*analysis.get("webhooks", []), *people]
    if plan.strategy == "shadow":
        lost.append("A shadow would be promoted at its end: a webhook holds it until a person says so.")
    if plan.replicas > 1:
        lost.append(f"The {plan.replicas} replicas are the Deployment's: set them there.")
    if plan.label_delay:
        lost.append(
            f"Labels that come {words.counted(plan.label_delay, 'window')} late can't be waited for: the query must look back as far."
        )
    if plan.warm_up:
        lost.append(f"It judges from its first look on: {words.counted(plan.warm_up, 'window')} to warm up can't be left out.")
    if plan.watched:
        down = plan.strategy == "blue-green" and plan.switch.blue_stays is not None
        gone = " The old pods are replaced then: they can't stay up, and the way back is a new rollout." if down else ""
        lost.append(f"Nothing is watched after promotion.{gone}")
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": plan.name}
    spec = {"targetRef": target, "service": {"name": writing.service(plan), "port": 80, "targetPort": 8080}, "analysis": analysis}
    canary = {"apiVersion": GROUP, "kind": "Canary", "metadata": writing.metadata(plan), "spec": spec}
    return writing.documents(canary, *bodies), lost


def _asked(plan: Plan, lost: list[str]) -> list[dict[str, Any]]:
    """Return the webhooks that hold a rollout until a person lets it go on."""
    hooks = []
    if any(step.approved for step in plan.steps):
        if plan.strategy == "canary":
            hooks.append("confirm-traffic-increase")
            lost.append("It asks before every step, and not after the approved ones alone: the webhook may answer the others at once.")
        else:
            lost.append("Nobody is asked between the steps of a mirror: it has one step.")
    if plan.waiting or plan.strategy == "shadow":
        hooks.append("confirm-promotion")
    if plan.approval:
        lost.append(f"A webhook is asked again and again, without end: who answers is its own affair, not {writing.asked(plan)}.")
    address, name = writing.gate_address(plan), plan.approval.name if plan.approval else "a person decides"
    return [{"name": name, "type": hook, "url": f"{address}/{hook.removeprefix('confirm-')}", "timeout": "10s"} for hook in hooks]


def _ramp(plan: Plan, lost: list[str]) -> dict[str, Any]:
    """Return how traffic moves: by steps, or as a whole after some looks."""
    if plan.strategy == "canary":
        holds = {step.windows for step in plan.steps}
        weights: list[int] = []
        for step in plan.steps:
            weight = writing.whole_percent(step.share, lost)
            if weight in weights:
                lost.append(f"Two steps have the weight {weight} %: they became one.")
            else:
                weights.append(weight)
        if len(holds) > 1:
            held = words.listed([str(step.windows) for step in plan.steps], most=50)
            lost.append(f"Every step is held as long as the others: {max(holds)} windows, instead of {held}.")
        if max(holds) > 1:
            lost.append(f"It looks once a step, every {writing.minutes(plan, max(holds))}, and not after each window.")
        return {"interval": writing.minutes(plan, max(holds)), "stepWeights": weights}
    analysis: dict[str, Any] = {"interval": writing.minutes(plan, 1), "iterations": plan.windows}
    largest = plan.steps[-1].share
    if len(plan.steps) > 1:
        lost.append(f"The mirrored share doesn't grow: {100 * largest:g} % from the beginning.")
    return {**analysis, "mirror": True, "mirrorWeight": writing.whole_percent(largest, lost, "mirrored share")}
