"""Calibration rounds: begin one, see who is done, and what the last ones came to."""

from typing import Any

import streamlit as st

from components import words
from components.data.records import AgreementRun
from components.data.rulebook.records import Calibration, CalibrationRun, Sample
from components.data.rulebook.rounds import NONE_OF_THEM, Asked, begin, changes_since, judging_rounds, newest_finished
from components.data.rulebook.sampling import MOST_ITEMS, sample_sentence
from components.data.rulebook.versions import Ruled
from components.data.rulebook.wording import round_answer
from components.errors import BadInput
from components.project.data_sets import DataVersion
from components.project.records import Record
from components.project.rounds import Round
from components.ui import resources, state
from components.ui.live import live_round
from components.ui.patterns import bad_input, card, note, section
from components.ui.rounds.inviting import invitation, lights, progress
from components.ui.rounds.revealing import revealed
from components.ui.session import escape, link, person

SAMPLES: dict[Sample, str] = {
    "random": "at random, unseen",
    "stratified": "at random by a column, unseen",
    "touched": "what a changed rule touches",
    "disputed": "the most disputed",
}
KEY = "rulebook.round"


def running(project_id: str) -> Record[Round] | None:
    """Return the round of judging that runs."""
    return next((one for one in judging_rounds(resources.store(), project_id) if one.body.state == "open"), None)


def draw(project_id: str, rules: list[Ruled], versions: dict[str, Record[DataVersion]]) -> None:
    """Draw the rounds: the running one, what came of the earlier ones, and the form of the next."""
    found = running(project_id)
    if found is not None:
        open_round(found)
    left, right = st.columns([7, 5], gap="large")
    with right:
        section("Rounds so far", "the newest first")
        _earlier(project_id)
    with left:
        if found is None:
            start(project_id, rules, versions)
        else:
            note("The next round can begin when this one is revealed.")


def open_round(found: Record[Round]) -> None:
    """Draw who takes part in a running round and who is done, never what they say; how one joins; and the reveal."""
    live_round(found.project_id, found.id)
    ballots = resources.store().ballots(found.project_id, found.id)
    about = resources.store().get(found.project_id, Calibration, found.id)
    with card("round_open"):
        left, right = st.columns([7, 5], gap="large")
        with left:
            st.markdown(f"## {escape(f'Round {found.body.number} runs: {found.body.title}')}")
            st.markdown(escape(progress(ballots)))
            lights(ballots)
            if about:
                told = sample_sentence(about.body.sample, about.body.drawn_from, about.body.stratified_by)
                note(f"{words.counted(len(found.body.cards), 'item')}, {told}. Everybody sees them in an order of their own.")
            with st.container(horizontal=True):
                link("data/judge", "Judge here", icon=":material/touch_app:", round=found.id)
                how: dict[str, Any] = {"on_click": revealed, "args": (found,), "disabled": not ballots}
                st.button("Reveal", key=f"{KEY}.reveal", icon=":material/visibility:", type="primary", **how)
        with right:
            invitation(found)


def _earlier(project_id: str) -> None:
    store = resources.store()
    runs = {one.id: one.body for one in store.all(project_id, CalibrationRun)}
    agreed = {one.id: one.body for one in store.all(project_id, AgreementRun)}
    there = False
    for one in judging_rounds(store, project_id):
        if one.body.state != "revealed":
            continue
        there = True
        with card(f"round_{one.id}"):
            st.markdown(f"**Round {one.body.number}** :gray[{escape(one.body.title)}]")
            if one.id in runs and one.id in agreed:
                st.markdown(escape(round_answer(agreed[one.id], runs[one.id])) + (" :gray[(simulated)]" if runs[one.id].simulated else ""))
            else:
                note("Nobody could be compared: fewer than two people judged the same item.")
            link("data/round_result", "See where you differ", icon=":material/arrow_forward:", round=one.id)
    if not there:
        note("None yet. Ten minutes and 30 items are enough to see whether a rule is understood.")


