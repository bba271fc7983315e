"""What the rollout screen shows beside its answer: one run, the prices of strategies and gates, what it costs."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import words
from components.deployment.charts import latency_chart, load_chart, strategies_chart
from components.deployment.costs import costs
from components.deployment.event_log import event_log
from components.deployment.gates import EProcess
from components.deployment.outcome import Outcome
from components.deployment.plan import Plan
from components.deployment.prices import AFTER, gate_prices, price_table, strategies_side_by_side
from components.deployment.rehearsal import Rehearsal
from components.deployment.stages import stages, way_answer
from components.deployment.strategies import strategy_of
from components.deployment.traffic import Traffic, load_answer
from components.stats.estimate import Estimate
from components.ui import state
from components.ui.figures import chart, download, figure
from components.ui.patterns import note, section
from components.ui.rollout.draft import RUNS
from components.ui.session import escape, palette

LOG = ("window", "event", "share", "canary requests", "canary failures", "control failures", "evidence", "gate")


@st.cache_resource(max_entries=64, show_spinner=False)
def _log(_outcome: Outcome, _run: int, of: tuple[str, int, int]) -> pd.DataFrame:
    return event_log(_outcome, _run)


def follow(place: DeltaGenerator) -> tuple[DeltaGenerator, int]:
    """Ask whether somebody wants to follow one rollout, and of which seed; return where that is asked, and the seed of all runs."""
    row = place.container(horizontal=True, vertical_alignment="bottom", key="rollout_follow")
    with row:
        if st.toggle("Follow one rollout", key="rollout.follow"):
            seed = st.number_input("Seed", 0, 10**6, state.value("rollout.seed", 0), key="rollout.seed_of", width=120)
            state.remember("rollout.seed", int(seed))
    return row, int(state.value("rollout.seed", 0))


def one_rollout(rehearsal: Rehearsal, row: DeltaGenerator) -> "Followed | None":
    """Let the person step through one of the simulated rollouts; None where nobody asked."""
    if not state.widget("rollout.follow"):
        return None
    with row:
        run = st.number_input("Rollout", 1, rehearsal.harmful.runs, 1, key="rollout.run", width=120)
        names = {"harmful": rehearsal.harm_name, "harmless": rehearsal.good_name}
        which = st.segmented_control(
            "The new version is", list(names), format_func=names.__getitem__, default="harmful", key="rollout.which"
        )
        outcome = rehearsal.harmless if which == "harmless" else rehearsal.harmful
        log = _log(outcome, run - 1, (outcome.plan.model_dump_json(), outcome.seed, run))
        remembered = f"rollout.at.{which}.{run}"
        at = min(state.value(remembered, len(log)), len(log))
        st.button("Next window", icon=":material/skip_next:", key="rollout.next", on_click=_next, args=(remembered, at, len(log)))
        at = st.slider("Window", 1, max(len(log), 2), at, key=f"rollout.window.{which}.{run}.{at}", width=260)
        state.remember(remembered, at)
    path = log.head(at)
    return Followed(outcome, run, path, stages(outcome, run - 1, len(path)))


def _next(remembered: str, at: int, last: int) -> None:
    """Go on by a window, and from the last one to the first."""
    state.remember(remembered, 1 if at >= last else at + 1)


@dataclass(frozen=True, eq=False)
class Followed:
    """One rollout that somebody follows: its number, its windows so far, and the stages of the last of them."""

    outcome: Outcome
    run: int
    path: pd.DataFrame
    way: pd.DataFrame


def what_happened(followed: Followed) -> None:
    """Show the windows of one rollout, and the way of the requests in the last of them."""
    path, way, plan = followed.path, followed.way, followed.outcome.plan
    again = f"rollout {followed.run} of seed {followed.outcome.seed}, the same whenever it is asked for"
    section("What happened in it", f"simulated; {again}")
    shown = path.iloc[::-1].assign(share=100 * path["share"])
    st.dataframe(shown, hide_index=True, width="stretch", height=300, column_config=_log_columns(), column_order=list(LOG))
    download(path, "one rollout")
    section(
        f"The requests of window {path['window'].iloc[-1]} on their way", "the new version's, simulated; what could be seen at each stage"
    )
    st.markdown(f"**{escape(way_answer(way, plan))}**")
    times = [name for name in way.columns if name.endswith(" ms")]
    written = {name: [words.MISSING if pd.isna(one) else words.decimal(one, 1) for one in way[name]] for name in times}
    st.dataframe(way.assign(**written), hide_index=True, width="stretch")
    download(way, "stages of one window")
    if plan.label_delay:
        note(f"Labels come {words.counted(plan.label_delay, 'window')} later.")


def _log_columns() -> dict[str, Any]:
    """Return how the windows of a rollout are headed: what happened gets the room."""
    heads = {"canary requests": "requests", "canary failures": "bad", "control failures": "old: bad"}
    narrow = {name: st.column_config.NumberColumn(heads.get(name, name), width="small") for name in LOG if name not in {"event", "gate"}}
    return {
        **narrow,
        "event": st.column_config.TextColumn("what happened", width=270),
        "share": st.column_config.NumberColumn("share", format="%g %%", width="small"),
    }


def prices(rehearsal: Rehearsal) -> None:
    """Draw what the rollout costs, for a bad version and for a good one."""
    bad, good = rehearsal.harmful, rehearsal.harmless
    section(f"With {rehearsal.harm_name}" if bad.plan.faults else f"If it is {rehearsal.harm_name}", "simulated, until it is stopped")
    left, right = st.columns(2)
    most = 1.3 * max(bad.bad_decisions.high or bad.bad_decisions.value or 0, 1)
    both = (
        (left, "Bad decisions", bad.bad_decisions, "Of the new version, in a mean rollout."),
        (right, "Of them in excess", bad.excess_bad_decisions, "Beyond what the current version would do wrong on as many requests."),
    )
    for column, label, estimate, hint in both:
        with column:
            figure(label, estimate, as_count=True, role="failed", domain=(0.0, most), help=hint)
    _stopped(rehearsal)
    _costs(bad)
    section(f"If it is {rehearsal.good_name}", "simulated", about="false-rollback")
    left, right = st.columns(2)
    gate = bad.plan.gate
    kept = gate.alpha if isinstance(gate, EProcess) else None
    with left:
        scale = (0.0, max(2 * (kept or 0), good.rolled_back.high or 0))
        hint = "Rolled back, although they do no harm" + ("; the gate keeps it under α." if kept else ": nothing keeps this small.")
        about = f"α {words.percent(kept)}" if kept else gate.title
        figure("Good models stopped", good.rolled_back, as_percent=True, note=about, domain=scale, help=hint)
    with right:
        figure("Good models promoted", good.promoted, as_percent=True, domain=(0.0, 1.0))
    if bad.plan.monitors:
        false = good.false_alarms
        limits = words.interval(false, digits=3)
        watching = words.counted(len(bad.plan.monitors), "monitor")
        note(f"False alarms of {watching}: {words.decimal(false.value, 3)} {limits} a rollout, simulated.")
    windows = good.windows_to_promote()
    open_ = f"{words.percent(good.undecided.value)} {words.interval(good.undecided, as_percent=True)}"
    when = "" if windows is None else f"Half of them by window {words.count(windows)}. "
    note(f"{when}Still undecided at the end: {open_}.")


def _stopped(rehearsal: Rehearsal) -> None:
    """Draw how long it takes until a bad version is stopped, and how many never are: those whose time is censored."""
    bad, left, right = rehearsal.harmful, *st.columns(2)
    median, late = bad.windows_to_roll_back(), bad.windows_to_roll_back(0.95)
    by = words.count(late) if late is not None else f"after {words.count(bad.plan.windows)}"
    with left:
        hint = "Until half of the rollouts are stopped, and until 95 % are."
        never = "Most are not stopped by the end."
        figure("Windows until stopped", Estimate(median, n=bad.runs, why=never), as_count=True, note=f"p95 {by}", help=hint)
    with right:
        scale = (0.0, max(0.02, 1.3 * (bad.promoted.high or 0)))
        hint = "False promotions: they are bad, and decide about everything in the end."
        figure("Bad models promoted", bad.promoted, as_percent=True, role="failed", domain=scale, help=hint)
    if (bad.rolled_back.value or 0) < 1:
        note(
            f"Not stopped by the end (censored): {words.percent(1 - (bad.rolled_back.value or 0))} of the rollouts; undecided of them: "
            f"{words.percent(bad.undecided.value)} {words.interval(bad.undecided, as_percent=True)}."
        )


def load(plan: Plan) -> None:
    """Draw the load of each window and how long answers take, where capacity is limited."""
    if plan.capacity is None:
        return
    table = Traffic(plan, plan.windows).latency()
    said = load_answer(table)
    queues = "a queue with one server" if plan.replicas == 1 else f"{words.count(plan.replicas)} replicas, a queue each"
    section("Load and latency", f"share of the capacity by window; {queues}, {plan.service_ms:g} ms without waiting")
    st.markdown(f"**{escape(said)}**")
    of = ("load", plan.model_dump_json())
    chart(lambda: load_chart(table, palette()), of=of, alt=said)
    text = f"Latency by window: p50, p95 and p99 against {plan.latency_objective_ms:g} ms."
    chart(lambda: latency_chart(table, plan, palette()), of=("latency", *of), alt=text, table=table.round(3), name="load and latency")


def _costs(outcome: Outcome) -> None:
    """Draw what else a rollout costs."""
    for one in costs(outcome):
        value, limits = one.estimate, words.interval(one.estimate, one.as_percent)
        if not one.as_percent and value.low is not None:
            limits = f"[{words.count(value.low)}, {words.count(value.high)}]"
        number = words.percent(value.value) if one.as_percent else words.count(value.value)
        note(f"{one.name}: {number}{f' {limits}' if limits else ''} ({one.said}).")


@st.cache_resource(max_entries=12, show_spinner=False)
def _strategies(plan: str, seed: int) -> dict[str, Outcome]:
    return strategies_side_by_side(Plan.model_validate_json(plan), RUNS, seed)


@st.cache_resource(max_entries=12, show_spinner=False)
def _gates(plan: str, seed: int) -> pd.DataFrame:
    return price_table(gate_prices(Plan.model_validate_json(plan), RUNS, seed))


def strategies(rehearsal: Rehearsal) -> None:
    """Draw every strategy on the same plan and seed, by its bad decisions."""
    harmful = rehearsal.harmful.plan
    section("Strategies side by side", f"bad decisions until stopped, {rehearsal.harm_name}; simulated, same seed")
    plan, chosen = harmful.model_dump_json(), strategy_of(harmful).title
    outcomes = _strategies(plan, rehearsal.harmful.seed)
    text = "; ".join(f"{title}: {words.count(outcome.bad_decisions.value)} bad decisions" for title, outcome in outcomes.items())
    chart(lambda: strategies_chart(outcomes, chosen, palette()), of=("strategies", plan, chosen, rehearsal.harmful.seed), alt=text)
    note(f"What goes wrong in the {max(harmful.windows_after, AFTER)} windows after a promotion counts too.")


def gates(rehearsal: Rehearsal) -> None:
    """Show what each gate costs on this ramp."""
    section("What each gate costs on this ramp", f"simulated, {words.count(RUNS)} rollouts a cell, same seed; each gate with its settings")
    table = _gates(rehearsal.plan.model_dump_json(), rehearsal.harmful.seed)
    st.table(table.set_index("the new version"), border="horizontal")
    note(
        "Windows and failures of the new version until half of the harmful versions are rolled back. A gate that looks often without "
        "paying for it stops good models; one that never errs takes longer to see mild harm."
    )
