"""Signing in and out, where the installation names a provider of accounts."""

import streamlit as st

from components.ui import identity
from components.ui.patterns import answer, card, note
from components.ui.session import INVITE, escape


def gate() -> None:
    """Ask to sign in, where a screen needs an account and there is none."""
    answer("Who are you?", "Sign in to see your team's projects.", "Groundwork takes your name from your organisation's account.")
    with card("sign_in"):
        invited = INVITE in st.query_params
        if invited:
            st.markdown("**You were invited to a project.** Sign in, then open the link once more.")
        st.button("Sign in", type="primary", icon=":material/login:", key="sign_in", on_click=st.login)
        if not invited:
            note("To answer in a round, open its link or scan its code: that takes no account.")


def signed_in(name: str) -> None:
    """Draw who is signed in, and the way out."""
    with st.popover(escape(name), type="tertiary", icon=":material/person:", key="bar.me"):
        st.markdown("Your name comes from your organisation's account.")
        st.button("Sign out", icon=":material/logout:", key="bar.sign_out", on_click=identity.sign_out)
