"""The controls of the rollout screen: each stands for a part of the plan."""

from math import isclose
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import words
from components.deployment.faults import BY_CODE as FAULTS
from components.deployment.faults.declaration import COURSES, Course
from components.deployment.gates import GATES, EProcess, Threshold
from components.deployment.monitors import BY_CODE as MONITORS
from components.deployment.parts import Injected
from components.deployment.plan import Plan
from components.deployment.reading import read_plan
from components.deployment.records import RolloutPlan
from components.deployment.starting import BY_HAND, in_use
from components.deployment.strategies import STRATEGIES
from components.ui.patterns import note
from components.ui.rollout.answering import answering
from components.ui.rollout.asking import percent
from components.ui.rollout.draft import Draft
from components.ui.rollout.ramp import ramp
from components.ui.rollout.reviewing import reviews
from components.ui.rollout.slices import slices
from components.ui.rollout.switching import switch

COMES: dict[Course, str] = {
    "sudden": "all at once",
    "gradual": "gradually, over 20 windows",
    "seasonal": "and goes, every 24 windows",
    "burst": "for 20 windows",
}
PEOPLE = "Where people decide until now, how often they are wrong: 100 % less their accuracy."


def controls(draft: Draft, row: DeltaGenerator, beneath: DeltaGenerator) -> RolloutPlan:
    """Draw the controls, most in a row and the ramp beneath, and return the plan that they stand for.

    Raises
    ------
    BadInput
        What is typed is no plan.
    """
    start, key = draft.initial, draft.widget
    plan = start.plan
    ramp_at, slices_at = beneath.container(), beneath.container()
    with slices_at, st.expander("Slices: what the traffic is made of, and where it goes wrong", icon=":material/pie_chart:"):
        sliced = slices(plan, f"{key}.slices")
    known = bool(sliced) and all(one["failure_rate"] is not None and one["share"] is not None for one in sliced)
    with row:
        names = {strategy.name: strategy.title for strategy in STRATEGIES}
        strategy = st.segmented_control(
            "Strategy",
            list(names),
            default=plan.strategy,
            required=True,
            format_func=names.__getitem__,
            key=f"{key}.strategy",
            label_visibility="collapsed",
            persist_state="session",
        )
        with st.popover("Traffic", icon=":material/swap_horiz:", key=f"{key}.traffic"):
            world = _traffic(plan, str(strategy), key)
        with st.popover("Failures", icon=":material/error:", key=f"{key}.failures"):
            if known:
                rate = sum(one["share"] * one["failure_rate"] for one in sliced) / (sum(one["share"] for one in sliced) or 1)
                note(f"Bad decisions of the current version: {words.percent(rate, 2)}, from the slices.")
            else:
                rate = percent("Bad decisions of the current version, %", plan.failure_rate, (0.01, 99.0, 0.5), f"{key}.rate", PEOPLE)
            money = st.number_input(
                "Cost of a bad decision",
                0.0,
                1e9,
                plan.cost_of_bad,
                None,
                "%g",
                key=f"{key}.money",
                persist_state="session",
                placeholder="not said",
            )
            budget = st.number_input(
                "Error budget: bad decisions that a month may have beyond today's, %",
                0.0,
                100.0,
                100 * plan.error_budget if plan.error_budget else None,
                None,
                "%g",
                key=f"{key}.budget",
                persist_state="session",
                placeholder="not said",
            )
            harm = st.number_input(
                "Harm to be caught: times as bad", 1.05, 100.0, start.harm, 0.25, "%g", key=f"{key}.harm", persist_state="session"
            )
        with st.popover("Gate", icon=":material/rule:", key=f"{key}.gate"):
            gate = _gate(plan, key)
            judged = f"Judge answers slower than {world['latency_objective_ms']:g} ms too"
            hint = "They can roll back and never promote; where the gate keeps an α, both share it."
            slow = st.toggle(judged, plan.judge_latency, help=hint, key=f"{key}.judge_latency", persist_state="session")
        with st.popover("Faults", icon=":material/bolt:", key=f"{key}.faults"):
            injected, monitors = _faults(plan, [one["name"] for one in sliced], key)
    with (
        ramp_at,
        st.expander("The ramp: how much traffic the new version gets, for how long, and who lets it go on", icon=":material/stairs:"),
    ):
        steps = ramp(plan, str(strategy), key)
    if strategy == "blue-green":
        what = "The switch: how the traffic moves, what brings it back, how long the old version stays up"
        with ramp_at, st.expander(what, icon=":material/swap_calls:"):
            steps |= switch(plan, key)
    typed = {
        **plan.model_dump(),
        **world,
        "strategy": strategy,
        "failure_rate": rate,
        "cost_of_bad": money or None,
        "error_budget": round(budget / 100, 12) if budget else None,
        **steps,
        "slices": sliced,
        "gate": gate,
        "judge_latency": slow,
        "faults": injected,
        "monitors": monitors,
    }
    asked = read_plan(typed)
    said = start.source if isclose(rate, plan.failure_rate, abs_tol=1e-6) else BY_HAND
    return RolloutPlan(plan=asked, harm=harm, source=said, taken=in_use(asked, harm, start.taken))


