"""Long work on reports: drawing the charts takes a second and must not hold the server."""

from datetime import UTC, datetime
from typing import Any

from components.jobs.work import Work
from components.report.html import html
from components.report.records import Report
from components.report.sections import SECTIONS


def render(work: Work) -> dict[str, Any]:
    """Make the report and keep it. `params`: `sections`, names in any order."""
    wanted = [name for name in SECTIONS if name in work.params.get("sections", SECTIONS)]
    work.progress(0.1, "Drawing the charts")
    seq = work.store.seq(work.project_id)
    text = html(work.store, work.files, work.project_id, wanted)
    body = Report(file=work.files.put(text.encode()), sections=wanted, made_on=datetime.now(UTC).date().isoformat(), seq=seq)
    work.store.put(work.project_id, body, person=work.person, id="report")
    return {"file": body.file}
