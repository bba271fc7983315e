"""What the projector shows while a round runs: how one joins, and who is done."""

from collections.abc import Sequence

import streamlit as st

from components import words
from components.project.records import Record
from components.project.rounds import Ballot, Round
from components.server import sign_in
from components.ui import address, resources, session
from components.ui.patterns import note
from components.ui.session import escape

HERE_ONLY = (
    "This server listens on this machine only, so colleagues can't reach it: start it with HOST=0.0.0.0 or set GROUNDWORK_PUBLIC_URL."
)


def invitation(found: Record[Round]) -> None:
    """Draw how colleagues join a round."""
    path = "data/judge" if found.body.purpose == "judge" else "scoping/join"
    join_by(path, project=found.project_id, round=found.id, **_ticket(found))


def _ticket(found: Record[Round]) -> dict[str, str]:
    """Return what lets people without a role answer in this round, where not everybody with the address may change the project."""
    store = resources.store()
    project = store.project(found.project_id)
    if project is None or (project.everyone == "editor" and not sign_in.required()) or not store.may(project.id, "editor"):
        return {}
    return {session.TICKET: store.ticket(found.project_id, found.id, by=session.person().id).token}


def join_by(path: str, **query: str) -> None:
    """Draw the QR code and the link by which colleagues reach a screen, and say so when they can't reach this server."""
    link, reachable = address.invitation(path, **query)
    with st.container(key="invitation"):
        st.image(address.qr(link), width=260, alt=f"QR code of {link}")
        st.markdown(f":small[{escape(link)}]")
        if not reachable:
            st.markdown(f":small[:orange[:material/warning:] {escape(HERE_ONLY)}]")
        note("Point a phone's camera at it, or type the address.")


def lights(ballots: Sequence[Ballot]) -> None:
    """Draw who takes part and who is done: never what they say."""
    if not ballots:
        st.markdown(":gray[Nobody has joined yet.]")
        return
    with st.container(horizontal=True, gap="small", key="lights"):
        for one in ballots:
            name = escape(one.name)
            if one.done:
                st.badge(name, icon=":material/check:", color="green")
            else:
                st.badge(name, icon=":material/radio_button_unchecked:", color="gray")


def so_far(found: Record[Round], ballots: Sequence[Ballot]) -> str:
    """Say to somebody who is done how many others are, and whether more people are waited for."""
    least = found.body.least or 0
    more = f"; {least} are expected" if least > len(ballots) else ""
    return f"Done: {sum(one.done for one in ballots)} of {len(ballots)} who joined{more}."


def progress(ballots: Sequence[Ballot]) -> str:
    """Say how far the round is."""
    if not ballots:
        return "Waiting for the first to join."
    done = sum(one.done for one in ballots)
    return (
        f"{words.counted(len(ballots), 'person', 'people')} joined, {done} done."
        if done < len(ballots)
        else f"All {len(ballots)} are done."
    )
