"""The address under which colleagues reach this server, for links and QR codes on the projector."""

import socket
from functools import cache
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st
from streamlit import config

from components.ui import resources, screens

ANYWHERE = ("0.0.0.0", "::")
HERE = ("localhost", "127.0.0.1", "::1")


@cache
def reachable(host: str) -> str:
    """Return the name under which colleagues reach this machine when it listens on `host`."""
    if host not in ANYWHERE:
        return "localhost" if host == "127.0.0.1" else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # no packet is sent: this only asks which interface would be used
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


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
