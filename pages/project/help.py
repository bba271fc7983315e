"""What a word on the screens means: what it is, how it is computed, and where that comes from."""

import streamlit as st

from components import help, ui, words

QUESTION = "What does it mean, and where does it come from?"
asked = st.query_params.get("about", "")
heading = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="help_search"):
    entry = help.about(asked)
    start = entry.title if entry else asked
    text = st.text_input("Look up", start, max_chars=80, placeholder="agreement, F05, drift, canary …", key=f"help.text.{asked}")
    group = st.pills("Kind", help.GROUPS, default=None if text else help.GROUPS[0], key=f"help.group.{text}")

found = [entry] if entry and text == start else help.found(text)
shown = [one for one in found if group is None or one.group == group]
elsewhere = len(found) - len(shown)
method = ""
if not text:
    headline = f"{words.counted(len(help.entries()), 'word')}: what each is, how it is computed, and where that comes from."
    method = "Read from what the checks, gates and models declare."
elif entry and text == start:
    headline = entry.title
elif found:
    headline = f"{words.counted(len(found), 'entry speaks', 'entries speak')} of “{text}”."
else:
    headline, method = f"Nothing here speaks of “{text}”.", "Try another word, or a part of one."
with heading:
    ui.answer(QUESTION, headline, method)
if elsewhere:
    ui.note(f"{words.counted(elsewhere, 'entry', 'entries')} of other kinds: choose none to see all.")
ui.definitions(shown)
