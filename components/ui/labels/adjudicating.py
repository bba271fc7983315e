"""Settling disputed items one by one: the item, who said what, and what the team makes of it."""

from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.data.adjudication.queue import Case, case, gold, opened_again, waiting
from components.data.adjudication.records import ENDINGS, REASONS, Adjudicated, Ending, record_id
from components.data.label_words import settled_answer
from components.data.records import AgreementRun, ConsensusRun
from components.data.rulebook.records import Rule, Shown
from components.data.rulebook.versions import Ruled, rulebook
from components.project.data_sets import LabelSet
from components.project.projects import new_id
from components.project.records import Record
from components.project.store import Conflict
from components.ui import resources, state
from components.ui.choose import table
from components.ui.figures import download
from components.ui.labels.item import shown
from components.ui.patterns import answer, card, note, section
from components.ui.pieces import delete
from components.ui.session import escape, person

QUESTION = "What holds where people differ?"
METHOD = (
    "In order of the pair of labels that costs most agreement, and of those the most split. Only what a changed rule touches comes again."
)
NO_RULE = ""
LATEST = 5


def adjudication(labels: Record[LabelSet], saved: Record[ConsensusRun], run: AgreementRun) -> None:
    """Draw the next disputed item, what can become of it, and what was settled."""
    project_id, store = labels.project_id, resources.store()
    records = [one for one in store.all(project_id, Adjudicated) if one.body.label_set == labels.id]
    rules = rulebook(store, project_id, retired=False)
    decided = {one.body.item: one.body for one in records}
    again = opened_again(decided.values(), {rule.id: rule.body.content for rule in rules})
    order = table(saved.body.queue) if saved.body.queue else pd.DataFrame({"item": []})
    left = waiting(order, decided, again)
    number = len(left) + max(saved.body.queued - len(order), 0)
    still = again & set(left["item"])
    answer(QUESTION, settled_answer(number, len(decided) - len(again), len(still)), METHOD, simulated=saved.body.simulated)
    if len(left):
        skipped = state.value(f"adjudication.later.{labels.id}", [])
        ahead = left[~left["item"].isin(skipped)]
        row = (ahead if len(ahead) else left).iloc[0].to_dict()
        before = next((one for one in records if one.body.item == row["item"]), None)
        _desk(labels, case(row), before, rules, [str(one["label"]) for one in run.per_label], row["item"] in again)
    _settled(records, rules, again)


def _desk(
    labels: Record[LabelSet], one: Case, before: Record[Adjudicated] | None, rules: list[Ruled], known: list[str], again: bool
) -> None:
    """Draw one item, who said what, and the decision."""
    key = f"adjudication.{record_id(labels.id, one.item)[-24:]}"
    left, right = st.columns([5, 7], gap="large")
    with left, card("adjudication_item"):
        shown(labels.project_id, labels.body.data_set, one.item)
        names = not labels.body.anonymous and st.toggle("Show names", value=False, key="adjudication.names")
        st.markdown("  \n".join(_said(label, who, names) for label, who in one.said))
        pair = f"“{one.pair[0][:40]}” and “{one.pair[1][:40]}” are {words.percent(one.share)} of all that differ"
        note(f"{pair}; this item is split by {words.decimal(one.entropy)} bit.")
    with right:
        section("What holds")
        if again and before is not None and before.body.cited is not None:
            note(f"Settled before as “{before.body.label or before.body.ending}” under {before.body.cited.title}, which was changed since.")
        offered = list(dict.fromkeys([*(label for label, _ in one.said), *known]))
        st.selectbox("Label", offered, key=f"{key}.label", accept_new_options=True)
        titles = {rule.id: rule.title for rule in rules}
        st.selectbox("Rule cited", [NO_RULE, *titles], format_func=lambda id_: titles.get(id_, "none"), key=f"{key}.rule")
        st.radio("Why people differed", list(REASONS), key=f"{key}.reason", horizontal=True)
        note(REASONS[state.widget(f"{key}.reason") or "error"])
        ending = st.segmented_control(
            "What becomes of it", list(ENDINGS), default="gold", format_func=ENDINGS.__getitem__, key=f"{key}.ending", required=True
        )
        if ending == "proposed":
            st.text_input("Name of the rule", key=f"{key}.name", max_chars=120)
            st.text_area(
                "Definition, so that two people who never met would judge alike", key=f"{key}.definition", max_chars=2000, height=96
            )
        st.text_input("Note", key=f"{key}.note", max_chars=1000)
        with st.container(horizontal=True):
            st.button("Settle", type="primary", key=f"{key}.settle", on_click=_settle, args=(labels, one.item, key, before))
            st.button("Later", key=f"{key}.later", type="tertiary", on_click=_later, args=(labels.id, one.item))


