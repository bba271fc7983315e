"""What is known of long work: who asked for what, how far it is, how it ended. Running it is another matter (components/jobs)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from components.project import schema
from components.project.order import rise
from components.project.plain import finite, line
from components.project.projects import new_id
from components.project.roles import Roles

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


class Jobs(Roles):
    """The part of the store that keeps long work."""

    def add_job(self, project_id: str, task: str, params: dict[str, Any], title: str, person: str, server: str) -> str:
        """Note a piece of work as queued and return its id; colleagues' screens see it."""
        now = datetime.now(UTC)
        job = Job(new_id(), project_id, task, line(title), finite(params), "queued", 0.0, "", person, now, None, None, "", {}, server)
        with self.database.write() as connection:
            rise(connection, project_id, now)
            self.allow(connection, project_id, person)
            connection.execute(sa.insert(schema.job).values(**job.__dict__))
        return job.id

    def job(self, job_id: str) -> Job | None:
        """Return a piece of work."""
        with self.database.read() as connection:
            row = connection.execute(sa.select(schema.job).where(schema.job.c.id == job_id)).one_or_none()
        return None if row is None or not self.may(row.project_id, "viewer") else Job(**row._mapping)

    def jobs(self, project_id: str, task: str | None = None) -> list[Job]:
        """Return the work of a project, the newest first."""
        self.check(project_id)
        query = (
            sa.select(schema.job).where(schema.job.c.project_id == project_id).order_by(schema.job.c.submitted_at.desc(), schema.job.c.id)
        )
        if task is not None:
            query = query.where(schema.job.c.task == task)
        with self.database.read() as connection:
            return [Job(**row._mapping) for row in connection.execute(query)]

    def start_job(self, job_id: str) -> bool:
        """Note that a worker has begun; False where the work was cancelled meanwhile."""
        return self._set(job_id, {"state": "running", "started_at": datetime.now(UTC)})

    def progress(self, job_id: str, share: float, message: str) -> bool:
        """Note how far a piece of work is (0 to 1); False where it was cancelled, or its project deleted."""
        return self._set(job_id, {"share": min(max(share, 0.0), 1.0), "message": line(message)})

    def end_job(self, job_id: str, state: str, *, error: str = "", result: dict[str, Any] | None = None) -> None:
        """Note how a piece of work ended; the first ending stays. Figures in `result` that are no numbers become null."""
        values = {"state": state, "error": line(error), "result": finite(result or {}), "finished_at": datetime.now(UTC)}
        table = schema.job
        with self.database.write() as connection:
            query = sa.select(table.c.project_id).where(table.c.id == job_id, table.c.state.in_(LIVING))
            project_id = connection.execute(query).scalar()
            if project_id is not None:
                self._stir(connection, [project_id])
                connection.execute(sa.update(table).where(table.c.id == job_id, table.c.state.in_(LIVING)).values(**values))

    def states(self, job_ids: Iterable[str]) -> dict[str, str]:
        """Return the states of pieces of work; those whose project was removed are missing."""
        table = schema.job
        with self.database.read() as connection:
            rows = connection.execute(sa.select(table.c.id, table.c.state).where(table.c.id.in_(list(job_ids))))
            return {row.id: row.state for row in rows}

    def job_counts(self) -> dict[str, int]:
        """Return how much long work is in each state, of all projects."""
        table = schema.job
        with self.database.read() as connection:
            rows = connection.execute(sa.select(table.c.state, sa.func.count()).group_by(table.c.state))
            return {state: number for state, number in rows}  # noqa: C416 - a row is no pair to mypy

    def beat(self, server: str) -> None:
        """Note that a server is alive."""
        with self.database.write() as connection:
            self.database.upsert(connection, schema.server, id=server, seen_at=datetime.now(UTC))

    def working_servers(self) -> dict[str, datetime | None]:
        """Return the servers that have living work, and when each was last seen."""
        job, server = schema.job, schema.server
        query = sa.select(job.c.server, server.c.seen_at).join(server, server.c.id == job.c.server, isouter=True)
        with self.database.read() as connection:
            return {row.server: row.seen_at for row in connection.execute(query.where(job.c.state.in_(LIVING)).distinct())}

    def lose_jobs(self, server: str) -> int:
        """Mark as lost what a dead server left behind, forget the server, and return how much it was."""
        table = schema.job
        this = (table.c.state.in_(LIVING), table.c.server == server)
        gone = "The server stopped while this was running. Nothing was lost but the time: start it again."
        with self.database.write() as connection:
            self._stir(connection, connection.execute(sa.select(table.c.project_id).where(*this).distinct()).scalars().all())
            lost = connection.execute(sa.update(table).where(*this).values(state="lost", error=gone, finished_at=datetime.now(UTC)))
            connection.execute(sa.delete(schema.server).where(schema.server.c.id == server))
        return lost.rowcount

    def _set(self, job_id: str, values: dict[str, Any]) -> bool:
        table = schema.job
        with self.database.write() as connection:
            changed = connection.execute(sa.update(table).where(table.c.id == job_id, table.c.state.in_(LIVING)).values(**values))
        return changed.rowcount == 1

    @staticmethod
    def _stir(connection: sa.Connection, project_ids: Sequence[str]) -> None:
        """Raise the number that screens poll; first in a transaction, as every change does, so that none waits for another in a circle."""
        table = schema.project
        for project_id in sorted(project_ids):
            connection.execute(sa.update(table).where(table.c.id == project_id).values(seq=table.c.seq + 1))
