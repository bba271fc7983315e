"""The annotators: who differs from the others, who leans to what, how fast they are, and whether they repeat themselves."""

import pandas as pd
import streamlit as st

from components.data.label_charts import annotators_chart, leaning_chart, speed_chart
from components.data.label_words import people_answer, people_method
from components.data.records import AgreementRun, ConsensusRun
from components.project.records import Record
from components.ui.figures import chart, download
from components.ui.patterns import answer, note, section
from components.ui.session import palette

SHOWN_PAIRS = 50


def annotators(saved: Record[AgreementRun], consensus: ConsensusRun | None, question: str) -> None:
    """Draw what is known of each annotator."""
    run, colours, of = saved.body, palette(), (saved.project_id, saved.id, saved.version)
    answer(question, people_answer(run), people_method(run), simulated=run.simulated)
    per_annotator, per_pair = pd.DataFrame(run.per_annotator), pd.DataFrame(run.per_pair)
    left, right = st.columns([7, 5], gap="large")
    with left:
        if len(per_annotator) and per_annotator["agrees"].notna().any():
            section("With the others", "how often each gives the label that most of the others give, least first")
            alt = f"Agreement by annotator. {people_answer(run)}"
            chart(lambda: annotators_chart(per_annotator, colours), of=of, alt=alt, table=per_annotator, name="annotators")
        if len(per_pair):
            section("By pair", "shared items, how often the same label, Cohen's κ", about="cohen")
            st.dataframe(per_pair.head(SHOWN_PAIRS).round(3), hide_index=True, width="stretch", height=250)
            download(per_pair, "pairs of annotators")
    with right:
        if consensus is None:
            return
        _leaning(consensus, of)
        if consensus.speed:
            section("Speed", "median seconds of an answer, and the middle half of them")
            speed = pd.DataFrame(consensus.speed)
            chart(lambda: speed_chart(speed, colours), of=of, alt="Seconds of an answer by annotator", table=speed, name="speed")
        _themselves(consensus, of)


def _leaning(consensus: ConsensusRun, of: tuple[object, ...]) -> None:
    section("Leaning", "the label that somebody gives more or less often than the others on the same items")
    if not consensus.leaning:
        note("Nobody leans to a label by more than chance allows.")
        return
    rows, colours = pd.DataFrame(consensus.leaning), palette()
    chart(lambda: leaning_chart(rows, colours), of=of, alt="Labels that annotators lean to", table=rows, name="leaning")
    note("Intervals are widened so that a table without any leaning names somebody once in twenty times.")


def _themselves(consensus: ConsensusRun, of: tuple[object, ...]) -> None:
    if not consensus.themselves:
        return
    section("With themselves", "items that somebody judged more than once, and how often alike")
    rows, colours = pd.DataFrame(consensus.themselves), palette()
    note("Whoever disagrees with themselves can't agree with others: this is the most that agreement can reach.")
    alt = "Agreement of annotators with themselves"
    chart(lambda: annotators_chart(rows, colours, "judged alike again, %"), of=of, alt=alt, table=rows, name="self-agreement")
