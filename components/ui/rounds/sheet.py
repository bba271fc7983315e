"""Writing silently: a line for each card, kept the moment it leaves its field; nothing is shown of what others write.

Lines are kept by comparing what their fields hold with what is saved, at the start of every run: Streamlit abandons a callback that
reads a widget while the next change is already waiting, and skips the run of a fragment that is just being drawn anew, and forgets what
its fields held.
"""

from dataclasses import dataclass

import streamlit as st

from components import words
from components.errors import BadInput
from components.project.projects import new_id
from components.project.records import Record
from components.project.rounds import Ballot, Round, Vote
from components.scoping.wording import ai_hint
from components.scoping.writing import as_card, longest, place_of, places, text_of, written
from components.ui import resources, state
from components.ui.live import countdown
from components.ui.patterns import answer, card, note
from components.ui.rounds.inviting import progress
from components.ui.rounds.revealing import done, reveal_if_all_are_done
from components.ui.session import escape, person

BLANK = 3
PAUSE = "3s"
"""After this pause a line is kept even if nobody leaves it: a field that a lost network locked is never left."""
LINES = "write.lines"


@dataclass
class Line:
    """A line of this tab: where it belongs, what is saved of it, and what could not be saved, with the reason."""

    project: str
    round: str
    voter: str
    place: str
    card: str
    saved: str = ""
    unsaved: str = ""
    why: str = ""


def keep_lines() -> None:
    """Keep what somebody wrote since the last run."""
    lines: dict[str, Line] = state.value(LINES, {})
    for key, line in lines.items():
        text = str(state.widget(key, line.saved) or "")
        if text != line.saved:
            _keep(line, text)


def _keep(line: Line, text: str) -> None:
    """Keep a line; one that was emptied is taken back. Changes the line alone, so that nothing can come in between."""
    store, me = resources.store(), person().id
    try:
        if text.strip():
            store.cast(line.project, line.round, me, line.card, written(text, line.place), voter=line.voter)
        else:
            store.withdraw(line.project, line.round, me, line.card, voter=line.voter)
    except BadInput as error:
        line.unsaved, line.why = text, str(error)
    else:
        line.saved, line.unsaved, line.why = text, "", ""


def writing(found: Record[Round], ballots: list[Ballot], voter: Ballot) -> None:
    """Draw what somebody writes where nothing else is on the screen, and how far the others are."""
    reveal_if_all_are_done(found, ballots)
    answer("Write silently", found.body.title, progress(ballots))
    if found.body.ends_at and not voter.done:
        countdown(found.body.ends_at)
    sheet(found, voter)


def sheet(found: Record[Round], voter: Ballot) -> None:
    """Draw the lines on which somebody writes; once they are done, what they wrote."""
    mine = {vote.card: vote for vote in resources.store().votes(found.project_id, found.id, person().id) if vote.voter == voter.voter}
    note(_told(voter, len(mine)))
    for place, title in places(found.body):
        if title:
            st.markdown(f"**{escape(title)}**")
        if voter.done:
            _read(mine, place)
        else:
            _lines(found, voter, mine, place)
    _buttons(found, voter)


def _told(voter: Ballot, lines: int) -> str:
    whose = f"{voter.name} has" if voter.by_proxy else "You have"
    if voter.done:
        return f"{whose} written {words.counted(lines, 'card')}, and nobody sees them before the reveal."
    return "One thought a line; a line is kept as soon as you leave it. Nobody else sees it before the reveal."


def _read(mine: dict[str, Vote], place: str) -> None:
    texts = [text_of(vote) for vote in mine.values() if place_of(vote) == place]
    st.markdown("\n".join(f"- {escape(text)}" for text in texts) or ":gray[Nothing written.]")


def _lines(found: Record[Round], voter: Ballot, mine: dict[str, Vote], place: str) -> None:
    """Draw a line for each card of a place, and some empty ones beneath, so that the next one is always there."""
    known: dict[str, Line] = state.value(LINES, {})
    name = f"write.{found.id}.{voter.voter}.{place}"
    lines = {line.card: (key, line) for key, line in known.items() if key.startswith(f"{name}.")}
    there = [vote.card for vote in mine.values() if place_of(vote) == place]
    blank = sum(id_ not in mine and not line.unsaved for id_, (_, line) in lines.items())
    fresh = [id_ for id_ in there if id_ not in lines] + [new_id() for _ in range(max(0, BLANK - blank))]
    for id_ in fresh:
        lines[id_] = (f"{name}.{id_}", Line(found.project_id, found.id, voter.voter, place, id_))
    state.remember(LINES, {**known, **dict(lines.values())})
    with st.container(key=f"sheet_{place or 'problems'}", gap="xsmall"):
        for number, (id_, (key, line)) in enumerate(lines.items(), start=1):
            saved = text_of(mine[id_]) if id_ in mine else ""
            if not state.has_widget(key) or (saved != line.saved and not line.unsaved):
                state.set_widget(key, line.unsaved or saved)
                line.saved = saved
            st.text_input(
                f"Line {number}",
                key=key,
                max_chars=longest(place),
                live=PAUSE,
                placeholder="write here" if number == 1 else "…",
                label_visibility="collapsed",
            )
            hint = "" if place else ai_hint(saved)
            if hint:
                st.markdown(f":small[:orange[:material/lightbulb:] {escape(hint)}]")
            if line.why:
                st.markdown(f":small[:red[:material/error:] Not saved yet. {escape(line.why)}]")


def _buttons(found: Record[Round], voter: Ballot) -> None:
    if voter.done:
        st.button("Write more", key="write.again", icon=":material/undo:", on_click=_again, args=(found, voter.voter))
    elif any(line.why for line in state.value(LINES, {}).values()):
        note("A line could not be saved yet: look at it before you are done.")
    else:
        args = (found, voter.voter)
        st.button("I'm done", key="write.finish", type="primary", icon=":material/check:", on_click=done, args=args)


def _again(found: Record[Round], voter: str) -> None:
    try:
        resources.store().finish(found.project_id, found.id, person().id, done=False, voter=voter)
    except BadInput as error:
        state.say(str(error))


def late_lines(project_id: str) -> None:
    """Draw what this tab could not save before the reveal, so that nothing is lost; each line can still become a card."""
    known: dict[str, Line] = state.value(LINES, {})
    late = {key: line for key, line in known.items() if line.unsaved.strip() and line.project == project_id}
    if not late:
        return
    with card("late"):
        st.markdown("**This came after the reveal.** It is on your screen only.")
        for key, line in late.items():
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(escape(line.unsaved), width="content")
                st.button("Add it to the board", key=f"write.late.{line.card}", type="tertiary", on_click=_add_late, args=(key, line))


def _add_late(key: str, line: Line) -> None:
    body = as_card(line.unsaved, line.place)
    try:
        if body is not None:
            resources.store().save(line.project, body, person=person().id, id=line.card)
    except BadInput as error:
        state.say(str(error))
    else:
        state.remember(LINES, {other: one for other, one in state.value(LINES, {}).items() if other != key})