def start(project_id: str, rules: list[Ruled], versions: dict[str, Record[DataVersion]]) -> None:
    """Draw what a round needs, and begin it."""
    section("Begin a round", "everybody judges the same items blind, one at a time", about="calibration-round")
    living = [rule for rule in rules if rule.body.status != "retired"]
    if not versions:
        note("A round asks about items of a data set: bring one in first.")
        link("data/data_sets", "To the data sets", icon=":material/arrow_forward:")
        return
    store = resources.store()
    last = newest_finished(store, project_id)
    told = store.get(project_id, Calibration, last.id) if last else None
    before = told.body if told else None
    version = _version(versions, before)
    named = {rule.id: rule for rule in living}
    asked = st.text_input("What is asked of each item", before.question if before else "", max_chars=200, key=f"{KEY}.question")
    chosen = st.multiselect(
        "By which rules", list(named), default=list(named)[:8], format_func=lambda id_: named[id_].title, key=f"{KEY}.rules.{len(named)}"
    )
    otherwise = st.text_input(
        "What an item is called when no rule holds; several with commas",
        _otherwise(before, [named[id_] for id_ in chosen]),
        max_chars=400,
        key=f"{KEY}.otherwise",
    )
    offered = [one for one in SAMPLES if last is not None or one in {"random", "stratified"}]
    changed = changes_since(store, project_id, last.id) if last else {}
    first = offered.index("touched") if changed and "touched" in offered else 0
    sample = st.selectbox("Which items", offered, first, SAMPLES.__getitem__, key=f"{KEY}.sample.{len(offered)}.{first}")
    column = ""
    if sample == "stratified":
        column = st.selectbox("By which column", list(version.body.columns), key=f"{KEY}.column") or ""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        size = st.number_input("Items", 2, MOST_ITEMS, min(30, max(version.body.rows, 2)), key=f"{KEY}.size", width=120)
        seed = st.number_input(
            "Seed", 0, 2**31 - 1, _fresh_seed(project_id), key=f"{KEY}.seed", width=120, help="The same seed draws the same items."
        )
        here = max(2, len(store.present(project_id)))
        by_itself = st.checkbox("Reveal by itself once all are done, of at least", value=True, key=f"{KEY}.by_itself")
        least = st.number_input("people", 2, 500, here, key=f"{KEY}.least", width=110, label_visibility="collapsed", disabled=not by_itself)
    _what_it_says(sample)
    if st.button("Begin the round", type="primary", icon=":material/how_to_vote:", key=f"{KEY}.begin"):
        labels = tuple(one for one in otherwise.split(",") if one.strip())
        wanted = Asked(
            asked,
            tuple(named[id_] for id_ in chosen),
            labels,
            sample,
            int(size),
            int(seed),
            column,
            int(least) if by_itself else None,
            last.id if last else "",
        )
        try:
            saved = begin(store, resources.files(), project_id, version, wanted, person().id)
        except BadInput as error:
            bad_input(error, key="round_not_begun")
        else:
            state.say(f"Round {saved.body.number} has begun: invite your colleagues.")
            st.rerun()


def _version(versions: dict[str, Record[DataVersion]], before: Calibration | None) -> Record[DataVersion]:
    """Let somebody choose the data set where there are several; that of the last round, or the first unstructured one, at first."""
    if len(versions) == 1:
        return next(iter(versions.values()))
    ids = list(versions)
    unstructured = next((place for place, id_ in enumerate(ids) if versions[id_].body.archive), 0)
    first = ids.index(before.data_set) if before and before.data_set in ids else unstructured
    named = {id_: f"{versions[id_].body.source}, version {versions[id_].body.number}" for id_ in ids}
    chosen = st.selectbox("Items of", ids, first, format_func=named.__getitem__, key=f"{KEY}.data_set")
    return versions[chosen or ids[first]]


def _otherwise(before: Calibration | None, rules: list[Ruled]) -> str:
    if before is None:
        return NONE_OF_THEM
    theirs = {rule.body.label for rule in rules} | {rule.label for rule in before.rules}
    return ", ".join(label for label in before.labels if label not in theirs)


def _fresh_seed(project_id: str) -> int:
    return len(judging_rounds(resources.store(), project_id))


def _what_it_says(sample: Sample) -> None:
    if sample in {"random", "stratified"}:
        note("Random items that nobody judged before: the round can also say how good people are at this.")
    elif sample == "touched":
        note("The items that the change of a rule touches, and others of the last round as controls: did the change help, and do no harm?")
    else:
        note("Good for talking; people look worse here than they are, so this round says nothing of how good they are.")
