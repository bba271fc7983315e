"""What a browser asks every second: whether what its screen shows is still so."""

import hmac
import secrets
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route

from components.errors import BadInput
from components.project.roles import NotAllowed
from components.server import resources, sign_in
from components.server.middleware import COOKIE, ID, person_id

NOBODY = "nobody"
SCRIPT = Path(__file__).parent / "live.js"


def script(_: Request) -> FileResponse:
    """Serve the script that asks."""
    return FileResponse(SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def asker(person: str, session: str) -> dict[str, str]:
    """Return what a browser says of who asks, in words that only this server can have given it."""
    return {"who": person, "session": session, "mark": _mark(person, session)}


def changes(request: Request) -> JSONResponse:
    """Say whether a project, or who takes part in a round, has changed since the screen was drawn; note who looks at it."""
    asked = request.query_params
    project, seen = asked.get("project", ""), asked.get("seen", "")
    try:
        person = _person(request)
        if person is None:
            return JSONResponse({"changed": True})
        store = resources.store().seen_by(person)
        if "round" in asked:
            return JSONResponse({"changed": store.lights(project, asked["round"]) != seen})
        changed = str(store.seq(project)) != seen
        if not changed:
            store.see(person, project, asked.get("screen", ""))
    except NotAllowed:
        return JSONResponse({"changed": True})
    except BadInput:
        return JSONResponse({"changed": False}, status_code=503)
    return JSONResponse({"changed": changed})


def _person(request: Request) -> str | None:
    """Return who asks; None where they signed out since the screen was drawn."""
    asked = request.query_params
    person, session = asked.get("who", ""), asked.get("session", "")
    if person and hmac.compare_digest(asked.get("mark", ""), _mark(person, session)):
        return None if session and resources.store().session_ended(session) else person
    if sign_in.required():
        return None
    cookie = request.cookies.get(COOKIE, "")
    return person_id(cookie) if ID.fullmatch(cookie) else NOBODY


def _mark(person: str, session: str) -> str:
    return hmac.new(_key(), f"{person} {session}".encode(), "sha256").hexdigest()[:32]


@cache
def _key() -> bytes:
    """Return what marks are made with: the same on all servers that share a secret for cookies."""
    return (resources.settings().cookie_secret or secrets.token_hex(32)).encode()


ROUTES = (Route("/live.js", script), Route("/changes", changes))
