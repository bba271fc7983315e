"""The server: `python app.py` serves Groundwork, and so does `streamlit run app.py`."""

import logging
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import config

from components import __version__
from components.demo import ensure
from components.errors import BadInput
from components.ui import resources
from components.ui.middleware import PersonCookie, SecurityHeaders

ROOT = Path(__file__).resolve().parent
ANYWHERE = "0.0.0.0"  # noqa: S104 - what somebody chose by HOST


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Open the stores before the first screen, end the workers after the last."""
    store, runner = resources.store(), resources.runner()
    store.expire(datetime.now(UTC))
    runner.warm()
    ensure(store, runner)
    yield
    resources.close()


def healthz(_: Request) -> JSONResponse:
    """Say whether the database answers."""
    try:
        resources.store().ping()
    except BadInput as error:
        return JSONResponse({"status": "unavailable", "database": error.what}, status_code=503)
    return JSONResponse({"status": "ok", "database": "ok", "version": __version__})


def address() -> tuple[str, int]:
    """Return the host and port to listen on, from HOST and PORT."""
    return os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8501"))


def reachable(host: str) -> str:
    """Return the name under which colleagues reach this machine."""
    if host != ANYWHERE:
        return "localhost" if host == "127.0.0.1" else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # no packet is sent: this only asks which interface would be used
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def allowed_hosts(host: str) -> list[str]:
    """Return the names that a request may ask for: this machine's own, and those of GROUNDWORK_ALLOWED_HOSTS."""
    named = [name for name in os.environ.get("GROUNDWORK_ALLOWED_HOSTS", "").split(",") if name]
    return [*named, *dict.fromkeys([reachable(host), socket.gethostname(), "localhost", "127.0.0.1"])]


def sentence_instead(_: Exception) -> bool:
    """Show a sentence where a screen failed; the cause is in the log."""
    st.markdown(":red[:material/error:] **Something went wrong here that we did not foresee.** What was saved is safe.")
    st.markdown("Reload the page. If it happens again, the server's log says more.")
    return True


app = st.App(
    ROOT / "pages" / "frame.py",
    lifespan=lifespan,
    routes=[Route("/healthz", healthz)],
    middleware=[Middleware(SecurityHeaders), Middleware(PersonCookie)],
    on_script_error=sentence_instead,
)


def serve() -> None:
    """Serve until stopped."""
    import uvicorn

    host, port = address()
    config.set_option("server.allowedHosts", allowed_hosts(host))
    config.set_option("server.address", host)
    config.set_option("server.port", port)
    shared = f", and for colleagues in your network http://{reachable(host)}:{port}" if host == ANYWHERE else ""
    print(f"Groundwork is at http://localhost:{port}{shared}", flush=True)  # noqa: T201 - the one line that says where
    uvicorn.run(app, host=host, port=port, log_level="warning", ws_max_size=210 * 1024 * 1024)


if __name__ == "__main__":
    os.chdir(ROOT)
    logging.basicConfig(level=logging.WARNING)
    serve()
