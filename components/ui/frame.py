"""What stands around every screen: style, logo, navigation, bar and messages."""

from functools import cache
from pathlib import Path

import streamlit as st
from PIL import Image, ImageDraw

from components.errors import BadInput
from components.server import sign_in
from components.theme import LIGHT, Palette
from components.ui import identity, resources, screens, session, signing_in, state
from components.ui.bar import bar
from components.ui.live import live
from components.ui.meeting.strip import strip
from components.ui.only_looking import only_looking
from components.ui.patterns import bad_input
from components.ui.presenting import presenting
from components.ui.rounds.ballot import keep_answers
from components.ui.rounds.sheet import keep_lines
from components.ui.style import BARE, SHEET

LOGO = (Path(__file__).parent / "logo.svg").read_text(encoding="utf-8")


def logo(palette: Palette) -> str:
    """Return the logo, four strata and the name, in the colours of the page."""
    drawn = LOGO.replace('fill="ink"', f'fill="{palette.text}"')
    for number, colour in enumerate(palette.phases, start=1):
        drawn = drawn.replace(f'fill="phase-{number}"', f'fill="{colour}"')
    return drawn


@cache
def mark(palette: Palette) -> Image.Image:
    """Return the four strata alone, as the icon of the browser's tab."""
    picture = Image.new("RGBA", (128, 128), (0, 0, 0, 0))
    drawing = ImageDraw.Draw(picture)
    for number, colour in enumerate(palette.phases):
        half = 24 + 13 * number
        drawing.rounded_rectangle((64 - half, 12 + 28 * number, 64 + half, 32 + 28 * number), radius=10, fill=colour)
    return picture


def run() -> None:
    """Draw the frame and, in it, the screen that the address names."""
    st.set_page_config(page_title="Groundwork", page_icon=mark(LIGHT), layout="wide")
    st.html(SHEET)
    st.logo(logo(session.palette()), size="large")
    page = st.navigation(screens.pages(), position="top")
    screen = next(one for one in screens.SCREENS if one.url_path == page.url_path or (one is screens.START and not page.url_path))
    try:
        session.greet()
        project = session.current(guests=screen.bare)
        if not identity.me().known and not (screen.bare and project):
            signing_in.gate()
            return
        keep_lines()
        keep_answers()
        seq = resources.store().seq(project.id) if project else 0  # before anything is read: what changes from here on is seen
        if project:
            resources.store().see(session.person().id, project.id, screen.title)
        if screen.bare:
            st.html(BARE)
        elif session.presenting():
            presenting(project, screen)
        elif screen.needs_project or project:
            bar(project, screen)
        elif sign_in.required():
            with st.container(horizontal=True, horizontal_alignment="right", key="bar"):
                signing_in.signed_in(session.person().name)
        if project and not screen.bare:
            strip(project, screen)
            if screen.needs_project and not session.presenting():
                only_looking(project)
        for message in state.messages():
            st.toast(message)
        if project and screen is not screens.START:
            live(project.id, seq, screen.title)  # before the screen, which may stop where it is empty
        page.run()
    except BadInput as error:
        bad_input(error, key="frame")
