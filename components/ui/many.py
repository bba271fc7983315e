"""Lists too long to be drawn whole: found by their words, and a page at a time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st

from components import words
from components.ui import state
from components.ui.patterns import note

T = TypeVar("T")
PAGE, FEW = 24, 8


@contextmanager
def many(
    things: Sequence[T],
    key: str,
    noun: str,
    text: Callable[[T], str],
    *,
    held: Callable[[T], bool] = lambda thing: False,
    page: int = PAGE,
) -> Iterator[list[T]]:
    """Give those of many things that are shown now; what is drawn inside stands between the field that finds and the pages.

    A list that fits on one page is given whole, and nothing is drawn around it.

    Parameters
    ----------
    noun : str
        What one thing is called, in the singular.
    text : callable
        What of a thing is searched: every word that is asked for must stand in it.
    held : callable, optional
        Whether a thing stays in view whatever is asked, because somebody is typing into it.
    """
    if len(things) <= page:
        yield list(things)
        return
    finding, body, turning = st.container(), st.container(), st.container(horizontal=True, horizontal_alignment="center")
    with finding:
        asked = st.text_input(
            f"Find a {noun}",
            key=f"{key}.find",
            placeholder=f"Find among {words.counted(len(things), noun)}",
            icon=":material/search:",
            label_visibility="collapsed",
            width=420,
            max_chars=200,
        )
    wanted = (asked or "").casefold().split()
    found = [thing for thing in things if not held(thing) and all(word in text(thing).casefold() for word in wanted)]
    pages = max(1, -(-len(found) // page))
    with turning:
        number = st.pagination(pages, key=f"{key}.page.{pages}.{asked}") if pages > 1 else 1
    shown = [*(thing for thing in things if held(thing)), *found[(number - 1) * page : number * page]]
    with body:
        if wanted:
            note(f"{words.counted(len(found), noun)} of {len(things)}" if found else f"No {noun} has these words.")
        yield shown


@contextmanager
def few(things: Sequence[T], key: str, noun: str, *, held: Callable[[T], bool] = lambda thing: False, most: int = FEW) -> Iterator[list[T]]:
    """Give the first of many things, and draw a button under them that shows the others; `held` as in `many`."""
    whole = len(things) <= most + 1 or bool(state.value(f"{key}.whole"))
    shown = list(things) if whole else [thing for place, thing in enumerate(things) if place < most or held(thing)]
    yield shown
    if len(shown) < len(things):
        label = f"Show {words.counted(len(things) - len(shown), f'more {noun}')}"
        how = {"type": "tertiary", "icon": ":material/expand_more:", "on_click": state.remember, "args": (f"{key}.whole", True)}
        st.button(label, key=f"{key}.more", **how)  # type: ignore[arg-type]
