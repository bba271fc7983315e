"""People: the name that belongs to an id, and who is looking at a project right now."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from components.project import schema
from components.project.database import Database

REFRESH = timedelta(seconds=8)


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


class People:
    """The part of the store that keeps people."""

    database: Database
    _seen: dict[tuple[str, str], tuple[str, datetime]]

    def person(self, person_id: str) -> Person | None:
        """Return whoever has this id, or None while they have no name."""
        with self.database.read() as connection:
            name = connection.execute(sa.select(schema.person.c.name).where(schema.person.c.id == person_id)).scalar()
        return None if name is None else Person(person_id, name)

    def name_person(self, person_id: str, name: str) -> Person:
        """Give somebody a name, or another one."""
        name = " ".join(name.replace("\0", "").split())
        table = schema.person
        with self.database.write() as connection:
            if not connection.execute(sa.update(table).where(table.c.id == person_id).values(name=name)).rowcount:
                connection.execute(sa.insert(table).values(id=person_id, name=name))
        return Person(person_id, name)

    def people(self, project_id: str) -> list[Person]:
        """Return everybody who changed something in a project, by name."""
        changed = sa.select(schema.history.c.person).where(schema.history.c.project_id == project_id)
        query = sa.select(schema.person).where(schema.person.c.id.in_(changed)).order_by(schema.person.c.name)
        with self.database.read() as connection:
            return [Person(row.id, row.name) for row in connection.execute(query)]

    def see(self, person_id: str, project_id: str, screen: str) -> None:
        """Note that somebody looks at a screen; written at most every few seconds, since every open tab says so all the time."""
        now = datetime.now(UTC)
        last = self._seen.get((project_id, person_id))
        if last and last[0] == screen and now - last[1] < REFRESH:
            return
        self._seen[project_id, person_id] = (screen, now)
        table = schema.presence
        this = (table.c.project_id == project_id, table.c.person_id == person_id)
        with self.database.write() as connection:
            if not connection.execute(sa.select(schema.project.c.id).where(schema.project.c.id == project_id)).scalar():
                return
            if not connection.execute(sa.update(table).where(*this).values(screen=screen, at=now)).rowcount:
                connection.execute(sa.insert(table).values(project_id=project_id, person_id=person_id, screen=screen, at=now))

    def present(self, project_id: str, within_seconds: float = 20) -> list[Presence]:
        """Return who looked at the project in the last seconds, by name."""
        table, named = schema.presence, schema.person
        since = datetime.now(UTC) - timedelta(seconds=within_seconds)
        query = (
            sa.select(table.c.person_id, named.c.name, table.c.screen, table.c.at)
            .join(named, named.c.id == table.c.person_id, isouter=True)
            .where(table.c.project_id == project_id, table.c.at >= since)
            .order_by(named.c.name)
        )
        with self.database.read() as connection:
            return [Presence(row.person_id, row.name or "Somebody", row.screen, row.at) for row in connection.execute(query)]
