"""How far the labellers agree: the measures with their bands, by label and by rule, and what is taken for what."""

import pandas as pd
import streamlit as st

from components import words
from components.data.label_charts import agreement_chart, agreement_table, confusion_chart, labels_chart, rules_chart, weighted_table
from components.data.label_words import rule_sentence
from components.data.records import AgreementRun
from components.data.wording import agreement_answer, agreement_badge, agreement_method, confusion_sentence
from components.project.records import Record
from components.ui.figures import behind, chart
from components.ui.patterns import answer, note, section
from components.ui.session import palette

CONFUSION = "of 100 pairs of judgements that differ, how many are of these two labels"


def agreement(saved: Record[AgreementRun], question: str) -> None:
    """Draw how far the labellers agree."""
    run, colours, of = saved.body, palette(), (saved.project_id, saved.id, saved.version)
    answer(question, agreement_answer(run), agreement_method(run), badge=agreement_badge(run), simulated=run.simulated)
    per_label, confusion = pd.DataFrame(run.per_label), pd.DataFrame(run.confusion)
    left, right = st.columns([7, 5], gap="large")
    with left:
        section("Agreement beyond chance", "dot and 95 % interval over items; bands after Krippendorff", about="alpha")
        alt = f"{agreement_answer(run)} {agreement_method(run)}"
        chart(lambda: agreement_chart(run, colours), of=of, alt=alt, table=agreement_table(run), name="agreement")
        if run.why:
            note(run.why)
        if run.weighted and run.level != "nominal":
            behind(weighted_table(run), "weighted agreement", "Labels that lie near one another agree in part")
        if len(per_label) and per_label["alpha"].notna().any():
            section("By label", "α of one label against all others, the least agreed on first")
            alt = "Agreement by label, the lowest first"
            chart(lambda: labels_chart(per_label, colours), of=of, alt=alt, table=per_label, name="agreement by label")
    with right:
        if len(confusion):
            section("Taken for one another", CONFUSION)
            note(f"{confusion_sentence(run)}.")
            alt = f"Labels given to one item: {confusion_sentence(run)}"
            chart(lambda: confusion_chart(confusion, colours), of=of, alt=alt, table=confusion, name="confused labels")
        elif run.shared:
            section("Taken for one another")
            note(f"All {words.counted(run.shared, 'item')} with two labels were labelled alike.")
        if run.per_rule:
            section("By rule", f"{rule_sentence(run.per_rule)}")
            rules = pd.DataFrame(run.per_rule)
            chart(lambda: rules_chart(rules, colours), of=of, alt=rule_sentence(run.per_rule), table=rules, name="disagreement by rule")