def _traffic(plan: Plan, strategy: str, key: str) -> dict[str, Any]:
    """Ask for the traffic, for how labels come, and for where the model runs."""

    def whole(label: str, name: str, most: int = 2000, hint: str | None = None) -> int:
        least = 1 if name == "requests_per_window" else 0
        start = int(getattr(plan, name))
        return int(st.number_input(label, least, most, start, help=hint, key=f"{key}.{name}", persist_state="session"))

    requests = st.number_input(
        "Requests in a window, both versions", 1, 10_000_000, plan.requests_per_window, key=f"{key}.requests", persist_state="session"
    )
    asked: dict[str, Any] = {"requests_per_window": requests}
    minutes = st.number_input("Minutes in a window", 1, 100_000, plan.window_minutes, key=f"{key}.minutes", persist_state="session")
    asked["window_minutes"] = minutes
    asked["label_delay"] = whole("Windows until an outcome is known", "label_delay")
    coverage = "Decisions whose outcome becomes known, %"
    asked["label_coverage"] = percent(coverage, plan.label_coverage, (0.1, 100.0, 10.0), f"{key}.coverage")
    places = {"service": "a service", "app": "an app", "device": "a device at the edge"}
    asked["target"] = st.selectbox(
        "Where it runs", list(places), list(places).index(plan.target), places.__getitem__, key=f"{key}.target", persist_state="session"
    )
    asked["detection_delay"] = whole(
        "Windows from an alarm until somebody acts",
        "detection_delay",
        hint="The gate acts at once; an alarm of a monitor waits for people.",
    )
    asked["rollback_delay"] = whole(
        "Windows until a rollback works", "rollback_delay", hint="On apps and devices the mean until one updates."
    )
    asked |= _capacity(plan, key, int(requests))
    if strategy != "canary":
        overlap = "Errors that both versions make, % of the rarer version's"
        asked["error_overlap"] = percent(overlap, plan.error_overlap, (0.0, 100.0, 10.0), f"{key}.overlap")
    if strategy == "shadow":
        asked["review"] = reviews(plan, key)
    if strategy == "canary":
        asked["windows_after"] = whole("Windows watched after promotion", "windows_after")
    return asked


def _capacity(plan: Plan, key: str, requests: int) -> dict[str, Any]:
    """Ask how traffic swings, how much of it can be answered, and how long that takes."""
    asked: dict[str, Any] = {}
    swing = "Swing of the day, % of the mean"
    asked["daily_swing"] = percent(swing, plan.daily_swing, (0.0, 95.0, 10.0), f"{key}.swing")
    every = st.number_input(
        "A burst every so many windows (0: never)", 0, 2000, plan.burst_every, key=f"{key}.burst_every", persist_state="session"
    )
    asked["burst_every"] = every
    if every:
        asked["burst"] = st.number_input(
            "It brings so many times the traffic",
            1.0,
            100.0,
            max(plan.burst, 2.0) if plan.burst == 1 else plan.burst,
            0.5,
            "%g",
            key=f"{key}.burst",
            persist_state="session",
        )
    limited = st.toggle("Capacity is limited", plan.capacity is not None, key=f"{key}.limited", persist_state="session")
    asked["capacity"] = None
    if limited:
        most, start = 10**9, plan.capacity or 2 * requests
        asked["capacity"] = st.number_input(
            "Requests that one replica can answer in a window", 1, most, start, key=f"{key}.capacity", persist_state="session"
        )
        asked["replicas"] = st.number_input(
            "Replicas",
            1,
            10_000,
            plan.replicas,
            help="Requests are shared out evenly; each replica has a queue of its own.",
            key=f"{key}.replicas",
            persist_state="session",
        )
    return asked | answering(plan, key)


