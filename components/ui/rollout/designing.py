"""The designer: what the team asks of a rollout, and the ramp that does it."""

import streamlit as st

from components import words
from components.deployment.designer import Design, Wish, design
from components.deployment.parts import MOST_WINDOWS
from components.deployment.plan import Plan
from components.deployment.records import RolloutPlan
from components.deployment.starting import in_use
from components.errors import BadInput
from components.ui.patterns import bad_input, card, note, open_line
from components.ui.rollout.draft import Draft
from components.ui.session import escape


@st.cache_resource(max_entries=12, show_spinner="Trying ramps …")
def _designed(plan: str, alpha: float, harm: float, windows: int) -> Design:
    return design(Wish(Plan.model_validate_json(plan), alpha, harm, windows))


def designer(draft: Draft, now: RolloutPlan) -> None:
    """Ask what is tolerated and what matters, and offer the ramp that does it; or say what would make it decidable."""
    if not st.toggle("Design the ramp for us", key="rollout.design"):
        return
    with card("designer"):
        alpha_at, harm_at, windows_at = st.columns(3, vertical_alignment="bottom")
        alpha = alpha_at.number_input("Good models that may be stopped, %", 0.1, 50.0, 5.0, 1.0, "%g", key="rollout.wish.alpha") / 100
        harm = harm_at.number_input("Smallest harm that matters, times as bad", 1.05, 100.0, now.harm, 0.25, "%g", key="rollout.wish.harm")
        most = windows_at.number_input("Windows that it may take", 1, MOST_WINDOWS, max(now.plan.windows, 1), key="rollout.wish.windows")
        try:
            found = _designed(now.plan.model_dump_json(), round(alpha, 6), harm, int(most))
        except BadInput as error:
            bad_input(error, key="designer_problem")
            return
        st.markdown(f"**{escape(found.answer)}**")
        note(found.method)
        if found.plan is None:
            for way in found.ways_out:
                open_line(way)
            return
        ramp = words.listed([f"{100 * step.share:g} % for {words.counted(step.windows, 'window')}" for step in found.plan.steps], most=9)
        st.markdown(escape(f"{ramp}; {found.plan.gate.described}."))
        if st.button("Take this ramp", icon=":material/check:", key="rollout.take"):
            plan = found.plan.model_copy(update={"faults": now.plan.faults, "slices": now.plan.slices})
            draft.restart(RolloutPlan(plan=plan, harm=harm, source=now.source, taken=in_use(plan, harm, now.taken)))
