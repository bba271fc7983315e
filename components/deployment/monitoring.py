"""The monitors of a plan, and the rows of a monitoring plan, as Prometheus rules."""

from collections.abc import Iterable
from typing import Any

import yaml

from components import words
from components.deployment.monitoring_plan import requests_in
from components.deployment.monitors import BY_CODE, MONITORS, Monitor
from components.deployment.plan import Plan
from components.deployment.records import Metric
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


def rules_of(rows: Iterable[Metric], plan: Plan) -> tuple[str, list[str]]:
    """Write the rows in place of a monitoring plan as Prometheus rules, and say what could not be written."""
    rules: list[dict[str, Any]] = []
    lost: list[str] = []
    used: set[str] = set()
    for row in rows:
        if not row.watching:
            continue
        if row.threshold is None:
            lost.append(f"{row.metric}: it has no limit yet.")
            continue
        name = words.slug(f"{row.metric} {row.slice}").replace("-", "_")
        name = next(one for one in (name, *(f"{name}_{number}" for number in range(2, len(used) + 3))) if one not in used)
        used.add(name)
        rules += _rule_of(row, plan, name)
    if any(row.watching and row.unit == "number" for row in rows):
        lost.append("Numbers are expected as model_<name>, one value a window; shares as counters of signs and of what was looked at.")
    group = {"name": f"{plan.name}-monitoring", "rules": rules}
    return yaml.safe_dump({"groups": [group]}, sort_keys=False, allow_unicode=True, width=120), lost


def _rule_of(row: Metric, plan: Plan, name: str) -> list[dict[str, Any]]:
    """Return the recorded figure and the alert of a row; an alert asks for the least sample too."""
    window, service = f"{row.window_minutes}m", plan.service or plan.name
    recorded, monitor = f"model:{name}", BY_CODE.get(row.monitor)
    sign = monitor.watches.replace(" ", "_") if monitor else name
    chosen = f'{{service="{service}",version="new",sign="{sign}"}}'
    looked_at = f"sum(increase(model_looked_at_total{chosen}[{window}]))"
    share = f"sum(increase(model_signs_total{chosen}[{window}])) / {looked_at}"
    number = f'avg_over_time(model_{name}{{service="{service}"}}[{window}])'
    sign_of = ">" if row.direction == "above" else "<"
    enough = f" and {looked_at} >= {row.least_sample}" if row.unit == "share" and requests_in(row, plan) else ""
    notes = {
        "summary": row.metric,
        "description": row.definition,
        "slice": row.slice,
        "owner": row.owner,
        "channel": row.channel,
        "action": row.action,
        "runbook_url": row.runbook,
    }
    alert: dict[str, Any] = {
        "alert": "".join(part.capitalize() for part in name.split("_")),
        "expr": f"{recorded} {sign_of} {row.threshold:.6g}{enough}",
        "labels": {"severity": row.severity, "stage": row.stage, **({"code": row.monitor} if row.monitor else {})},
        "annotations": {key: value for key, value in notes.items() if value},
    }
    return [{"record": recorded, "expr": share if row.unit == "share" else number, "labels": {"service": service}}, alert]


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
