"""The state of the installation, as whoever runs it wants to read it: no path, no address, nobody's data."""

import platform

import streamlit as st

from components import __version__, words
from components.server import health
from components.ui.patterns import card, note
from components.ui.screens import screen


def status() -> None:
    """Draw which version runs, and what each store answers."""
    found = health.answers()
    silent = [one.name.lower() for one in found if not one.well]
    st.markdown(f":gray[{screen('project/status').question}]")
    st.title("Everything answers." if not silent else f"Look at: {words.listed(silent)}.", anchor=False)
    st.markdown(f":gray[Groundwork {__version__}, Streamlit {st.__version__}, Python {platform.python_version()}.]")
    for one in found:
        with card(f"status_{one.name.lower().replace(' ', '_')}"), st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{one.name}**", width=170)
            if one.well:
                st.badge("answers", icon=":material/check:", color="green")
            else:
                st.badge("needs a look", icon=":material/error:", color="red")
            st.markdown(one.said, width="content")
            st.space("stretch")
            st.markdown(f":gray[{one.milliseconds:.0f} ms]", width="content")
    note("Asked just now. For monitoring: /healthz answers 200 while the records do, /metrics has figures for Prometheus.")
    st.button("Ask again", icon=":material/refresh:", key="status.again")
