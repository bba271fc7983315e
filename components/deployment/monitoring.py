"""The monitors of a plan as Prometheus rules."""

from typing import Any

import yaml

from components import words
from components.deployment.monitors import BY_CODE, MONITORS, Monitor
from components.deployment.plan import Plan
from components.deployment.world import World


def prometheus_rules(plan: Plan) -> str:
    """Write the monitors in place as a file of Prometheus rules; all monitors where the plan names none.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    str
        One group: a recorded share and an alert for each monitor. The limit is the one that the simulation uses with all of the
        traffic. A sign is counted in `model_signs_total` by service, version and sign, requests that were looked at in
        `model_looked_at_total` by service, version and sign.
    """
    chosen = [BY_CODE[code] for code in plan.monitors] or list(MONITORS)
    rules: list[dict[str, Any]] = []
    for monitor in chosen:
        rules += _rules(plan, monitor)
    group = {"name": f"{plan.name}-monitors", "interval": f"{plan.window_minutes}m", "rules": rules}
    return yaml.safe_dump({"groups": [group]}, sort_keys=False, allow_unicode=True, width=120)


def prometheus(plan: Plan) -> tuple[str, list[str]]:
    """Write the rules, and say what they assume or leave out."""
    lost = ["The rules only watch: the ramp, the gate and the strategy are another target's."]
    if not plan.monitors:
        lost.append("The plan names no monitors: all of them are written.")
    lost.append("Signs are expected in model_signs_total, and what was looked at in model_looked_at_total, by service, version and sign.")
    if plan.faults:
        lost.append(f"Faults are rehearsed, not deployed: {words.listed([one.code for one in plan.faults])} left out.")
    return prometheus_rules(plan), lost


def limit_of(plan: Plan, monitor: Monitor) -> float:
    """Return the share of signs above which a monitor alarms, with all of the traffic on the new version."""
    usual = World(plan).usual_of(monitor.watches)
    looked_at = plan.requests_per_window * monitor.sample
    return min(monitor.limit(plan.requests_per_window, monitor.sample, usual) / looked_at, 1.0)


def _rules(plan: Plan, monitor: Monitor) -> list[dict[str, Any]]:
    sign = monitor.watches.replace(" ", "_")
    name, window = plan.service or plan.name, f"{plan.window_minutes}m"
    chosen = f'{{service="{name}",version="new",sign="{sign}"}}'
    recorded = f"model:sign_{sign}:ratio"
    share = f"sum(increase(model_signs_total{chosen}[{window}])) / sum(increase(model_looked_at_total{chosen}[{window}]))"
    wait = monitor.delay + (plan.label_delay if monitor.needs_labels else 0)
    alert: dict[str, Any] = {
        "alert": "".join(part.capitalize() for part in monitor.title.replace("-", " ").split()),
        "expr": f"{recorded} > {limit_of(plan, monitor):.6g}",
        "labels": {"severity": "stop" if monitor.stops else "page", "code": monitor.code, "stage": monitor.stage},
        "annotations": {
            "summary": monitor.title,
            "description": monitor.says,
            "action": "Roll back at once." if monitor.stops else "Look, and roll back if a fault is found.",
            "known_after": words.counted(wait, "window"),
        },
    }
    return [{"record": recorded, "expr": share, "labels": {"service": name}}, alert]
