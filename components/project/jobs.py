"""What is known of long work: who asked for what, how far it is, how it ended. Running it is another matter (components/jobs)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from components.project import schema
from components.project.database import Database
from components.project.projects import new_id, rise

LIVING = ("queued", "running")


@dataclass(frozen=True)
class Job:
    """One piece of long work. `state`: queued, running, done, failed, cancelled, lost."""

    id: str
    project_id: str
    task: str
    title: str
    params: dict[str, Any]
    state: str
    share: float
    message: str
    submitted_by: str
    submitted_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error: str
    result: dict[str, Any]
    server: str

    @property
    def living(self) -> bool:
        """Whether it is still waiting or running."""
        return self.state in LIVING


class Jobs:
    """The part of the store that keeps long work."""

    database: Database

    def add_job(self, project_id: str, task: str, params: dict[str, Any], title: str, person: str, server: str) -> str:
        """Note a piece of work as queued and return its id; colleagues' screens see it."""
        now = datetime.now(UTC)
        job = Job(new_id(), project_id, task, title, params, "queued", 0.0, "", person, now, None, None, "", {}, server)
        with self.database.write() as connection:
            rise(connection, project_id, now)
            connection.execute(sa.insert(schema.job).values(**job.__dict__))
        return job.id

    def job(self, job_id: str) -> Job | None:
        """Return a piece of work."""
        with self.database.read() as connection:
            row = connection.execute(sa.select(schema.job).where(schema.job.c.id == job_id)).one_or_none()
        return None if row is None else Job(**row._mapping)

    def jobs(self, project_id: str, task: str | None = None) -> list[Job]:
        """Return the work of a project, the newest first."""
        query = sa.select(schema.job).where(schema.job.c.project_id == project_id).order_by(schema.job.c.submitted_at.desc())
        if task is not None:
            query = query.where(schema.job.c.task == task)
        with self.database.read() as connection:
            return [Job(**row._mapping) for row in connection.execute(query)]

    def start_job(self, job_id: str) -> None:
        """Note that a worker has begun."""
        self._set(job_id, {"state": "running", "started_at": datetime.now(UTC)})

    def progress(self, job_id: str, share: float, message: str) -> None:
        """Note how far a piece of work is."""
        self._set(job_id, {"share": share, "message": message})

    def end_job(self, job_id: str, state: str, *, error: str = "", result: dict[str, Any] | None = None) -> None:
        """Note how a piece of work ended; the first ending stays."""
        now = datetime.now(UTC)
        values = {"state": state, "error": error, "result": result or {}, "finished_at": now}
        with self.database.write() as connection:
            table = schema.job
            query = sa.update(table).where(table.c.id == job_id, table.c.state.in_(LIVING)).values(**values).returning(table.c.project_id)
            project_id = connection.execute(query).scalar()
            if project_id is not None:
                bump = sa.update(schema.project).where(schema.project.c.id == project_id)
                connection.execute(bump.values(seq=schema.project.c.seq + 1))

    def lose_jobs(self, server: str) -> int:
        """Mark as lost what servers other than this one have left behind, and return how much."""
        table = schema.job
        gone = "The server stopped while this was running. Nothing was lost but the time: start it again."
        with self.database.write() as connection:
            query = sa.update(table).where(table.c.state.in_(LIVING), table.c.server != server)
            return connection.execute(query.values(state="lost", error=gone, finished_at=datetime.now(UTC))).rowcount

    def _set(self, job_id: str, values: dict[str, Any]) -> None:
        table = schema.job
        with self.database.write() as connection:
            connection.execute(sa.update(table).where(table.c.id == job_id, table.c.state.in_(LIVING)).values(**values))
