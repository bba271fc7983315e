"""KServe: an InferenceService with one canary percentage."""

from typing import Any

from components import words
from components.deployment.manifests import writing
from components.deployment.plan import Plan

TOOL = "KServe"


def kserve(plan: Plan) -> tuple[str, list[str]]:
    """Write the first step of a plan for KServe.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    text : str
        An InferenceService as YAML, valid against the project's published schema.
    lost : list of str
        What the target can't express, one sentence each.
    """
    lost = writing.what_no_target_has(plan, TOOL)
    predictor: dict[str, Any] = {"minReplicas": plan.replicas}
    if plan.strategy == "canary":
        predictor["canaryTrafficPercent"] = writing.whole_percent(plan.steps[0].share, lost)
        later = [f"{100 * step.share:g} % for {writing.minutes(plan, step.windows)}" for step in plan.steps[1:]]
        if later:
            lost.append(f"It holds one percentage: the later steps are yours to apply, {words.listed(later, most=50)}.")
        lost.append(f"It doesn't know how long a step takes: hold the first one {writing.minutes(plan, plan.steps[0].windows)}.")
    else:
        predictor["canaryTrafficPercent"] = 0
        lost.append(
            "It mirrors nothing: the new version stands beside the old one with 0 % of the traffic, and your own copy must reach it."
        )
        if plan.strategy == "blue-green":
            if plan.limited:
                lost.append("It judges nothing after the switch either: the limit is yours to keep.")
            if plan.switch.blue_stays is not None:
                lost.append("The old version stays until the new one has 100 %: how long it stays up then can't be set.")
            lost.append("The switch is yours to apply: “canaryTrafficPercent” 100 once the gate says “promote”.")
    if plan.approval:
        lost.append(f"It asks nobody: {writing.asked(plan)} sets the next percentage.")
    if plan.judge_latency:
        lost.append(f"It judges no latency: your gate must look at answers slower than {plan.latency_objective_ms:g} ms too.")
    if plan.warm_up:
        lost.append(f"It knows no warm-up: {words.counted(plan.warm_up, 'window')} at the beginning are for the gate to leave out.")
    if plan.together > 1:
        lost.append(f"It routes each request for itself: a {plan.unit.kind} meets both versions.")
    lost.append("It decides nothing: whoever runs the gate sets “canaryTrafficPercent” back to 0.")
    predictor["containers"] = [{"name": "kserve-container", "image": writing.image(plan, lost), "ports": [{"containerPort": 8080}]}]
    body = {
        "apiVersion": "serving.kserve.io/v1beta1",
        "kind": "InferenceService",
        "metadata": writing.metadata(plan),
        "spec": {"predictor": predictor},
    }
    return writing.documents(body), lost
