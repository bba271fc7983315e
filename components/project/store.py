"""The record store: what a team typed and measured, kept so that nothing is lost."""

from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from components.project import schema
from components.project.database import Database
from components.project.failures import StoreUnavailable
from components.project.history import Change, Conflict, by_name
from components.project.jobs import Job, Jobs
from components.project.people import People, Person, Presence
from components.project.projects import Project, Projects
from components.project.records import Body
from components.project.roles import Invitation, Member, NotAllowed, Remembered
from components.project.votes import Votes

__all__ = [
    "Change",
    "Conflict",
    "Invitation",
    "Job",
    "Member",
    "NotAllowed",
    "Person",
    "Presence",
    "Project",
    "Store",
    "StoreUnavailable",
]


class Store(Projects, Votes, People, Jobs):
    """Projects, typed records with versions and history, votes, people and long work, in SQLite or PostgreSQL.

    Parameters
    ----------
    url : str
        `sqlite:///path` or `postgresql://…`. The tables are created or migrated at once.
    kinds : iterable of Body types
        The kinds of record that this store keeps.

    Raises
    ------
    StoreUnavailable
        From every method: the database doesn't answer or can't write. Nothing of the attempt was saved.
    """

    def __init__(self, url: str, kinds: Iterable[type[Body]]) -> None:
        self.kinds = by_name(kinds)
        self.database = Database(url)
        self._seen = {}
        self._remembered = Remembered()

    def ping(self) -> None:
        """Touch the database.

        Raises
        ------
        StoreUnavailable
            It doesn't answer, or its file was taken away: connections that are open would go on writing into nothing.
        """
        file = self.database.engine.url.database
        if self.database.is_sqlite and file not in {None, "", ":memory:"} and not Path(str(file)).is_file():
            raise StoreUnavailable("The database's file is gone, so nothing can be saved.", "Bring it back, then start the server again.")
        with self.database.read() as connection:
            connection.execute(sa.select(schema.project.c.id).limit(1))

    def counts(self) -> dict[str, int]:
        """Return how much is stored, of all projects: figures for whoever runs the server."""
        tables = {"projects": schema.project, "records": schema.record, "changes": schema.history, "people": schema.person}
        with self.database.read() as connection:
            return {name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() or 0 for name, table in tables.items()}

    def close(self) -> None:
        """Close every connection."""
        self.database.close()
