"""A finished round: how far people agree by rule, where they differ and who said what, what to do about it, and what it became."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.data.label_charts import confusion_chart
from components.data.records import AgreementRun
from components.data.rulebook.charts import Measure, compared_chart, compared_table, rules_chart, rules_table
from components.data.rulebook.comparison import compared_sentence
from components.data.rulebook.records import Calibration, CalibrationRun, Cited
from components.data.rulebook.round_result import costs_most, label_figures
from components.data.rulebook.versions import Ruled, difference
from components.data.rulebook.wording import round_answer, where_it_splits
from components.modelling.records import HumanLevelRun
from components.project.records import Record
from components.project.rounds import Round
from components.readiness.human_level_gate import why_no_human_level
from components.stats.estimate import Estimate
from components.ui import resources
from components.ui.figures import behind, chart, download
from components.ui.patterns import card, done_line, note, section
from components.ui.rulebook.editing import words_of
from components.ui.rulebook.history import versions
from components.ui.session import escape, link, palette
from components.ui.state import edit, editing
from components.ui.uploads import begin, watch

MEASURES: dict[Measure, str] = {"alpha": "α", "ac1": "AC1"}
HUMAN = "components.modelling.human_level_work:measure"


def by_rule(found: Record[Round], agreed: Record[AgreementRun], run: Record[CalibrationRun]) -> None:
    """Draw the agreement of the whole round and of each rule."""
    section("Agreement by rule", "each rule's label against all others; dot and 95 % interval, bands after Krippendorff", about="alpha")
    measure = st.segmented_control(
        "Measure",
        list(MEASURES),
        default="alpha",
        required=True,
        format_func=MEASURES.__getitem__,
        key="round_result.measure",
        label_visibility="collapsed",
    )
    alt = f"{round_answer(agreed.body, run.body)} " + "; ".join(_told(one, str(measure)) for one in run.body.rules)
    drawing = partial(rules_chart, agreed.body, run.body, measure or "alpha", palette())
    of = (found.id, agreed.version, run.version, measure)
    chart(drawing, of=of, alt=alt, table=rules_table(agreed.body, run.body), name="agreement by rule")
    if agreed.body.why:
        note(agreed.body.why)


def _told(rule: dict[str, Any], measure: str) -> str:
    return f"rule {rule['number']} {words.decimal(rule[measure]['value'])} {words.interval(Estimate(**rule[measure]))}".strip()


def to_edit(about: Calibration, agreed: AgreementRun, run: CalibrationRun, book: dict[str, Ruled], number: int) -> None:
    """Draw the rule that costs most as it was judged by, what became of it, its form, and the way to the next round."""
    worst = costs_most(run)
    cited = next((one for one in about.rules if worst and one.rule == worst["rule"]), next(iter(about.rules), None))
    if cited is None:
        return
    shown: Cited = cited
    if len(about.rules) > 1:
        named = {one.rule: one for one in about.rules}
        chosen = st.selectbox(
            "Rule", list(named), list(named).index(cited.rule), lambda id_: named[id_].title, key=f"round_result.rule.{number}"
        )
        shown = named[str(chosen)]
    rule = book.get(shown.rule)
    then = rule.content_of(shown.content) if rule else None
    with card("rule_to_edit"):
        key = f"round_result.edit.{shown.rule}"
        st.markdown(f"**{escape(shown.title)}, version {shown.version}**")
        if then:
            st.markdown(f"“{escape(then.definition)}”")
        st.markdown(f":gray[{escape(where_it_splits(shown.label, agreed))}]")
        if rule and then and rule.body.content != shown.content:
            changed = words.listed([field.lower() for field, _, _ in difference(then, rule.body)])
            done_line(f"Changed since: {changed}. Version {rule.version} now says: “{rule.body.definition}”")
        if rule and editing(key):
            words_of(rule.record, key)
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            if rule:
                st.button("Edit the rule", type="primary", key=f"{key}.edit", icon=":material/edit:", on_click=edit, args=(key,))
            link("data/rulebook", "Start the next round", icon=":material/how_to_vote:", view="rounds")
            if rule:
                versions(rule)


def against_the_one_before(run: Record[CalibrationRun], before: int) -> None:
    """Draw the change since the round before: on what the change of the rules touches, on the controls, and the discard rate."""
    found = run.body.compared
    if found is None:
        return
    section(f"Against round {before}", "the same items in both rounds; paired 95 % intervals over items", about="calibration-round")
    st.markdown(escape(compared_sentence(found, before)))
    table = compared_table(found)
    if table["value"].notna().any():
        drawing = partial(compared_chart, found, palette())
        chart(
            drawing,
            of=(run.id, run.version, "compared"),
            alt=compared_sentence(found, before),
            table=table,
            name="against the round before",
        )
    margin = words.decimal(found["margin"])
    harm = {
        True: f"On the controls the change did no harm: α fell by less than the margin of {margin}.",
        False: f"Harm on the controls can't be ruled out: the interval reaches beyond the margin of {margin}.",
        None: f"Whether the change did harm can't be said: {found['controls']['why'] or 'there are too few controls.'}",
    }[found["harmless"]]
    st.markdown(escape(harm))
    rates = [Estimate(**found[name]) for name in ("discarded_before", "discarded_after")]
    told = " → ".join(f"{words.percent(one.value, 0)} {words.interval(one, as_percent=True, digits=0)}".strip() for one in rates)
    note(f"Discarded by most people on these items: {told}. Throwing the hard items out would raise α too.")


def confused(agreed: Record[AgreementRun], labels: tuple[str, ...], judged: pd.DataFrame) -> None:
    """Draw which labels are taken for one another, and the agreement on each label."""
    table = pd.DataFrame(agreed.body.confusion)
    if len(table):
        section("Taken for one another", "share of the pairs of judgements that differ")
        drawing = partial(confusion_chart, table, palette())
        first = table.iloc[0]
        alt = f"Mixed up most: {first['label']} and {first['other']}"
        chart(drawing, of=(agreed.id, agreed.version, "confusion"), alt=alt, table=table, name="confused labels")
    behind(label_figures(judged, labels).round(3), "agreement by label", "α and AC1 of each label, with their intervals")


def from_here(project_id: str, round_id: str, judged: pd.DataFrame) -> None:
    """Draw what a finished round is for the other phases: a set of labels, and perhaps how good people are."""
    section("From here", "the judgements are a set of labels now")
    store = resources.store()
    with st.container(horizontal=True, vertical_alignment="center"):
        link("data/labels", "Consensus and adjudication", icon=":material/gavel:")
        download(judged, "judgements")
    job = watch("round_result.human", project_id, HUMAN)
    measured = store.get(project_id, HumanLevelRun, round_id)
    if measured is not None:
        people = Estimate(**measured.body.accuracy)
        done_line(f"How good people are at this: {words.percent(people.value)} {words.interval(people, as_percent=True)}, n = {people.n}.")
        link("modelling/human_level", "To the human level", icon=":material/arrow_forward:")
        return
    why = why_no_human_level(store, project_id, round_id)
    if why:
        st.markdown(f":orange[:material/block:] **Not a measurement of human level.** {escape(why)}")
    elif not (job and job.living):
        params = {"label_set": round_id}
        how: dict[str, Any] = {"on_click": begin, "args": ("round_result.human", project_id, HUMAN, params, "Human level of a round")}
        st.button("Take it as human level", key="round_result.human", icon=":material/groups:", **how)
        note("Random items that nobody had seen, judged blind: they say how often a person is right.")
