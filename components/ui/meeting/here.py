"""The meeting that is running, and who is in it; read once for each state that the project was in."""

from functools import lru_cache

from components.project.meetings import Meeting, Seat, running, seat_id
from components.project.records import Record
from components.ui import resources
from components.ui.session import person


def meeting_now(project_id: str) -> Record[Meeting] | None:
    """Return the meeting that is running in a project."""
    return _running(project_id, resources.store().seq(project_id))


def seats(meeting: Record[Meeting]) -> dict[str, str]:
    """Return the names of who is in a meeting, by the ids of their seats."""
    return _seats(meeting.project_id, meeting.id, resources.store().seq(meeting.project_id))


def seated(meeting: Record[Meeting]) -> bool:
    """Whether whoever uses this browser is in a meeting."""
    return seat_id(meeting.id, person().id) in seats(meeting)


@lru_cache(maxsize=256)
def _running(project_id: str, seq: int) -> Record[Meeting] | None:
    return running(resources.store(), project_id)


@lru_cache(maxsize=256)
def _seats(project_id: str, meeting_id: str, seq: int) -> dict[str, str]:
    records = resources.store().all(project_id, Seat)
    return {record.id: record.body.name for record in records if record.body.meeting == meeting_id and record.body.here}
