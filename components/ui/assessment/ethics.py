"""Whether it is right: one card a question, with reason, owner, due date and evidence; and lists that the team brings."""

from collections.abc import Mapping

import streamlit as st

from components import ui, words
from components.errors import BadInput
from components.project.records import Record
from components.project.store import Project
from components.scoping.assessment.charts import ethics_strip
from components.scoping.assessment.ethics import EXAMPLE, WORDS, Item, Section, Standing, ethics_table, read_list
from components.scoping.assessment.reading import ethics_standing
from components.scoping.assessment.records import EthicsAnswer, EthicsList
from components.scoping.pasted import decoded

QUESTION = "Is it right?"
SECTION = "ethics.section"
ICONS = {
    "": ":orange[:material/radio_button_unchecked:]",
    "yes": ":green[:material/check:]",
    "partial": ":orange[:material/warning:]",
    "no": ":red[:material/error:]",
    "not applicable": ":gray[:material/remove:]",
}
Answers = Mapping[str, Record[EthicsAnswer]]


def ethics(project: Project) -> None:
    """Draw the questions of ethics and how far they are answered."""
    own = {record.id: record for record in ui.store().all(project.id, EthicsList)}
    answers = {record.id: record for record in ui.store().all(project.id, EthicsAnswer)}
    found = ethics_standing(ui.store(), project.id, ui.today())
    late = words.counted(len(found.overdue), "overdue", "overdue")
    badge = (late, "fail") if found.overdue else ("answered", "pass") if found.settled else None
    ui.answer(QUESTION, found.sentence, found.method, badge=badge)
    seen, table = (project.id, ui.store().seq(project.id)), ethics_table(found)
    ui.chart(lambda: ethics_strip(found, ui.palette()), alt=found.sentence, of=seen, table=table, name="ethics")
    for line in found.overdue_lines:
        st.markdown(f":red[:material/schedule:] Overdue: {ui.escape(line)}")
    section = _choose(found)
    ui.section(section.title, section.source)
    for item in section.items:
        _card(project.id, item, answers.get(item.code))
    with st.container(horizontal=True):
        _bring(project.id)
        if section.code in own:
            label, record = f"Delete “{section.title}”", own[section.code]
            st.button(label, key="ethics.delete", icon=":material/delete:", type="tertiary", on_click=ui.delete, args=(project.id, record))


def _choose(found: Standing) -> Section:
    """Let the person choose a section; the first with an open question at first."""
    codes = {section.code: section for section in found.sections}
    opened = {item.code for item in found.of("")}
    first = next((section.code for section in found.sections if any(item.code in opened for item in section.items)), "Ng")
    start = ui.value(SECTION, first)
    start = start if start in codes else first

    def named(code: str) -> str:
        section = codes[code]
        left = sum(item.code in opened for item in section.items)
        return f"{section.title}, {left} open" if left else section.title

    chosen = st.segmented_control(
        "Section",
        list(codes),
        default=start,
        required=True,
        format_func=named,
        key=f"{SECTION}.{start}",
        wrap=True,
        label_visibility="collapsed",
    )
    ui.remember(SECTION, chosen or start)
    return codes[str(chosen or start)]


def _card(project_id: str, item: Item, record: Record[EthicsAnswer] | None) -> None:
    key = f"ethics.{item.code}"
    with ui.card(key.replace(".", "_")):
        body = record.body if record else EthicsAnswer()
        said = f" :gray[{WORDS[body.answer]}]" if body.answer else ""
        st.markdown(f"{ICONS[body.answer]} **{ui.escape(item.title)}** :gray[{ui.escape(item.code)}]{said}  \n{ui.escape(item.question)}")
        if ui.editing(key):
            if ui.editor(EthicsAnswer, key, project_id=project_id, record=record, id=item.code, columns=2, cancel=True):
                ui.say(f"{item.title} is saved.")
                st.rerun()
            return
        facts = " · ".join(fact for fact in (body.owner, f"due {body.due:%-d %B %Y}" if body.due else "", body.evidence) if fact)
        lines = [f":small[{ui.escape(body.reason)}]" if body.reason else "", f":small[:gray[{ui.escape(facts)}]]" if facts else ""]
        if any(lines):
            st.markdown("  \n".join(line for line in lines if line))
        label = "Answer" if record is None else "Edit"
        st.button(label, key=f"{key}.edit", type="tertiary", icon=":material/edit:", on_click=ui.edit, args=(key,))


def _bring(project_id: str) -> None:
    """Draw the place for a list of the team's own."""
    turn = ui.value("ethics.turn", 0)
    with st.popover("Bring your own questions", icon=":material/playlist_add:", key="ethics.bring"):
        text = st.text_area("A list in YAML", key=f"ethics.yaml.{turn}", height=180, placeholder=EXAMPLE)
        dropped = st.file_uploader("Or a YAML file, such as one that deon reads", type=["yml", "yaml"], key=f"ethics.file.{turn}")
        name = dropped.name if dropped is not None else "The list"
        try:
            whole = decoded(name, dropped.getvalue()) if dropped is not None else text or ""
            if not whole.strip():
                ui.note("A title, and questions: each a text, or a title and a question.")
                return
            read = read_list(name, whole)
        except BadInput as error:
            ui.bad_input(error, key="ethics_unread")
            return
        st.markdown(f"**{ui.escape(read.title)}**: {words.counted(len(read.questions), 'question')}.")
        st.markdown("\n".join(f"- {ui.escape(one.question)}" for one in read.questions[:12]))
        if st.button("Take the list", type="primary", key="ethics.take"):
            saved = ui.store().save(project_id, read, person=ui.person().id)
            ui.remember("ethics.turn", turn + 1)
            ui.remember(SECTION, saved.id)
            ui.say(f"“{read.title}” is here.")
            st.rerun()
