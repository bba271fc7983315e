"""Human level on speech and writing: word and character error rates, people beside machines."""

from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.errors import BadInput
from components.modelling.charts import transcripts_chart
from components.modelling.records import TranscriptRun
from components.modelling.transcripts import NORMALISED, RAW
from components.modelling.wording import transcripts_answer, transcripts_table
from components.ui import resources
from components.ui.figures import behind, chart
from components.ui.labels import column_names
from components.ui.patterns import answer, bad_input, empty, note, section
from components.ui.pieces import delete
from components.ui.session import escape, palette
from components.ui.uploads import Brought, file_drop, start_job, watch

QUESTION = "How well do people transcribe, and are we there?"
TASK = "components.readiness.transcript_work:measure"
ITEMS = ("item", "item_id", "id", "line", "file", "path", "page_id")
TEXTS = ("text", "transcription", "transcript", "hypothesis", "answer", "output")
REFERENCES = ("reference", "truth", "gold", "ground_truth", "text")
SPEAKERS = ("speaker", "annotator", "annotator_id", "worker", "writer", "engine")
NONE = "(none)"
OTHER_FILE = "(in a file of its own)"


def draw(heading: Any, project_id: str) -> None:
    """Draw the view."""
    watch("transcripts", project_id, TASK)
    records = resources.store().all(project_id, TranscriptRun)
    if not records:
        why = "People mishear too. Two people's transcripts of the same recordings say how much, and what a recogniser has to reach."
        with heading, empty(QUESTION, why, "Bring transcripts, and what was really said, as tables with one row a text."):
            _bring(project_id, primary=True)
        return
    runs = [one.body for one in records]
    lines = words.counted(max(run.lines for run in runs), "line")
    with heading:
        method = f"Word error rate = Σ edits ÷ Σ words of the references, {lines}; 95 % intervals by the bootstrap over lines."
        answer(QUESTION, transcripts_answer(runs), method, simulated=next((run.simulated for run in runs if run.simulated), ""))
    table = transcripts_table(runs)
    of = tuple((one.id, one.version) for one in records)
    drawn = [run for run in runs if run.who == "machine" or run.per_speaker]
    if drawn:
        chart(lambda: transcripts_chart(runs, palette()), of=of, alt=transcripts_answer(runs), table=table, name="transcripts")
    else:
        st.dataframe(table, hide_index=True, width="stretch")
    note("Rates are of all lines together; the mean of the lines' rates would be another number.")
    for record in records:
        _one(record)
    with st.expander("Other transcripts", icon=":material/add:"):
        _bring(project_id, primary=False)


def _one(record: Any) -> None:
    body = record.body
    with st.container(horizontal=True, vertical_alignment="center"):
        rates = f"word errors {words.percent(body.words['value'])}, character errors {words.percent(body.characters['value'])}"
        counted = f"{words.counted(body.lines, 'line')}, {words.counted(body.transcripts, 'text')}"
        st.markdown(
            f"**{escape(body.name)}** {escape(f'{rates}; {counted}')}  \n:small[:gray[{escape(body.normalisation)}]]", width="stretch"
        )
        key = f"transcripts.delete.{record.id}"
        st.button("Delete", key=key, type="tertiary", icon=":material/delete:", on_click=delete, args=(record.project_id, record))
    if body.per_speaker:
        behind(
            pd.DataFrame(body.per_speaker), f"speakers of {body.name}", f"{words.counted(len(body.per_speaker), 'speaker')} of {body.name}"
        )


def _bring(project_id: str, *, primary: bool) -> None:
    section("Transcripts", "what was understood", about="word-error-rate")
    brought = file_drop("transcripts", "Transcripts")
    if brought is None:
        note("One column names the line, one holds the text, one may say whose it is. What was said: a column, or a second file.")
        return
    try:
        names = column_names(brought.name, brought.file)
    except BadInput as error:
        bad_input(error, key="transcripts_unread")
        return
    left, right = st.columns(2)
    key = f"transcripts.{brought.file[:8]}"
    item = left.selectbox("The line", names, _guess(names, ITEMS), key=f"{key}.item")
    text = right.selectbox("What was understood", names, _guess(names, TEXTS), key=f"{key}.text")
    offered = [OTHER_FILE, *names]
    place = next((offered.index(name) for name in names if name.lower() in REFERENCES[:-1]), 0)
    said = left.selectbox("What was said", offered, place, key=f"{key}.reference")
    people = [NONE, *names]
    who_place = next((people.index(name) for name in names if name.lower() in SPEAKERS), 0)
    speaker = right.selectbox("Who transcribed or spoke", people, who_place, key=f"{key}.speaker")
    params = {**brought.params, "item": item, "text": text, "speaker": None if speaker == NONE else speaker}
    if said == OTHER_FILE:
        told = _references()
        if told is None:
            return
        params |= told
    else:
        params["reference"] = said
    who = left.segmented_control("Whose are they", ["people", "machine"], default="people", required=True, key=f"{key}.who")
    normalise = right.checkbox(
        "Compare without capitals and punctuation", value=True, key=f"{key}.normalise", help=f"{NORMALISED}; else {RAW}."
    )
    kind: Any = "primary" if primary else "secondary"
    if st.button("Measure the transcripts", type=kind, key=f"{key}.measure", icon=":material/play_arrow:"):
        start_job("transcripts", project_id, TASK, {**params, "who": who, "normalise": normalise}, f"Measuring {brought.name}")
        st.rerun()


def _references() -> dict[str, str] | None:
    section("References", "what was really said")
    brought: Brought | None = file_drop("references", "References")
    if brought is None:
        return None
    try:
        names = column_names(brought.name, brought.file)
    except BadInput as error:
        bad_input(error, key="references_unread")
        return None
    left, right = st.columns(2)
    key = f"references.{brought.file[:8]}"
    item = left.selectbox("The line, as the references name it", names, _guess(names, ITEMS), key=f"{key}.item")
    text = right.selectbox("What was really said", names, _guess(names, REFERENCES), key=f"{key}.text")
    return {"reference_name": brought.name, "reference_file": brought.file, "reference_item": item, "reference_text": text}


def _guess(names: list[str], likely: tuple[str, ...]) -> int:
    return next((names.index(name) for word in likely for name in names if name.strip().lower() == word), 0)
