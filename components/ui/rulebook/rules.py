"""The rules, what is wrong with them, and the vote that agrees on them."""

from typing import Any

import streamlit as st

from components import words
from components.data import showing as data_showing
from components.data.rulebook.charts import versions_chart, versions_table
from components.data.rulebook.lint import Finding, fired, lint
from components.data.rulebook.records import CalibrationRun
from components.data.rulebook.rounds import judging_rounds
from components.data.rulebook.versions import Ruled
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui import resources
from components.ui.choose import table
from components.ui.comments import comment_threads
from components.ui.figures import chart
from components.ui.patterns import done_line, section
from components.ui.rulebook.agreeing import tallies, voting
from components.ui.rulebook.cards import rule_card
from components.ui.rulebook.editing import write
from components.ui.session import escape, palette

SIGNS = {"fail": ":red[:material/error:]", "warn": ":orange[:material/warning:]", "note": ":gray[:material/info:]"}
MOST_ROWS = 200_000
LEAST_ROUNDS = 2


def draw(project_id: str, rules: list[Ruled], versions: dict[str, Record[DataVersion]], run: CalibrationRun | None) -> None:
    """Draw the rules as cards, and beside them what the lint found and the vote."""
    said, known = tallies(project_id), comment_threads(project_id)
    left, right = st.columns([7, 5], gap="large")
    with left:
        living = [rule for rule in rules if rule.body.status != "retired"]
        section("Rules", f"{words.counted(len(living), 'rule')} in force or proposed")
        for rule in living:
            rule_card(rule, versions.get(rule.body.data_set), run, said.get(rule.id), known)
        with st.expander("Another rule"):
            write(project_id, primary=False)
        gone = [rule for rule in rules if rule.body.status == "retired"]
        if gone:
            with st.expander(words.counted(len(gone), "retired rule")):
                for rule in gone:
                    rule_card(rule, versions.get(rule.body.data_set), None, None, known)
    with right:
        _round_by_round(project_id, living)
        section("Agree on them", "blind, by yes or no, on a phone too")
        voting(project_id, rules)
        section("Before anybody judges", "contradictions, overlaps, rules that never fire, words that say nothing")
        _lint(living, versions)


def _round_by_round(project_id: str, rules: list[Ruled]) -> None:
    """Draw how agreement on a rule moved with its wording, for the rules that two rounds or more asked by."""
    store = resources.store()
    runs = {one.id: one for one in store.all(project_id, CalibrationRun)}
    rounds = [one for one in reversed(judging_rounds(store, project_id)) if one.id in runs]
    if len(rounds) < LEAST_ROUNDS:
        return
    measured = [(one.body.number, runs[one.id].body) for one in rounds]
    tables = {rule.id: versions_table(measured, rule.id) for rule in rules}
    shown = [rule for rule in rules if len(tables[rule.id]) >= LEAST_ROUNDS]
    if not shown:
        return
    named = {rule.id: rule for rule in shown}
    section("Round by round", "α of the rule's label against all others, by its version")
    chosen = shown[0].id
    if len(shown) > 1:
        chosen = str(
            st.selectbox("Rule", list(named), format_func=lambda id_: named[id_].title, key="rulebook.grown", label_visibility="collapsed")
        )
    grown = tables[chosen]
    alt = "; ".join(f"{row['name']}: {words.decimal(row['value'])}" for row in grown.to_dict("records"))
    of = (chosen, *((one.id, runs[one.id].version) for one in rounds))
    chart(lambda: versions_chart(grown, palette()), of=of, alt=alt, table=grown.drop(columns="role"), name="agreement round by round")


def _lint(rules: list[Ruled], versions: dict[str, Record[DataVersion]]) -> None:
    found: list[Finding] = []
    sets = dict.fromkeys(rule.body.data_set for rule in rules)
    for id_ in sets:
        of_set = [rule for rule in rules if rule.body.data_set == id_]
        version = versions.get(id_)
        told = (version.id if version else "", tuple((rule.id, rule.body.content) for rule in of_set))
        found += _found(told, of_set, version)
    if not found:
        done_line("Nothing stands out.")
    for one in found:
        who = words.listed([f"rule {number}" for number in one.rules]).capitalize()
        st.markdown(f"{SIGNS[one.kind]} **{escape(who)}.** {escape(one.text)} :gray[{escape(one.advice)}]")


@st.cache_data(max_entries=64, show_spinner=False)
def _found(told: tuple[Any, ...], _rules: list[Ruled], _version: Record[DataVersion] | None) -> list[Finding]:
    return _on_data(_rules, _version)


def _on_data(rules: list[Ruled], version: Record[DataVersion] | None) -> list[Finding]:
    data_set = resources.store().get(version.project_id, DataSet, version.body.data_set) if version else None
    if version is None or data_set is None or version.body.rows > MOST_ROWS:
        return lint(rules)
    frame = table(version.body.table)
    return lint(rules, fired(rules, frame), data_showing.keys(frame, data_set.body))
