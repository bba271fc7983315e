"""What all manifests are written with: names, durations, whole percents, and YAML that keeps its order."""

from typing import Any

import yaml

from components import words
from components.deployment.gates import Threshold
from components.deployment.parts import SAMPLED
from components.deployment.plan import Plan


class Plain(yaml.SafeDumper):
    """YAML without anchors: what stands twice is written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """Say that nothing is referred to."""
        return True


def documents(*bodies: dict[str, Any]) -> str:
    """Return Kubernetes objects as one YAML text."""
    return str(yaml.dump_all(bodies, Dumper=Plain, sort_keys=False, allow_unicode=True, width=120))


def metadata(plan: Plan, suffix: str = "") -> dict[str, Any]:
    """Return the name and namespace of an object."""
    return {"name": f"{plan.name}{suffix}", "namespace": plan.namespace}


def service(plan: Plan) -> str:
    """Return the name of the service that clients call."""
    return plan.service or plan.name


def image(plan: Plan, lost: list[str]) -> str:
    """Return the image of the new version."""
    if not plan.image:
        lost.append(f"The plan names no image: “{plan.name}:new” stands in for it. Set “image”.")
    return plan.image or f"{plan.name}:new"


def minutes(plan: Plan, windows: int) -> str:
    """Return how long some windows take, as Go writes durations."""
    return f"{windows * plan.window_minutes}m"


def whole_percent(share: float, lost: list[str], what: str = "weight") -> int:
    """Return a share as the whole percentage that targets take; what is rounded is lost."""
    percent = max(1, round(100 * share))
    if abs(100 * share - percent) > 1e-9:
        lost.append(f"A {what} is a whole percentage: {100 * share:g} % became {percent} %.")
    return percent


def query(plan: Plan, lost: list[str]) -> str:
    """Return the query for the new version's failure rate."""
    if not plan.metric_query:
        lost.append("The plan has no query for the failure rate: a common one is written. Set “metric_query”.")
    return plan.metric_query or (
        f'sum(rate(decisions_failed_total{{service="{service(plan)}",version="new"}}[{minutes(plan, 1)}])) / '
        f'sum(rate(decisions_total{{service="{service(plan)}",version="new"}}[{minutes(plan, 1)}]))'
    )


def slow_query(plan: Plan, lost: list[str]) -> str:
    """Return the query for the share of the new version's answers that are slower than the objective."""
    limit = f"{plan.latency_objective_ms / 1000:g}"
    lost.append(f"Slow answers are read from answer_seconds, a histogram by service and version: give it a limit at {limit}.")
    chosen, window = f'service="{service(plan)}",version="new"', minutes(plan, 1)
    return (
        f'1 - sum(rate(answer_seconds_bucket{{{chosen},le="{limit}"}}[{window}])) / sum(rate(answer_seconds_count{{{chosen}}}[{window}]))'
    )


def gate_address(plan: Plan) -> str:
    """Return where a service of the team's answers what the gate says."""
    return f"http://{plan.name}-gate.{plan.namespace}/decision"


def gate_settings(plan: Plan) -> dict[str, str]:
    """Return the settings of the gate as text."""
    return {name: f"{value:g}" if isinstance(value, float) else str(value) for name, value in plan.judging.model_dump().items()}


def asked(plan: Plan) -> str:
    """Return who approves, and how soon, in words."""
    return f"{plan.approval.name} within {minutes(plan, plan.approval.windows)}" if plan.approval else "nobody"


def what_no_target_has(plan: Plan, tool: str) -> list[str]:
    """Return what no target can express, in sentences."""
    lost = []
    if not isinstance(plan.gate, Threshold):
        lost.append(
            f"{tool} has no {plan.gate.title}: it asks {gate_address(plan)}, a service that you run and that answers "
            "“hold”, “promote” or “roll back”."
        )
    if plan.faults:
        lost.append(f"Faults are rehearsed, not deployed: {words.listed([one.code for one in plan.faults])} left out.")
    if plan.slices:
        names = words.listed([f"“{one.name}”" for one in plan.slices], most=20)
        lost.append(f"It judges all requests together: a query for each of {names} is yours to add.")
    if plan.monitors:
        lost.append("Monitors are no part of it: the target “prometheus” writes them as rules.")
    if plan.detection_delay:
        lost.append("How long people take to act on an alarm can't be set: it acts on its own looks alone.")
    if plan.rollback_delay:
        lost.append("How long a rollback takes can't be set: it follows from the cluster.")
    if plan.target != "service":
        lost.append(f"It deploys to a cluster, not to {'an app' if plan.target == 'app' else 'a device'}.")
    least = [f"{words.count(step.least_sample)} at {100 * step.share:g} %" for step in plan.steps if step.least_sample]
    if least:
        lost.append(f"A least sample can't be set: the query or the gate must count, {words.listed(least, most=50)}.")
    if plan.together > 1 and not isinstance(plan.gate, Threshold):
        one = plan.unit.kind
        lost.append(f"The gate must count by {one}: it takes each {one}'s failures in a window, of at most {plan.together} requests.")
    if plan.largest_share < 1 and not plan.paired:
        lost.append(f"The largest share, {100 * plan.largest_share:g} %, isn't kept by it: the steps that are written here hold to it.")
    if plan.label_coverage < 1:
        lost.append("The share of decisions that get a label can't be set: the query must count labelled ones.")
    return lost + _reviews(plan) + _switch(plan)


def _reviews(plan: Plan) -> list[str]:
    """Return what no target can express of the reviews of a shadow."""
    if plan.reviewed is None:
        return []
    who = f"at most {words.count(plan.reviewed.capacity)} answers a window, {SAMPLED[plan.reviewed.sample]}"
    return [f"It knows no reviewers: the query must count what they looked at, {who}."]


def _switch(plan: Plan) -> list[str]:
    """Return what no target can express of a switch."""
    switch = plan.switch
    lost: list[str] = []
    if plan.strategy != "blue-green":
        return lost
    if switch.migration:
        moves = [f"{100 * move.share:g} % for {minutes(plan, move.windows)}" for move in switch.migration]
        lost.append(f"It moves all of the traffic at once: the steps before are yours to apply, {words.listed(moves, most=50)}.")
    if any(move.limit for move in switch.migration):
        lost.append("It knows no limit for each step of the switch.")
    if switch.drain:
        lost.append(f"Open sessions are the router's to end: give them {minutes(plan, switch.drain)}.")
    if switch.restart:
        lost.append("How long the old version takes until it is up again can't be set: it follows from the cluster.")
    return lost
