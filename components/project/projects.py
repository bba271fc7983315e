"""Projects: listed ones, and unlisted quick checks that expire unless somebody keeps them."""

import re
import secrets
import string
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from components.errors import BadInput
from components.project import schema
from components.project.order import rise
from components.project.plain import is_id, name_of
from components.project.roles import GUEST, MOST_REMEMBERED, Everyone, Roles, own, visible

LONGEST_NAME = 200
_SIGNS = string.ascii_letters + string.digits
PROJECT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
CHANGEABLE = ("name", "unlisted", "deleted")


@dataclass(frozen=True)
class Project:
    """A project; `seq` rises with every change in it."""

    id: str
    name: str
    created_at: datetime
    created_by: str
    changed_at: datetime
    unlisted: bool
    expires_at: datetime | None
    demo: bool
    deleted: bool
    seq: int
    everyone: str = "editor"


def new_id() -> str:
    """Return an id that nobody can guess: 16 letters and digits, so that no shell takes its first sign for an option."""
    return "".join(secrets.choice(_SIGNS) for _ in range(16))


class Projects(Roles):
    """The part of the store that keeps projects."""

    def create_project(
        self,
        name: str,
        person_id: str,
        *,
        id: str | None = None,
        unlisted: bool = False,
        expires_at: datetime | None = None,
        demo: bool = False,
        everyone: Everyone = "editor",
    ) -> Project:
        """Create a project and return it; who creates it owns it, but nobody owns the example.

        `everyone` is what anybody may do who has its address: change it, look at it, or nothing.

        Raises
        ------
        BadInput
            The name is empty or too long, or the id is taken, be it by a deleted project.
        """
        now = datetime.now(UTC)
        if id is not None and not PROJECT_ID.fullmatch(id):
            raise BadInput("This can't be the id of a project.", "Use up to 64 letters, digits and hyphens.")
        named = name_of("project", name, LONGEST_NAME)
        project = Project(id or new_id(), named, now, person_id, now, unlisted, expires_at, demo, False, 0, everyone)
        try:
            with self.database.write() as connection:
                connection.execute(sa.insert(schema.project).values(**project.__dict__))
                if not demo:
                    own(connection, project.id, person_id, now)
        except sa.exc.IntegrityError:
            raise BadInput(f"There is a project with the id “{project.id}” already.", "Open that one, or take another id.") from None
        return project

    def project(self, project_id: str) -> Project | None:
        """Return a project, or None where it isn't, was deleted or has expired, or isn't there for whom the store answers."""
        table = schema.project
        if not is_id(project_id) or not self.may(project_id, GUEST):
            return None
        current = sa.or_(table.c.expires_at.is_(None), table.c.expires_at > datetime.now(UTC))
        with self.database.read() as connection:
            query = sa.select(table).where(table.c.id == project_id, ~table.c.deleted, current)
            row = connection.execute(query).one_or_none()
        return None if row is None else Project(**row._mapping)

    def projects(self, *, deleted: bool = False) -> list[Project]:
        """Return the listed projects (or the deleted ones), the last changed first."""
        table = schema.project
        query = sa.select(table).where(~table.c.unlisted, table.c.deleted == deleted).order_by(table.c.changed_at.desc(), table.c.id)
        if self.reader is not None:
            query = query.where(visible(self.reader))
        with self.database.read() as connection:
            return [Project(**row._mapping) for row in connection.execute(query)]

    def seq(self, project_id: str) -> int:
        """Return the number of the last change of a project; 0 where it isn't."""
        if not self.may(project_id, GUEST):
            return 0
        with self.database.read() as connection:
            seq = connection.execute(sa.select(schema.project.c.seq).where(schema.project.c.id == project_id)).scalar() or 0
        if len(self._remembered.seqs) >= MOST_REMEMBERED:
            self._remembered.seqs.clear()
        self._remembered.seqs[project_id] = seq
        return seq

    def rename_project(self, project_id: str, name: str, person_id: str) -> None:
        """Give a project another name."""
        self._change(project_id, {"name": name_of("project", name, LONGEST_NAME)}, person_id)

    def keep_project(self, project_id: str, name: str, person_id: str) -> None:
        """Make an unlisted quick check a project that stays."""
        self._change(project_id, {"name": name_of("project", name, LONGEST_NAME), "unlisted": False, "expires_at": None}, person_id)

    def delete_project(self, project_id: str, person_id: str) -> None:
        """Delete a project and cancel its long work. It is kept, hidden, so that a deletion can be undone.

        Owners may, and in a project that everybody may change, everybody.
        """
        self._change(project_id, {"deleted": True}, person_id, needed="owner")

    def restore_project(self, project_id: str, person_id: str) -> None:
        """Undo the deletion of a project."""
        self._change(project_id, {"deleted": False}, person_id, deleted=True, needed="owner")

    def erase_project(self, project_id: str) -> None:
        """Remove a project and all its records for good, so that its id is free again."""
        self.check(project_id, "owner")
        with self.database.write() as connection:
            connection.execute(sa.delete(schema.project).where(schema.project.c.id == project_id))

    def expire(self, now: datetime) -> int:
        """Remove the unlisted projects whose time is over, and return how many."""
        table = schema.project
        with self.database.write() as connection:
            return connection.execute(sa.delete(table).where(table.c.unlisted, table.c.expires_at <= now)).rowcount

    def _change(self, project_id: str, values: dict[str, Any], person_id: str, *, deleted: bool = False, needed: str = "editor") -> None:
        now, table, job = datetime.now(UTC), schema.project, schema.job
        with self.database.write() as connection:
            seq = rise(connection, project_id, now, deleted=deleted)
            before = connection.execute(sa.select(table).where(table.c.id == project_id)).mappings().one()
            self.allow(connection, project_id, person_id, "editor" if before["everyone"] == "editor" else needed)
            connection.execute(sa.update(table).where(table.c.id == project_id).values(**values))
            if values.get("deleted"):
                living = sa.update(job).where(job.c.project_id == project_id, job.c.state.in_(("queued", "running")))
                connection.execute(living.values(state="cancelled", error="The project was deleted.", finished_at=now))
            kept = {name: before[name] for name in CHANGEABLE}
            after = kept | {name: value for name, value in values.items() if name in CHANGEABLE}
            entry = {"kind": "project", "record_id": project_id, "version": seq, "before": kept, "after": after}
            connection.execute(sa.insert(schema.history).values(project_id=project_id, seq=seq, person=person_id, at=now, **entry))
