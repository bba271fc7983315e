"""The controls of the rollout screen: a plan that is tried out at once, and saved over what was read."""

from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import words
from components.deployment.plan import Plan
from components.deployment.reading import read_plan
from components.deployment.records import ROLLOUT, RolloutPlan
from components.deployment.rehearsal import Rehearsal, described, rehearse, times_as_bad
from components.project.records import Record
from components.project.store import Conflict
from components.readiness.evidence import failure_rate
from components.ui import resources, state
from components.ui.figures import figure
from components.ui.patterns import card, note, section
from components.ui.session import escape, person

BY_HAND = "typed in"
RUNS = 1000


@st.cache_resource(max_entries=12, show_spinner=False)
def rehearsed(plan: str, harm: float, seed: int) -> Rehearsal:
    """Return the rehearsal of a plan (as JSON), kept by its content."""
    return rehearse(Plan.model_validate_json(plan), harm, RUNS, seed)


class Draft:
    """The plan as this tab is trying it out, and the version that it began from."""

    def __init__(self, project_id: str) -> None:
        self.project_id = project_id
        self.key = f"rollout.{project_id}"
        self.saved: Record[RolloutPlan] | None = resources.store().get(project_id, RolloutPlan, ROLLOUT)
        self.measured = failure_rate(resources.store(), project_id)
        self._state = state.draft(self.key)
        if not self._state.initial:
            self._state.read = self.saved.version if self.saved else 0
            self._state.initial = self._first().model_dump()

    def _first(self) -> RolloutPlan:
        if self.saved:
            return self.saved.body
        if self.measured:
            return RolloutPlan(plan=Plan(failure_rate=self.measured.value), source=self.measured.source)
        return RolloutPlan(plan=Plan(), source="a common start, nothing measured yet")

    @property
    def initial(self) -> RolloutPlan:
        """The plan that the controls began with."""
        return RolloutPlan.model_validate(self._state.initial)

    @property
    def widget(self) -> str:
        """What the keys of the controls begin with."""
        return f"{self.key}.{self._state.generation}"

    @property
    def conflict(self) -> Record[RolloutPlan] | None:
        """What somebody else saved since this tab read the plan, once saving was tried."""
        return self._state.theirs

    def badge(self, now: RolloutPlan) -> tuple[str, str] | None:
        """Return whether the plan on the screen is the saved one."""
        if self.saved is None:
            return ("not saved yet", "note")
        return ("changed, not saved", "note") if now != self.saved.body else None

    def follow(self, now: RolloutPlan) -> None:
        """Show what a colleague saved, unless this tab has changes of its own."""
        if self.saved and self.saved.version != self._state.read and now == self.initial and not self.conflict:
            self.restart()

    def restart(self, body: RolloutPlan | None = None) -> None:
        """Begin anew from what is saved, or from this plan over what was read."""
        read = self._state.read
        state.drop_draft(self.key)
        if body is not None:
            self._state = state.draft(self.key)
            self._state.read, self._state.initial = read, body.model_dump()
        st.rerun()

    def save(self, body: RolloutPlan, rehearsal: Rehearsal, read: int | None = None) -> None:
        """Save the plan and what its simulation gave; where somebody saved in between, keep both until the person decides."""
        try:
            version = self._state.read if read is None else read
            resources.store().save(self.project_id, body, person=person().id, id=ROLLOUT, read=version)
        except Conflict as conflict:
            self._state.theirs, self._state.initial = conflict.theirs, body.model_dump()
            if conflict.theirs is None:
                self._state.read = 0
            st.rerun()
        resources.store().put(self.project_id, rehearsal.record(), person=person().id, id=ROLLOUT)
        state.say("The plan and what it gave are saved.")
        self.restart()


def controls(draft: Draft, row: DeltaGenerator, beneath: DeltaGenerator) -> RolloutPlan:
    """Draw the controls, most in a row and the ramp beneath, and return the plan that they stand for.

    Raises
    ------
    BadInput
        What is typed is no plan.
    """
    start, key = draft.initial, draft.widget
    plan = start.plan
    with beneath, st.expander("The ramp: how much traffic the new version gets, and for how long", icon=":material/stairs:"):
        steps = _ramp(plan, f"{key}.ramp")
    with row:
        with st.popover("Traffic", icon=":material/swap_horiz:", key=f"{key}.traffic"):
            label = "Requests in a window, both versions"
            requests = st.number_input(label, 1, 10_000_000, plan.requests_per_window, key=f"{key}.requests", persist_state="session")
        with st.popover("Failures", icon=":material/error:", key=f"{key}.failures"):
            rate = _percent("Bad decisions of the current version, %", plan.failure_rate, (0.01, 99.0, 0.5), f"{key}.rate")
            note(where_from(start))
            if draft.measured and draft.measured.value != plan.failure_rate and st.button("Take the measured rate", key=f"{key}.measured"):
                with_rate = plan.model_copy(update={"failure_rate": draft.measured.value})
                draft.restart(RolloutPlan(plan=with_rate, harm=start.harm, source=draft.measured.source))
            harm = st.number_input(
                "Harm to be caught: times as bad", 1.05, 100.0, start.harm, 0.25, "%g", key=f"{key}.harm", persist_state="session"
            )
        with st.popover("Gate", icon=":material/rule:", key=f"{key}.gate"):
            st.markdown("**e-process**: may look after every window, and still errs in at most α of the rollouts.")
            alpha = _percent("Tolerated false rollbacks (α), %", plan.gate.alpha, (0.1, 50.0, 1.0), f"{key}.alpha")
            margin = _percent("Harm that does not matter (margin), %", plan.gate.margin, (1.0, 500.0, 5.0), f"{key}.margin")
    gate = {"alpha": alpha, "margin": margin}
    typed = {"requests_per_window": requests, "failure_rate": rate, "steps": steps, "gate": gate}
    return RolloutPlan(plan=read_plan(typed), harm=harm, source=start.source if rate == plan.failure_rate else BY_HAND)


