"""What the gaps of the checklist cost, which monitor would catch which fault, and the sign-off."""

import streamlit as st

from components import words
from components.deployment.gaps import Exposure, exposures
from components.deployment.plan import Plan
from components.errors import BadInput
from components.readiness.charts import gaps_chart, matrix_chart
from components.readiness.evidence import planned_rollout
from components.readiness.gaps import WITHIN, Gaps, States
from components.readiness.own_lines import own_lines
from components.readiness.sign_off import sign_off, signed, why_not
from components.readiness.ticks import measured_ticks, states_of
from components.ui import resources, state
from components.ui.checklist.answers import answers, open_line
from components.ui.figures import behind, chart
from components.ui.patterns import done_line, note, section
from components.ui.session import NAMELESS, escape, palette, person

RUNS = 1000
SHOWN = 6


@st.cache_resource(max_entries=12, show_spinner="Rehearsing every fault …")
def _exposures(plan: str, harm: float) -> list[Exposure]:
    return exposures(Plan.model_validate_json(plan), harm, RUNS)


def gaps_of(project_id: str, states: States) -> Gaps:
    """Return what the gaps cost on the rollout that the team plans."""
    body = planned_rollout(resources.store(), project_id)
    return Gaps(_exposures(body.plan.model_dump_json(), body.harm), states, own_lines(resources.store(), project_id))


def gaps_now(project_id: str) -> Gaps:
    """Return the gaps as the checklist stands, for other screens."""
    given = {id_: record.body for id_, record in answers(project_id).items()}
    return gaps_of(project_id, states_of(given, measured_ticks(resources.store(), project_id)))


def costs(project_id: str, gaps: Gaps) -> None:
    """Draw the open lines by what they cost, and lead on to the dearest."""
    section(
        "Open lines by what they cost",
        "bad decisions until somebody notices, with 95 % interval; simulated, every fault once",
        about="price-of-a-gap",
    )
    dear = [gap for gap in gaps.lines if gap.open and (gap.saved.value or 0) >= 0.5][:SHOWN]
    if not dear:
        note("No open line would save a bad decision.")
        return
    text = "; ".join(f"{gap.line.title}: {words.count(gap.saved.value)}" for gap in dear)
    of = ("gaps", *((gap.line.code, gap.saved.value, gap.saved.low, gap.saved.high) for gap in dear))
    chart(lambda: gaps_chart(dear, palette()), of=of, alt=f"Bad decisions that each open line would save. {text}.")
    line = dear[0].line
    if st.button(f"Close “{escape(line.title)}”", type="primary", key="checklist.next", icon=":material/arrow_forward:"):
        open_line(project_id, line)
        st.rerun()
    if not gaps.in_place:
        return
    watching = words.counted(len(gaps.in_place), "monitor")
    alarms = words.decimal(gaps.false_alarms, 1)
    note(f"What watching costs: {watching} in place raise at most {alarms} alarms about nothing in 1,000 windows.")


def matrix(gaps: Gaps) -> None:
    """Draw which monitor would catch which fault, and say what nothing in place would catch."""
    section("Which monitor would catch which fault", f"share of 1,000 simulated runs noticed within {WITHIN} windows, %; ✓ in place today")
    found, missed = gaps.coverage, gaps.uncovered
    if missed:
        worst = found.loc[found["noticed"] < 1].sort_values("bad decisions", ascending=False).iloc[0]
        noticed = f"is noticed or prevented in {words.percent(float(worst['noticed']), 0)} of the runs"
        cost = words.counted(float(worst["bad decisions"]), "bad decision")
        st.markdown(
            f"**With what is in place today, “{escape(str(worst['title']))}” {noticed}** and makes {cost}. In red: what would go unnoticed."
        )
    else:
        st.markdown("**Every fault of the catalogue is noticed in time, or prevented.**")
    alt = f"{len(found) - len(missed)} of {len(found)} faults are noticed. Not: {words.listed(missed, most=24) or 'none'}."
    of = ("matrix", gaps.matrix.to_csv(), *sorted(gaps.in_place), *missed)
    chart(lambda: matrix_chart(gaps.matrix, gaps.in_place, missed, palette()), of=of, alt=alt)
    behind(found.round(3), "faults and how they are noticed")


def signing(project_id: str, gaps: Gaps) -> None:
    """Let named people sign off, or say what stands in the way."""
    section("Sign-off", "kept as a decision, with the names")
    before = signed(resources.store(), project_id)
    if before:
        done_line(f"Signed by {words.listed(before.body.makers) or 'somebody'}: {before.body.outcome}")
    reason = why_not(gaps)
    nameless = person().name == NAMELESS
    if reason:
        st.markdown(f":small[:red[:material/error:] {escape(reason)}]")
    elif nameless:
        note("A sign-off needs your name: say who you are, at the top right.")
    if st.button("Sign off", icon=":material/signature:", key="checklist.sign", disabled=bool(reason) or nameless):
        try:
            sign_off(resources.store(), project_id, person().id, gaps)
            state.say("Signed, and kept as a decision.")
        except BadInput as error:
            state.say(str(error))
        st.rerun()
