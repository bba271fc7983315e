"""What a rollout starts from: figures that the project measured, or typed in; where each comes from, and whether it still holds."""

from collections.abc import Mapping

import streamlit as st

from components import words
from components.deployment.reading import read_plan
from components.deployment.records import RolloutPlan
from components.deployment.rehearsal import times_as_bad
from components.deployment.starting import BY_HAND, DRIFT, ROLES, Role, Taken, ratio, sliced, started
from components.errors import BadInput
from components.readiness.starting import MeasuredSlices, Rates, drift, error_rates, overlap, since_then, slices_measured, source, written
from components.ui import resources, state
from components.ui.patterns import note, open_line, section
from components.ui.rollout.draft import Draft
from components.ui.session import escape, link

TYPED = ""
HINTS: dict[Role, str] = {
    "current": "What decides today: the model that is served, or people.",
    "new": "What is to be rolled out.",
}


@st.cache_resource(max_entries=24, show_spinner=False)
def _measured(project_id: str, seq: int) -> tuple[Rates, Taken | None]:
    """Return what there is to start from, kept until somebody saves something in the project."""
    return error_rates(resources.store(), project_id), drift(resources.store(), project_id)


@st.cache_resource(max_entries=24, show_spinner=False)
def _slices(project_id: str, seq: int) -> MeasuredSlices | None:
    return slices_measured(resources.store(), project_id, _measured(project_id, seq)[0])


@st.cache_resource(max_entries=24, show_spinner=False)
def _shared(project_id: str, seq: int, current: str, new: str) -> Taken | None:
    rates, _ = _measured(project_id, seq)
    return overlap(resources.store(), resources.files(), project_id, rates[current], rates[new])


def take_measured(draft: Draft, now: RolloutPlan) -> None:
    """Offer the figures that the project measured as those that the rollout starts from."""
    seq = resources.store().seq(draft.project_id)
    rates, drifted = _measured(draft.project_id, seq)
    with st.popover("Take what was measured", icon=":material/straighten:", key=f"{draft.widget}.start"):
        if not rates and drifted is None:
            st.markdown("**Nothing is measured yet that a rollout could start from.**")
            note("Run the quick models or bring predictions; until then, type in under “Failures” how often decisions are bad.")
            link("modelling/baselines", "To the baselines", icon=":material/arrow_forward:")
            return
        chosen = {role: _choice(role, hint, rates, now, f"{draft.widget}.start.{role}") for role, hint in HINTS.items()}
        taken = _with_shared(draft.project_id, seq, {role: one for role, one in chosen.items() if one})
        if "overlap" in taken:
            note(f"Both were measured on the same items: {taken['overlap'].on}. Shadow and blue-green count what only one gets wrong.")
        _compared(taken)
        if drifted is not None:
            asked = _drift(drifted, "drift" in now.measured, f"{draft.widget}.start.drift")
            if asked:
                taken["drift"] = drifted
        found = _slices(draft.project_id, seq)
        parts = _parts(found, taken, f"{draft.widget}.start.slices") if found else None
        st.button(
            "Take these figures",
            icon=":material/check:",
            key=f"{draft.widget}.start.take",
            disabled=not taken and not now.measured and not parts,
            on_click=_take,
            args=(draft, now, taken, parts),
        )


def _with_shared(project_id: str, seq: int, taken: dict[Role, Taken]) -> dict[Role, Taken]:
    """Add the errors that both versions make, where both are here and were measured on the same items."""
    rates, _ = _measured(project_id, seq)
    refs = [taken[role].ref for role in HINTS if role in taken and taken[role].ref in rates]
    shared = _shared(project_id, seq, *refs) if len(refs) == len(HINTS) else None
    return {**taken, "overlap": shared} if shared else taken


def _choice(role: Role, hint: str, rates: Rates, now: RolloutPlan, key: str) -> Taken | None:
    """Let the person choose whose error rate a version has; None where it stays as it was typed in."""
    began = now.measured.get(role)
    options = [TYPED, *rates]
    start = options.index(began.ref) if began and began.ref in rates else 0

    def called(ref: str) -> str:
        return f"{rates[ref].title}: {written(rates[ref])}; {rates[ref].on}" if ref else "as typed in"

    chosen = st.selectbox(ROLES[role], options, start, called, help=hint, key=key, persist_state="session")
    return rates.get(chosen or TYPED)


