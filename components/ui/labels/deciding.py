"""One label an item: the consensus, how sure it is, the items that need another look, and judgements that are probably wrong."""

import streamlit as st

from components import words
from components.data.label_items import SURE
from components.data.label_words import consensus_answer, consensus_method
from components.data.records import AgreementRun, ConsensusRun
from components.project.records import Record
from components.ui.choose import table
from components.ui.figures import download
from components.ui.patterns import answer, note, section

SHOWN = 200


def consensus(saved: Record[ConsensusRun], run: AgreementRun, question: str) -> None:
    """Draw the consensus of a set of labels."""
    body = saved.body
    items = table(body.items)
    answer(question, consensus_answer(body, run.items), consensus_method(body), simulated=body.simulated)
    left, right = st.columns([7, 5], gap="large")
    with left:
        section("Not sure yet", f"items whose label is less likely than {words.decimal(SURE, 1)}, the least sure first")
        unsure = items[items["probability"] < SURE].sort_values("probability", kind="stable")
        if len(unsure):
            st.dataframe(unsure.head(SHOWN).round(3), hide_index=True, width="stretch", height=330)
        else:
            note("Every item has a sure label.")
        if body.tied:
            note(f"{words.counted(body.tied, 'item')} {'has' if body.tied == 1 else 'have'} no majority: several labels got as many votes.")
        download(lambda: items, "consensus", "Download one label an item")
    with right:
        section("Probably wrong", "judgements that a sure consensus of three or more contradicts, the surest first", about="dawid-skene")
        if body.wrong_number:
            wrong = table(body.wrong)
            st.dataframe(wrong.head(SHOWN).round(3), hide_index=True, width="stretch", height=330)
            download(wrong, "probably wrong judgements")
        else:
            note("No judgement is contradicted by a sure consensus." if body.model else body.why)
