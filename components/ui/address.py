"""The address under which colleagues reach this server, for links and QR codes on the projector."""

from functools import cache
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st
from streamlit import config

from components.server.address import ANYWHERE, reachable
from components.ui import resources, screens

HERE = ("localhost", "127.0.0.1", "::1")


def invitation(path: str, **query: str) -> tuple[str, bool]:
    """Return the address of a screen for colleagues, and whether they reach it: not where this server listens on this machine only."""
    server = _server()
    address = f"{server}/{screens.screen(path).url_path}?{urlencode(query)}"
    return address, urlsplit(server).hostname not in HERE


def _server() -> str:
    public = resources.settings().public_url
    if public:
        return public
    seen = urlsplit(st.context.url or "http://localhost:8501")
    if seen.hostname not in HERE:
        return f"{seen.scheme}://{seen.netloc}"
    host = config.get_option("server.address") or ANYWHERE[0]
    return f"{seen.scheme}://{reachable(host)}:{seen.port or 80}"


@cache
def qr(address: str) -> str:
    """Return a QR code as an SVG picture: dark on white in every theme, since cameras want it so."""
    return segno.make(address, error="m", micro=False).svg_inline(scale=8, border=3, dark="#1B252D", light="#FFFFFF")