def _compared(taken: Mapping[Role, Taken]) -> None:
    """Say how the two versions stand to each other, and what that does to the rehearsal."""
    times = ratio(taken)
    if times is None or times.value is None:
        return
    figure = f"{words.decimal(times.value)} times {words.interval(times)}".strip()
    if times.value > 1:
        use = "that is the harm to be caught, and good versions are as good as the current one"
    else:
        use = "good versions in the rehearsal are as good as that"
    note(f"The new version is wrong {figure} as often as the current one: {use}.")


def _drift(drifted: Taken, on: bool, key: str) -> bool:
    """Offer the newest drift as a fault that hits both versions."""
    if not drifted.value:
        note(f"Drift: none to rehearse. {drifted.on}")
        return False
    asked = st.checkbox(f"Drift: {escape(drifted.title.lower())}, {escape(written(drifted))}", on, key=key, persist_state="session")
    note(
        "It comes in as sudden drift of the inputs of both versions, so strong that as many requests lie elsewhere. That a fifth of "
        f"those is decided wrongly is assumed, not measured. {drifted.on}"
    )
    return asked


def _parts(found: MeasuredSlices, taken: Mapping[Role, Taken], key: str) -> dict[str, tuple[float, float | None]] | None:
    """Offer the measured slices as what the traffic is made of; their error rates too, where they are the current version's."""
    if not found.parts:
        note(f"Slices: {found.why}")
        return None
    if not st.checkbox(f"The traffic is made of {escape(found.said)}", key=key, persist_state="session"):
        return None
    if "current" in taken and taken["current"].ref == found.ref:
        return found.parts
    note("Only their shares: the error rates of the slices are another model's than the current version's.")
    return {name: (share, None) for name, (share, _) in found.parts.items()}


def _take(draft: Draft, now: RolloutPlan, taken: dict[Role, Taken], parts: Mapping[str, tuple[float, float | None]] | None = None) -> None:
    """Put these figures, and no others that were measured, into the plan that is tried out."""
    plan = now.plan
    if "drift" in now.measured and "drift" not in taken:
        plan = plan.model_copy(update={"faults": tuple(one for one in plan.faults if one.code != DRIFT)})
    plan, harm = started(plan, now.harm, taken)
    try:
        plan = read_plan((sliced(plan, parts) if parts else plan).model_dump())
    except BadInput as error:
        state.say(str(error))
        return
    said = source(taken["current"]) if "current" in taken else BY_HAND if "current" in now.measured else now.source
    draft.begin(RolloutPlan(plan=plan, harm=harm, source=said, taken=taken))


def where_figures_come_from(draft: Draft, now: RolloutPlan) -> None:
    """Say of each figure whether it was measured or typed in, where one can see it, and what has been measured since."""
    section("Where the figures come from")
    measured = now.measured
    if "current" not in measured:
        said = f", {BY_HAND}" if now.source in {"", BY_HAND} else f": {now.source.rstrip('.')}"
        note(f"{ROLES['current']} {words.percent(now.plan.failure_rate)}{said}.")
    if "new" not in measured:
        note(f"The new version {times_as_bad(now.harm)} as bad, or as good as before: {BY_HAND}.")
    for role, taken in measured.items():
        note(f"{ROLES[role]}: {written(taken)}. Measured: {taken.title}.")
        if taken.screen:
            link(taken.screen, escape(taken.on[:80]), icon=":material/straighten:", **({"view": taken.view} if taken.view else {}))


def measured_since(draft: Draft, now: RolloutPlan) -> None:
    """Say which figures were measured anew since the plan took them, and offer to take them as they are now."""
    measured = now.measured
    if not measured:
        return
    rates, drifted = _measured(draft.project_id, resources.store().seq(draft.project_id))
    newer: dict[Role, Taken] = {}
    for role, taken in measured.items():
        said, latest = since_then(taken, rates, drifted)
        if not said:
            continue
        open_line(f"{ROLES[role]}: the plan took {written(taken)} of {taken.title}; {said}.")
        if latest is not None:
            newer[role] = latest
    if not newer:
        return
    kept: dict[Role, Taken] = {role: one for role, one in measured.items() if role != "overlap"}
    whole = _with_shared(draft.project_id, resources.store().seq(draft.project_id), {**kept, **newer})
    label, key = "Take them as they are now", f"{draft.widget}.newer"
    st.button(label, icon=":material/sync:", key=key, on_click=_take, args=(draft, now, whole))