def _percent(label: str, start: float, limits: tuple[float, float, float], key: str) -> float:
    """Ask for a share as a percentage, between two limits and by steps."""
    low, high, step = limits
    return _share(st.number_input(label, low, high, round(100 * start, 6), step, "%g", key=key, persist_state="session"))


def where_from(body: RolloutPlan) -> str:
    """Say where the failure rate of a plan comes from."""
    return f"Failure rate {words.percent(body.plan.failure_rate)}: {body.source.rstrip('.')}."


def _share(percent: float) -> float:
    return round(percent / 100, 9)


def _ramp(plan: Plan, key: str) -> list[dict[str, Any]]:
    """Draw the ramp as a table to edit; what it began with stays the same until the controls begin anew."""
    begun = pd.DataFrame([{"share": 100 * step.share, "windows": step.windows} for step in plan.steps]).round(9)
    columns = {
        "share": st.column_config.NumberColumn("share of traffic, %", min_value=0, max_value=100, format="%g", required=True),
        "windows": st.column_config.NumberColumn("windows", min_value=1, max_value=2000, step=1, required=True),
    }
    edited = st.data_editor(begun, num_rows="dynamic", hide_index=True, width="stretch", column_config=columns, key=key)
    rows = edited.astype(object).where(edited.notna(), None).to_dict("records")
    return [{"share": None if row["share"] is None else _share(row["share"]), "windows": row["windows"]} for row in rows]


def settle(draft: Draft, mine: RolloutPlan, rehearsal: Rehearsal) -> None:
    """Show both plans where somebody saved in between, and let the person keep one."""
    theirs = draft.conflict
    if theirs is None:
        return
    author = resources.store().person(theirs.updated_by)
    name = author.name if author else "Somebody else"
    with card("conflict"):
        st.markdown(f":red[:material/call_merge:] **{escape(name)} saved another plan in the meantime.** Both are kept until you decide.")
        for whose, body in (("Yours", mine), (f"{name}'s, {theirs.updated_at:%H:%M}", theirs.body)):
            st.markdown(f":gray[{escape(whose)}]  \n{escape(described(body))}")
        with st.container(horizontal=True):
            if st.button("Keep mine", key="rollout.keep_mine"):
                draft.save(mine, rehearsal, read=theirs.version)
            if st.button(f"Keep {escape(name)}'s", key="rollout.keep_theirs"):
                draft.restart()


def one_rollout(rehearsal: Rehearsal) -> pd.DataFrame | None:
    """Let the person step through one of the simulated rollouts; return its windows so far, or None where nobody asked."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="rollout_follow"):
        if not st.toggle("Follow one rollout", key="rollout.follow"):
            return None
        names = {"harmful": f"{times_as_bad(rehearsal.harmful.plan.risk_ratio)} as bad", "harmless": "as good as before"}
        which = st.segmented_control(
            "The new version is", list(names), format_func=names.__getitem__, default="harmful", key="rollout.which"
        )
        outcome = rehearsal.harmless if which == "harmless" else rehearsal.harmful
        run = st.number_input("Rollout", 1, outcome.runs, 1, key="rollout.run", width=140)
        last = int(outcome.ended[run - 1])
        remembered = f"rollout.at.{which}.{run}"
        at = min(state.value(remembered, last), last)
        if st.button("Next window", icon=":material/skip_next:", key="rollout.next"):
            at = 1 if at >= last else at + 1
        at = st.slider("Window", 1, max(last, 2), at, key=f"rollout.window.{which}.{run}.{at}", width=260)
        state.remember(remembered, at)
    return outcome.log(run - 1).head(at)


def prices(rehearsal: Rehearsal) -> None:
    """Draw what the rollout costs, for a bad version and for a good one."""
    bad, good = rehearsal.harmful, rehearsal.harmless
    section(f"If it is {times_as_bad(bad.plan.risk_ratio)} as bad", "simulated, until it is stopped")
    left, right = st.columns(2)
    most = 1.3 * max(bad.bad_decisions.high or bad.bad_decisions.value or 0, 1)
    both = (
        (left, "Bad decisions", bad.bad_decisions, "Of the new version, in a mean rollout."),
        (right, "Of them in excess", bad.excess_bad_decisions, "Beyond what the current version would do wrong on as many requests."),
    )
    for column, label, estimate, hint in both:
        with column:
            figure(label, estimate, as_count=True, role="failed", domain=(0.0, most), help=hint)
    note(f"Stopped after {rehearsal.stopped_after}; in brackets the middle 90 % of the rollouts.")
    section("If it is as good as before", "simulated")
    left, right = st.columns(2)
    alpha = bad.plan.gate.alpha
    with left:
        scale = (0.0, max(2 * alpha, good.rolled_back.high or 0))
        hint = "Rolled back, although they do no harm; the gate keeps it under α."
        figure("Good models stopped", good.rolled_back, as_percent=True, note=f"α {words.percent(alpha)}", domain=scale, help=hint)
    with right:
        figure("Good models promoted", good.promoted, as_percent=True, domain=(0.0, 1.0))
    windows = good.windows_to_promote()
    note("Most good models are still undecided at the end." if windows is None else f"Half of them by window {words.count(windows)}.")
