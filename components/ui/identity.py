"""Who uses this browser: the account at the provider where one is set up, else the random id of the browser's cookie."""

import hashlib
import secrets
from dataclasses import dataclass

import streamlit as st

from components.server import resources, sign_in
from components.server.middleware import COOKIE, ID, person_id
from components.ui import state

LONGEST_NAME = 80


@dataclass(frozen=True)
class Me:
    """Somebody; `known` unless they should sign in and have not. `name` is what the provider calls them."""

    id: str
    known: bool = True
    name: str = ""


def me() -> Me:
    """Return who uses this browser."""
    if not sign_in.required():
        return Me(_browser())
    account = _account()
    return account or Me(_browser(), known=False)


def _browser() -> str:
    sent = st.context.cookies.get(COOKIE)
    return person_id(sent if isinstance(sent, str) and ID.fullmatch(sent) else state.guest_id(secrets.token_urlsafe(24)))


def _account() -> Me | None:
    """Return the account that is signed in; None where nobody is, or they signed out in another tab of this browser."""
    if not st.user.is_logged_in:
        return None
    session = session_id()
    if session is None or resources.store().session_ended(session):
        return None
    said = st.user.to_dict()
    subject = f"{said.get('iss', '')} {said.get('sub', '')}"
    name = next((str(said[one]) for one in ("name", "preferred_username", "email") if said.get(one)), "")
    return Me(hashlib.sha256(subject.encode()).hexdigest()[:32], name=" ".join(name.split())[:LONGEST_NAME])


def session_id() -> str | None:
    """Return the mark of this sign-in: each has a cookie of its own, which all tabs of a browser share."""
    sent = st.context.cookies.get(sign_in.COOKIE)
    return hashlib.sha256(sent.encode()).hexdigest() if isinstance(sent, str) and sent else None


def sign_out() -> None:
    """End the session in every tab of this browser, here and at the provider."""
    session = session_id()
    if session is not None:
        resources.store().end_session(session)
    st.logout()
