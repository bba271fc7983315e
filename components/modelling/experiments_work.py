"""Long work on experiments: reading the runs of the MLflow store, and running one of them again."""

import json
from datetime import UTC, datetime
from typing import Any

from components.errors import BadInput
from components.jobs.work import Work
from components.modelling import tracking
from components.modelling.addresses import without_secrets
from components.modelling.records import RunIndex

RUNS = "runs"


def refresh(work: Work) -> dict[str, Any]:
    """Read the runs of the store, ours or the team's, and keep their list."""
    work.progress(0.1, "Reading the runs of the MLflow store")
    return {"runs": keep_runs(work)}


def keep_runs(work: Work) -> int:
    """Keep the list of the runs as a file, and where it is as a record; returns how many there are."""
    found = tracking.runs(work.settings, work.project_id)
    file = work.files.put(json.dumps(found, ensure_ascii=False).encode())
    body = RunIndex(store=without_secrets(work.settings.tracking_uri), file=file, runs=len(found), read_at=datetime.now(UTC))
    work.store.put(work.project_id, body, person=work.person, id=RUNS)
    return len(found)


def kept_runs(work: Work) -> list[dict[str, Any]]:
    """Return the list of the runs as it was read last."""
    index = work.store.get(work.project_id, RunIndex, RUNS)
    if index is None:
        raise BadInput("The runs have not been read yet.", "Read them first.")
    found: list[dict[str, Any]] = json.loads(work.files.read(index.body.file))
    return found