def _gate(plan: Plan, key: str) -> dict[str, Any]:
    """Ask for the gate and its settings."""
    titles = {gate.model_fields["kind"].default: gate for gate in GATES}
    kind = st.selectbox(
        "What decides",
        list(titles),
        list(titles).index(plan.gate.kind),
        lambda one: titles[one].title,
        key=f"{key}.kind",
        persist_state="session",
    )
    st.markdown(titles[kind].says)
    gate = plan.gate if plan.gate.kind == kind else titles[kind]()
    if isinstance(gate, EProcess):
        alpha = percent("Tolerated false rollbacks (α), %", gate.alpha, (0.1, 50.0, 1.0), f"{key}.alpha")
        margin = percent("Harm that does not matter (margin), %", gate.margin, (1.0, 500.0, 5.0), f"{key}.margin")
        return {"kind": kind, "alpha": alpha, "margin": margin}
    if isinstance(gate, Threshold):
        limit = percent("Limit of a window's failure rate, %", gate.limit, (0.1, 99.0, 1.0), f"{key}.limit")
        strikes = st.number_input("Strikes that roll back", 1, 1000, gate.strikes, key=f"{key}.strikes", persist_state="session")
        return {"kind": kind, "limit": limit, "strikes": strikes}
    alpha = percent("Significance at each look (α), %", gate.alpha, (0.1, 50.0, 1.0), f"{key}.look")
    label = "Least requests of the new version before looking"
    least = st.number_input(label, 1, 10_000_000, gate.least_sample, key=f"{key}.least", persist_state="session")
    return {"kind": kind, "alpha": alpha, "least_sample": least}


def _faults(plan: Plan, names: list[str], key: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Ask what goes wrong, when, how strongly and where, and which monitors are in place."""
    begun: dict[str, Injected] = {}
    again = [one for one in plan.faults if begun.setdefault(one.code, one) is not one]
    codes = st.multiselect(
        "What goes wrong",
        list(FAULTS),
        list(begun),
        format_func=lambda code: f"{code} {FAULTS[code].title}",
        placeholder="Nothing: choose a fault",
        key=f"{key}.codes",
        persist_state="session",
    )
    injected = [_fault(code, begun.get(code), min(10, plan.windows), names, f"{key}.{code}") for code in codes]
    for one in (one for one in again if one.code in codes):
        note(f"{one.code} strikes once more, from window {one.window} on, as the plan says.")
        injected.append(one.model_dump())
    watching = st.multiselect(
        "Monitors in place",
        list(MONITORS),
        list(plan.monitors),
        format_func=lambda code: f"{code} {MONITORS[code].title}",
        placeholder="None",
        key=f"{key}.monitors",
        persist_state="session",
    )
    return injected, list(watching)


def _fault(code: str, begun: Injected | None, window: int, names: list[str], key: str) -> dict[str, Any]:
    """Ask when a fault begins and ends, how strong it is, how that goes, and where it strikes."""
    fault = FAULTS[code]
    st.markdown(f"**{code} {fault.title}**")
    note(fault.happens)
    from_at, until_at, strength_at = st.columns(3, vertical_alignment="bottom")
    with from_at:
        first = st.number_input("From window", 1, 4000, begun.window if begun else window, key=f"{key}.from", persist_state="session")
    with until_at:
        length = begun.windows if begun else None
        windows = st.number_input("For windows", 1, 4000, length, key=f"{key}.windows", persist_state="session", placeholder="to the end")
    with strength_at:
        strength = percent("Strength, %", begun.strength if begun else 1.0, (1.0, 1000.0, 10.0), f"{key}.strength")
    course_at, arm_at = st.columns(2, vertical_alignment="bottom")
    with course_at:
        natural = next(name for name, course in COURSES.items() if course is fault.course)
        courses = {"": f"{COMES[natural]}, as usual", **{str(name): said for name, said in COMES.items()}}
        start = list(courses).index((begun.course if begun else None) or "")
        course = st.selectbox("It comes", list(courses), start, courses.__getitem__, key=f"{key}.course", persist_state="session")
    with arm_at:
        usual = "both versions" if fault.arm == "both" else "the new version"
        places = {"": f"{usual}, as usual", "canary": "the new version", "both": "both versions"}
        start = list(places).index((begun.arm if begun else None) or "")
        arm = st.selectbox("In", list(places), start, places.__getitem__, key=f"{key}.arm", persist_state="session")
    slice_ = begun.slice if begun and begun.slice in names else None
    if names:
        usual = "the smallest slice, as usual" if "slice" in fault.signs else "all requests"
        ways, start = ["", *names], ["", *names].index(slice_ or "")
        slice_ = st.selectbox("Of", ways, start, lambda one: one or usual, key=f"{key}.slice", persist_state="session") or None
    return {
        "code": code,
        "window": first,
        "windows": windows,
        "strength": strength,
        "course": course or None,
        "arm": arm or None,
        "slice": slice_,
    }
