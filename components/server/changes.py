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
from components.project.store import Store
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
    project, drawn = asked.get("project", ""), asked.get("seen", "")
    try:
        person, store = seen(request)
        if store is None:
            return JSONResponse({"changed": True})
        if "round" in asked:
            return JSONResponse({"changed": store.lights(project, asked["round"]) != drawn})
        changed = str(store.seq(project)) != drawn
        if not changed:
            store.see(person, project, asked.get("screen", ""))
    except NotAllowed:
        return JSONResponse({"changed": True})
    except BadInput:
        return JSONResponse({"changed": False}, status_code=503)
    return JSONResponse({"changed": changed})


def seen(request: Request) -> tuple[str, Store | None]:
    """Return who asks, and the store as they see it; no store where they signed out since the screen was drawn, or never signed in."""
    asked, store = request.query_params, resources.store()
    person, session = asked.get("who", ""), asked.get("session", "")
    if person and hmac.compare_digest(asked.get("mark", "").encode(), _mark(person, session).encode()):
        ended = bool(session) and store.session_ended(session)
        return person, None if ended else store.seen_by(person, known=bool(session) or not sign_in.required())
    if sign_in.required():
        return NOBODY, None
    cookie = request.cookies.get(COOKIE, "")
    person = person_id(cookie) if ID.fullmatch(cookie) else NOBODY
    return person, store.seen_by(person)


def _mark(person: str, session: str) -> str:
    return hmac.new(_key(), f"{person} {session}".encode(), "sha256").hexdigest()[:32]


@cache
def _key() -> bytes:
    """Return what marks are made with: the same on all servers that share a secret for cookies."""
    return (resources.settings().cookie_secret or secrets.token_hex(32)).encode()


ROUTES = (Route("/live.js", script), Route("/changes", changes))