def _said(label: str, who: tuple[str, ...], names: bool) -> str:
    told = words.listed(who, 8) if names else words.counted(len(who), "person", "people")
    return f"**{escape(label)}** :gray[{escape(told)}]"


def _later(label_set: str, item: str) -> None:
    name = f"adjudication.later.{label_set}"
    state.remember(name, [*state.value(name, []), item])


def _settle(labels: Record[LabelSet], item: str, key: str, before: Record[Adjudicated] | None) -> None:
    """Save what was decided; what can't be saved stays in its fields."""
    ending: Ending = state.widget(f"{key}.ending") or "gold"
    label = str(state.widget(f"{key}.label") or "").strip()
    cited = next((rule.cited for rule in rulebook(resources.store(), labels.project_id) if rule.id == state.widget(f"{key}.rule")), None)
    about: dict[str, Any] = {"label_set": labels.id, "item": item, "ending": ending, "label": "" if ending == "discarded" else label}
    about |= {"reason": state.widget(f"{key}.reason") or "error", "cited": cited, "note": str(state.widget(f"{key}.note") or "")}
    if ending == "gold" and not label:
        state.say("Choose the label that holds, then settle it.")
        return
    if ending == "proposed":
        rule = _proposed(labels, item, label, key)
        if rule is None:
            return
        about["proposed"] = rule
    body = Adjudicated(**about)
    try:
        read = before.version if before else 0
        resources.store().save(labels.project_id, body, person=person().id, id=body.id, read=read)
    except Conflict:
        state.say("Somebody else settled this item in the meantime; what they decided stands.")


def _proposed(labels: Record[LabelSet], item: str, label: str, key: str) -> str | None:
    """Save the rule that is proposed and return its id; nothing where it says too little."""
    name, definition = (str(state.widget(f"{key}.{field}") or "").strip() for field in ("name", "definition"))
    if not name or not definition:
        state.say("A proposed rule needs a name and a definition.")
        return None
    examples = (Shown(item=item[:500]),) if labels.body.data_set else ()
    rule = Rule(name=name, definition=definition, label=(label or name)[:80], data_set=labels.body.data_set or "", examples=examples)
    return resources.store().save(labels.project_id, rule, person=person().id, id=new_id(), read=0).id


def _settled(records: list[Record[Adjudicated]], rules: list[Ruled], again: set[str]) -> None:
    """Draw what was settled last, each with a way back, and offer all of it."""
    if not records:
        return
    section("Settled", f"the last {min(len(records), LATEST)} of {len(records)}")
    for one in sorted(records, key=lambda record: -record.seq)[:LATEST]:
        body = one.body
        with card(f"settled_{one.id[-24:]}"), st.container(horizontal=True, vertical_alignment="center"):
            under = f", {body.cited.title}" if body.cited else ""
            what = body.label if body.ending == "gold" else {"discarded": "discarded", "proposed": "a rule was proposed"}[body.ending]
            opened = " (open again: its rule was changed)" if body.item in again else ""
            st.markdown(f"**{escape(body.item[:80])}** {escape(what)} :gray[{escape(f'{body.reason}{under}{opened}')}]")
            st.button("Open again", key=f"adjudication.undo.{one.id}", type="tertiary", on_click=delete, args=(one.project_id, one))
    names = {rule.id: rule.title for rule in rules}
    download(lambda: gold([one.body for one in records], again, names), "settled items", "Download what was settled")
