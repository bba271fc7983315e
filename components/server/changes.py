"""What a browser asks every second: whether what its screen shows is still so."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route

from components.errors import BadInput
from components.server import resources
from components.server.middleware import COOKIE, ID, person_id

SCRIPT = Path(__file__).parent / "live.js"


def script(_: Request) -> FileResponse:
    """Serve the script that asks."""
    return FileResponse(SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def changes(request: Request) -> JSONResponse:
    """Say whether a project, or who takes part in a round, has changed since the screen was drawn; note who looks at it."""
    asked, store = request.query_params, resources.store()
    project, seen = asked.get("project", ""), asked.get("seen", "")
    try:
        if "round" in asked:
            return JSONResponse({"changed": store.lights(project, asked["round"]) != seen})
        changed = str(store.seq(project)) != seen
        cookie = request.cookies.get(COOKIE, "")
        if not changed and ID.fullmatch(cookie):
            store.see(person_id(cookie), project, asked.get("screen", ""))
    except BadInput:
        return JSONResponse({"changed": False}, status_code=503)
    return JSONResponse({"changed": changed})


ROUTES = (Route("/live.js", script), Route("/changes", changes))
