"""Reads a manifest back as its tool would, and holds it against the plan that it was written from."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import yaml

from components import words
from components.deployment.plan import Plan

Facts = dict[str, str]
NOWHERE = words.MISSING


def compared(plan: Plan, target: str, text: str) -> pd.DataFrame:
    """Return what the plan says beside what its manifest says: columns what, plan, manifest, kept.

    Parameters
    ----------
    plan : Plan
    target : "argo", "flagger" or "kserve"
    text : str
        What was written for the target.
    """
    bodies = list(yaml.safe_load_all(text))
    found = {"argo": _argo, "flagger": _flagger, "kserve": _kserve}[target](bodies)
    rows = [{"what": what, "plan": said, "manifest": found.get(what, NOWHERE)} for what, said in planned(plan).items()]
    return pd.DataFrame([{**row, "kept": row["plan"] == row["manifest"]} for row in rows])


def planned(plan: Plan) -> Facts:
    """Return what a plan says, as far as a manifest can say it too."""
    asked = [_after(100 * step.share) for step in plan.steps if step.approved] + [PROMOTION] * bool(plan.waiting)
    return {
        "name": f"{plan.namespace}/{plan.name}",
        "image": plan.image or f"{plan.name}:new",
        "strategy": plan.strategy,
        "ramp": _ramp([(100 * step.share, step.windows * plan.window_minutes) for step in plan.steps]),
        "gate": _gate({name: str(value) for name, value in plan.judging.model_dump().items()}),
        "slow answers": _slow(plan.judge_latency),
        "first look after": _minutes((plan.label_delay + plan.warm_up) * plan.window_minutes),
        "a person is asked": _asked(asked),
        "watched after promotion": _minutes(plan.watched * plan.window_minutes),
        **(_planned_switch(plan) if plan.strategy == "blue-green" else {}),
    }


def _planned_switch(plan: Plan) -> Facts:
    """Return what a plan says of its switch, where it says anything."""
    switch, facts = plan.switch, {}
    if switch.migration:
        moves = [(100 * move.share, move.windows * plan.window_minutes) for move in switch.migration]
        facts["steps of the switch"] = _ramp(moves)
    if switch.limit:
        facts["limit after the switch"] = _limit(switch.limit, switch.strikes)
    if switch.blue_stays is not None:
        facts["old version stays up"] = _minutes(switch.blue_stays * plan.window_minutes)
    return facts


PROMOTION = "before the promotion"
NAMES = {"alpha": "α"}


def _after(percent: float) -> str:
    return f"after {percent:g} %"


def _asked(when: list[str]) -> str:
    return words.listed(when, most=50) or "never"


def _minutes(number: int) -> str:
    return f"{number} min"


def _slow(judged: bool) -> str:
    return "judged" if judged else "not judged"


def _ramp(steps: list[tuple[float, int]]) -> str:
    return ", ".join(f"{percent:g} % for {_minutes(minutes)}" for percent, minutes in steps)


def _gate(settings: dict[str, str]) -> str:
    known = {name: f"{float(value):g}" for name, value in settings.items() if name not in {"kind", "metric"}}
    numbers = [f"{NAMES.get(name, name.replace('_', ' '))} {number.replace('0.', '.', 1)}" for name, number in known.items()]
    return ", ".join([settings["kind"], *numbers])


def _limit(limit: float, strikes: int) -> str:
    return f"{100 * limit:g} %, {words.counted(strikes, 'strike')}"


def _duration(text: str | None) -> int:
    """Return how many minutes a duration as Go writes it has."""
    return int((text or "0m").removesuffix("m"))


def _named(body: dict[str, Any]) -> Facts:
    return {"name": f"{body['metadata']['namespace']}/{body['metadata']['name']}"}


def _argo(bodies: list[dict[str, Any]]) -> Facts:
    rollout, template, *later = bodies
    metrics, strategy = template["spec"]["metrics"], rollout["spec"]["strategy"]
    gate = metrics[0]
    if "web" in gate["provider"]:
        settings = dict(parse_qsl(urlsplit(gate["provider"]["web"]["url"]).query))
    else:
        limit, strikes = _argo_limit(gate)
        settings = {"kind": gate["name"], "limit": f"{limit:g}", "strikes": str(strikes)}
    return {
        **_named(rollout),
        "image": rollout["spec"]["template"]["spec"]["containers"][0]["image"],
        "gate": _gate(settings),
        "slow answers": _slow(len(metrics) > 1),
        "first look after": _minutes(_duration(gate.get("initialDelay"))),
        **(_argo_steps(strategy["canary"]["steps"]) if "canary" in strategy else _argo_switch(strategy["blueGreen"], later)),
    }


def _argo_limit(metric: dict[str, Any]) -> tuple[float, int]:
    """Return over which value a metric strikes, and how many strikes are too many."""
    limit = re.search(r"> ([\d.e-]+)", metric["failureCondition"])
    return float(limit[1]) if limit else float("nan"), metric["failureLimit"] + 1


def _argo_steps(steps: list[dict[str, Any]]) -> Facts:
    ramp: list[tuple[float, int]] = []
    asked = []
    for number, step in enumerate(steps):
        percent = step["setWeight"] if "setWeight" in step else step.get("setMirrorRoute", {}).get("percentage")
        if percent is not None:
            ramp.append((percent, 0))
        elif step.get("pause") == {}:
            asked.append(PROMOTION if number == len(steps) - 1 else _after(ramp[-1][0]))
        elif "pause" in step:
            ramp[-1] = (ramp[-1][0], ramp[-1][1] + _duration(step["pause"]["duration"]))
    mirrored = any("setMirrorRoute" in step for step in steps)
    return {
        "strategy": "shadow" if mirrored else "canary",
        "ramp": _ramp(ramp),
        "a person is asked": _asked(asked),
        "watched after promotion": _minutes(0),
    }


def _argo_switch(switch: dict[str, Any], later: list[dict[str, Any]]) -> Facts:
    stays = switch.get("scaleDownDelaySeconds", 0) // 60
    after, limit = stays if "postPromotionAnalysis" in switch else 0, {}
    for template in later:
        metric = template["spec"]["metrics"][0]
        after, limit = metric["count"] * _duration(metric["interval"]), {"limit after the switch": _limit(*_argo_limit(metric))}
    return {
        "strategy": "blue-green",
        "a person is asked": _asked([] if switch["autoPromotionEnabled"] else [PROMOTION]),
        "watched after promotion": _minutes(after),
        "steps of the switch": "at once",
        "old version stays up": _minutes(stays),
        **limit,
    }


def _flagger(bodies: list[dict[str, Any]]) -> Facts:
    analysis = bodies[0]["spec"]["analysis"]
    interval, hooks = _duration(analysis["interval"]), analysis.get("webhooks", [])
    gates = [hook for hook in hooks if hook["type"] == "rollout"]
    if gates:
        settings = gates[0]["metadata"]
    else:
        settings = {
            "kind": "threshold",
            "limit": str(analysis["metrics"][0]["thresholdRange"]["max"]),
            "strikes": str(analysis["threshold"]),
        }
    ramp = [(float(weight), interval) for weight in analysis.get("stepWeights", [])]
    kinds = {hook["type"] for hook in hooks}
    asked = ["before every step"] * ("confirm-traffic-increase" in kinds) + [PROMOTION] * ("confirm-promotion" in kinds)
    return {
        **_named(bodies[0]),
        "strategy": "canary" if ramp else "blue-green",
        "ramp": _ramp(ramp or [(analysis["mirrorWeight"], analysis["iterations"] * interval)]),
        "gate": _gate(settings),
        "slow answers": _slow(len(gates or analysis["metrics"]) > 1),
        "first look after": _minutes(0),
        "a person is asked": _asked(asked),
        "watched after promotion": _minutes(0),
    }


def _kserve(bodies: list[dict[str, Any]]) -> Facts:
    predictor = bodies[0]["spec"]["predictor"]
    share = predictor["canaryTrafficPercent"]
    return {
        **_named(bodies[0]),
        "image": predictor["containers"][0]["image"],
        **({"strategy": "canary"} if share else {}),
        "ramp": f"{share} %",
    }
