"""People: the name that belongs to an id, and who is looking at a project right now."""

import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from components.project import schema
from components.project.failures import StoreUnavailable
from components.project.plain import is_id, line, name_of
from components.project.roles import GUEST, REMEMBERED_SECONDS, Roles

REFRESH = timedelta(seconds=8)
LONGEST_NAME = 80
MOST_SEEN = 10_000
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Person:
    """Somebody, by the random id that their browser keeps."""

    id: str
    name: str


@dataclass(frozen=True)
class Presence:
    """Somebody who looks at a screen of the project."""

    person_id: str
    name: str
    screen: str
    at: datetime


class People(Roles):
    """The part of the store that keeps people."""

    _seen: dict[tuple[str, str], tuple[str, datetime]]

    def person(self, person_id: str) -> Person | None:
        """Return whoever has this id, or None while they have no name."""
        if not is_id(person_id):
            return None
        with self.database.read() as connection:
            name = connection.execute(sa.select(schema.person.c.name).where(schema.person.c.id == person_id)).scalar()
        return None if name is None else Person(person_id, name)

    def name_person(self, person_id: str, name: str) -> Person:
        """Give somebody a name, or another one.

        Raises
        ------
        BadInput
            The name is empty or too long.
        """
        person = Person(person_id, name_of("person", name, LONGEST_NAME))
        with self.database.write() as connection:
            self.database.upsert(connection, schema.person, id=person.id, name=person.name)
        return person

    def people(self, project_id: str) -> list[Person]:
        """Return everybody who changed something in a project, by name."""
        self.check(project_id)
        changed = sa.select(schema.history.c.person).where(schema.history.c.project_id == project_id)
        query = sa.select(schema.person).where(schema.person.c.id.in_(changed)).order_by(schema.person.c.name)
        with self.database.read() as connection:
            return [Person(row.id, row.name) for row in connection.execute(query)]

    def end_session(self, session: str) -> None:
        """Note that somebody signed out of a session: from now on nothing is answered to who holds its cookie."""
        with self.database.write() as connection:
            self.database.upsert(connection, schema.ended_session, id=session, at=datetime.now(UTC))
        self._remembered.ended.pop(session, None)

    def session_ended(self, session: str) -> bool:
        """Whether somebody signed out of a session; what was read of it stays true for a moment, as with roles."""
        ended, until = self._remembered.ended.get(session, (False, 0.0))
        if ended or time.monotonic() < until:
            return ended
        table = schema.ended_session
        with self.database.read() as connection:
            ended = connection.execute(sa.select(table.c.id).where(table.c.id == session)).scalar() is not None
        if len(self._remembered.ended) >= MOST_SEEN:
            self._remembered.ended.clear()
        self._remembered.ended[session] = (ended, time.monotonic() + REMEMBERED_SECONDS)
        return ended

    def see(self, person_id: str, project_id: str, screen: str) -> None:
        """Note that somebody looks at a screen; written at most every few seconds, since every open tab says so all the time.

        A database that can't be written is no reason to disturb who only looks: it is logged, and said when they save.
        """
        now = datetime.now(UTC)
        last = self._seen.get((project_id, person_id))
        if not is_id(person_id) or not self.may(project_id, GUEST) or (last and last[0] == screen and abs(now - last[1]) < REFRESH):
            return
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
        self._seen[project_id, person_id] = (screen, now)
        try:
            with self.database.write() as connection:
                if connection.execute(sa.select(schema.project.c.id).where(schema.project.c.id == project_id)).scalar():
                    self.database.upsert(
                        connection, schema.presence, project_id=project_id, person_id=person_id, screen=line(screen), at=now
                    )
        except StoreUnavailable as error:
            logger.warning("Presence was not noted: %s", error)

    def present(self, project_id: str, within_seconds: float = 20) -> list[Presence]:
        """Return who looked at the project in the last seconds, by name."""
        self.check(project_id)
        table, named = schema.presence, schema.person
        now, within = datetime.now(UTC), timedelta(seconds=within_seconds)  # a clock that was set back must keep nobody who left
        query = (
            sa.select(table.c.person_id, named.c.name, table.c.screen, table.c.at)
            .join(named, named.c.id == table.c.person_id, isouter=True)
            .where(table.c.project_id == project_id, table.c.at >= now - within, table.c.at <= now + within)
            .order_by(named.c.name)
        )
        with self.database.read() as connection:
            return [Presence(row.person_id, row.name or "Somebody", row.screen, row.at) for row in connection.execute(query)]
