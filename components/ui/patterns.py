"""How every screen speaks: the question and its answer, sections, cards, and what stands there when something is missing or wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.errors import BadInput
from components.ui.definitions import term
from components.ui.session import escape

UNIT = re.compile(r"(?<=[\d–]) (%|points?\b)")
Colour = Literal["green", "orange", "red", "blue", "gray"]
BADGES: dict[str, tuple[str, Colour]] = {
    "pass": (":material/check:", "green"),
    "warn": (":material/warning:", "orange"),
    "fail": (":material/error:", "red"),
    "running": (":material/progress_activity:", "blue"),
    "note": (":material/info:", "gray"),
}


def answer(question: str, headline: str, method: str = "", *, badge: tuple[str, str] | None = None, simulated: str = "") -> None:
    """Draw the head of a screen: the question in grey, its answer as the title, how it was found beneath.

    `badge` is a word and its kind (pass, warn, fail, running, note); `simulated` says how, where a figure rests on simulation.
    Texts are shown as they are written; nothing in them is markdown.
    """
    with st.container(key="answer"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="answer_question"):
            st.markdown(f":gray[{escape(question)}]", width="content")
            if badge:
                icon, colour = BADGES[badge[1]]
                st.badge(escape(badge[0]), icon=icon, color=colour)
            if simulated:
                st.badge("simulated", icon=":material/science:", color="gray", help=simulated)
        st.title(unbroken(headline), anchor=False)
        if method:
            st.markdown(f":gray[{unbroken(method)}]")


def unbroken(text: str) -> str:
    """Return a text to be shown as it is, in which no line breaks between a number and its unit."""
    return UNIT.sub("\u00a0\\1", escape(text))


def section(title: str, note: str = "", about: str = "") -> None:
    """Draw the head of a part of the screen; `about` is the key of the word in the help that explains it."""
    st.markdown(f"## {escape(title)}" + (f"\n:small[:gray[{escape(note)}]]" if note else ""), help=term(about) if about else None)


def card(key: str, *, stretch: bool = False) -> DeltaGenerator:
    """Return a bordered white container; `key` is unique on the screen."""
    return st.container(border=True, key=f"card_{key}", height="stretch" if stretch else "content")


@contextmanager
def empty(question: str, why: str, what_to_do: str, *, headline: str = "Nobody knows yet.", key: str = "empty") -> Iterator[None]:
    """Draw the state before there is anything to show; the body of the `with` holds the first step and the example."""
    answer(question, headline, why)
    with card(key):
        st.markdown(f"**{escape(what_to_do)}**")
        yield


def bad_input(
    error: BadInput, *, headline: str = "", question: str = "", key: str = "bad_input", saved: str = "Nothing was saved."
) -> DeltaGenerator:
    """Draw what is wrong with an input, what was `saved` all the same, what to do about it, and the lines concerned.

    With `headline` the screen's answer says what did not happen. Returns the card, for buttons that lead on.
    """
    if headline:
        answer(question, headline, f"{error.what} {saved}", badge=("not read", "fail"))
    box = card(key)
    with box:
        if not headline:
            st.markdown(f":red[:material/error:] **{escape(error.what)}** {saved}")
        if error.todo:
            st.markdown(f"**What to do.** {escape(error.todo)}" if headline else escape(error.todo))
        if error.lines:
            st.code("\n".join(error.lines), language=None)
    return box


def note(text: str) -> None:
    """Draw a small grey note."""
    st.markdown(f":small[:gray[{unbroken(text)}]]")


def done_line(text: str) -> None:
    """Draw a line that is done."""
    st.markdown(f":green[:material/check:] {escape(text)}")


def open_line(text: str) -> None:
    """Draw a line that is still open."""
    st.markdown(f":orange[:material/radio_button_unchecked:] {escape(text)}")
