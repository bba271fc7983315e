"""The server: `python app.py` serves Groundwork, and so does `streamlit run app.py`."""

import errno
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import config

# The screens declare their caches before there is a server, which Streamlit would report, once for each.
logging.getLogger("streamlit.runtime.caching.cache_data_api").setLevel(logging.ERROR)

from components import __version__
from components.demo import ensure
from components.errors import BadInput
from components.jobs.runner import Runner
from components.project.sweep import sweep
from components.server import changes, judging, logs, metrics, resources, sign_in
from components.server.address import ANYWHERE, reachable
from components.server.middleware import PersonCookie, SecurityHeaders

ROOT = Path(__file__).resolve().parent
LOCAL = "localhost"
MESSAGE_BYTES = 210 * 1024 * 1024
SCREEN_FIRST = 4
"""Seconds that a worker waits with its own imports, which would take a processor from the first screen."""


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Open the stores before the first screen, end the workers after the last."""
    store, runner = resources.store(), resources.runner()
    threading.Thread(target=prepare, args=(runner,), name="prepare", daemon=True).start()
    if store.expire(datetime.now(UTC)):
        sweep(store, resources.files())
    ensure(store, runner)
    yield
    resources.close()


def prepare(runner: Runner) -> None:
    """Import what draws the screens, while a browser loads its page; once that is drawn, start a worker ahead of the first job."""
    import_module("components.ui.frame")
    time.sleep(SCREEN_FIRST)
    runner.warm()


def healthz(_: Request) -> JSONResponse:
    """Say whether the database answers."""
    try:
        resources.store().ping()
    except BadInput as error:
        return JSONResponse({"status": "unavailable", "database": error.what}, status_code=503)
    return JSONResponse({"status": "ok", "database": "ok", "version": __version__})


def address() -> tuple[str, int]:
    """Return the host and port to listen on, from HOST and PORT."""
    port = os.environ.get("PORT") or "8501"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise BadInput(f"PORT is “{port}”, which is no port.", "Give a number from 1 to 65535.")
    return os.environ.get("HOST") or "127.0.0.1", int(port)


def allowed_hosts(host: str) -> list[str]:
    """Return the names that a request may ask for: this machine's own, and those of GROUNDWORK_ALLOWED_HOSTS."""
    named = [name for name in os.environ.get("GROUNDWORK_ALLOWED_HOSTS", "").split(",") if name]
    return [*named, *dict.fromkeys([reachable(host), socket.gethostname(), "localhost", "127.0.0.1"])]


def sentence_instead(error: Exception) -> bool:
    """Show a sentence where a screen failed, or refused what was asked of it; the cause is in the log."""
    if isinstance(error, BadInput):
        import_module("components.ui.patterns").bad_input(error, key="refused")
        return True
    st.markdown(":red[:material/error:] **Something went wrong here that we did not foresee.** What was saved is safe.")
    st.markdown("Reload the page. If it happens again, the server's log says more.")
    return True


def provider() -> dict[str, Any]:
    """Return the secrets that `st.login` reads; what is missing of them is said when the server starts."""
    try:
        found = sign_in.section()
    except BadInput:
        found = None
    return {"auth": found} if found else {}


app = st.App(
    ROOT / "pages" / "frame.py",
    lifespan=lifespan,
    secrets=provider(),
    routes=[Route("/healthz", healthz), *changes.ROUTES, *judging.ROUTES, *metrics.ROUTES],
    middleware=[Middleware(metrics.Counted), Middleware(SecurityHeaders), Middleware(PersonCookie)],
    on_script_error=sentence_instead,
)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that is bound; its accepted connections send small messages at once, which takes the protocol to be named here."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        what = f"Groundwork can't listen on {host}, port {port}: {error.strerror}."
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise BadInput(what, "Let HOST be an address of this machine: HOST=127.0.0.1 make run.") from error
        raise BadInput(what, "Choose another: PORT=8502 make run.") from error
    return bound


class Server(uvicorn.Server):
    """Says where it is once it answers."""

    def __init__(self, settings: uvicorn.Config, welcome: str) -> None:
        super().__init__(settings)
        self.welcome = welcome

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            print(self.welcome, flush=True)  # noqa: T201 - the one line that says where


def serve() -> None:
    """Serve until stopped."""
    host, port = address()
    bound = listen(host, port)
    config.set_option("server.allowedHosts", allowed_hosts(host))
    config.set_option("server.address", host)
    config.set_option("server.port", port)
    sign_in.section()
    resources.store()
    shared = f", and for colleagues in the same network at http://{reachable(host)}:{port}" if host in ANYWHERE else ""
    settings = uvicorn.Config(
        app,
        log_level="warning",
        ws="websockets-sansio",
        ws_max_size=MESSAGE_BYTES,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=3,
    )
    Server(settings, f"Groundwork is at http://{LOCAL if host in ANYWHERE else reachable(host)}:{port}{shared}").run(sockets=[bound])


def main() -> None:
    """Serve; what can't be served is one line and exit code 2."""
    os.chdir(ROOT)
    try:
        logs.set_up()
        serve()
    except BadInput as error:
        sys.exit(_said(error))
    except KeyboardInterrupt:
        sys.exit(130)


def _said(error: BadInput) -> int:
    sys.stderr.write(f"groundwork: {' '.join(str(error).split())}\n")
    return 2


if __name__ == "__main__":
    main()
