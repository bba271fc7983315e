"""Judging in a round: what a browser asks for once, what it sends after each key, and items as themselves."""

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from components.errors import BadInput
from components.project.failures import StoreUnavailable
from components.project.roles import GUEST
from components.server import changes, resources
from components.server.changes import SCRIPT

LARGEST = 16_384
LONGEST_SECONDS = 3600.0
FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}
NEVER = {"Cache-Control": "no-store"}
SIGNED_OUT = BadInput("You signed out in another tab.", "Sign in, then go on: what you said is kept.")


def script(_: Request) -> FileResponse:
    """Serve the script that shows items and keeps what is said of them until the server has it."""
    return FileResponse(SCRIPT.with_name("judge.js"), media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def item(request: Request) -> Response:
    """Serve the image or the recording of a row of a version."""
    from components.data import showing  # a server that starts has no item to show, and this imports pandas
    from components.project.data_sets import DataVersion

    asked = request.query_params
    _, seen = changes.seen(request)
    try:
        row = int(asked.get("row", ""))
        if seen is None or not seen.may(asked.get("project", ""), GUEST):
            raise BadInput("This project isn't here.", "Ask its owner for an invitation.")
        version = resources.store().get(asked.get("project", ""), DataVersion, asked.get("version", ""))
        if version is None:
            raise BadInput("This version of the data isn't here.", "Choose another one.")
        content, kind = showing.media(resources.files(), version.body, row)
    except (BadInput, ValueError) as error:
        return JSONResponse({"what": str(error)}, status_code=404, headers=NEVER)
    return Response(content, media_type=kind, headers=FOREVER)


def sheet(request: Request) -> JSONResponse:
    """Say what somebody is asked in a round, and what they said so far: nothing of anybody else."""
    from components.data.rulebook import rounds

    asked = request.query_params
    person, seen = changes.seen(request)
    try:
        if seen is None:
            raise SIGNED_OUT
        seen.check_round(asked.get("project", ""), asked.get("round", ""))
        told = rounds.sheet(resources.store(), resources.files(), asked.get("project", ""), asked.get("round", ""), person)
    except BadInput as error:
        return _refused(error)
    return JSONResponse(told, headers=NEVER)


async def judge(request: Request) -> JSONResponse:
    """Keep one judgement; the same one twice is kept once."""
    if request.headers.get("content-type", "").split(";")[0] != "application/json":
        return JSONResponse({"what": "This is no judgement."}, status_code=415, headers=NEVER)
    body = await request.body()
    if len(body) > LARGEST:
        return JSONResponse({"what": "This judgement is too long."}, status_code=413, headers=NEVER)
    return await run_in_threadpool(_judged, body, request)


def _judged(body: bytes, request: Request) -> JSONResponse:
    from components.data.rulebook.round_result import AT, LABEL, SECONDS
    from components.project.rounds import Round

    person, store = changes.seen(request)
    try:
        if store is None:
            raise SIGNED_OUT
        said: dict[str, Any] = json.loads(body, parse_constant=_no_number)
        project, round_id = str(said["project"]), str(said["round"])
        if "done" in said:
            store.finish(project, round_id, person, bool(said["done"]))
            return JSONResponse({"kept": True}, headers=NEVER)
        card, label = str(said["card"]), said["label"]
        found = store.get(project, Round, round_id)
        if found is None or found.body.purpose != "judge" or card not in {one.id for one in found.body.cards}:
            raise BadInput("There is no such item in this round.", "Reload the page.")
        if label is None:
            store.withdraw(project, round_id, person, card)
            return JSONResponse({"kept": True}, headers=NEVER)
        if label not in {choice.value for choice in found.body.questions[0].choices}:
            raise BadInput("There is no such answer in this round.", "Reload the page.")
        at = float(said.get("at") or 0.0)
        there = next((one for one in store.votes(project, round_id, person) if one.voter == person and one.card == card), None)
        if there is not None and float(there.answers.get(AT, 0.0)) > at:
            return JSONResponse({"kept": True}, headers=NEVER)  # another tab said something newer before this one came through
        seconds = min(max(float(said.get("seconds") or 0.0), 0.0), LONGEST_SECONDS)
        answers = {LABEL: float(label), SECONDS: round(seconds, 2), AT: at}
        store.cast(project, round_id, person, card, answers, str(said.get("note") or ""))
    except BadInput as error:
        return _refused(error)
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError):
        return JSONResponse({"what": "This is no judgement."}, status_code=400, headers=NEVER)
    return JSONResponse({"kept": True}, headers=NEVER)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _refused(error: BadInput) -> JSONResponse:
    return JSONResponse(
        {"what": error.what, "todo": error.todo}, status_code=503 if isinstance(error, StoreUnavailable) else 409, headers=NEVER
    )


ROUTES = (
    Route("/judge.js", script),
    Route("/item", item),
    Route("/judging", sheet, methods=["GET"]),
    Route("/judging", judge, methods=["POST"]),
)
