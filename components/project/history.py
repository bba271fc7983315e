"""Saving with a version: nobody overwrites what they have not read, and every change is kept."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from components.errors import BadInput
from components.project import schema
from components.project.order import rise
from components.project.plain import check_ids
from components.project.projects import new_id
from components.project.records import Body, Record
from components.project.roles import GUEST, Roles
from components.project.rounds import Round

B = TypeVar("B", bound=Body)
DAMAGED = (ValueError, LookupError, TypeError, AttributeError)
"""What reading a damaged body raises: pydantic's ValidationError is a ValueError, the rest comes from `Body.upgrade`."""


class Conflict(Exception):  # noqa: N818 - it is what happened, not a failure
    """Somebody saved in between. `mine` was not saved; `theirs` is what stands there now, None where they deleted it."""

    def __init__(self, mine: Body, theirs: Record[Any] | None) -> None:
        super().__init__("Somebody else saved this record in between.")
        self.mine = mine
        self.theirs = theirs


@dataclass(frozen=True)
class Change:
    """One entry of the history: `before` is None for what was new, `after` for what was deleted."""

    seq: int
    kind: str
    record_id: str
    version: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    person: str
    at: datetime


class Records(Roles):
    """The part of the store that keeps typed records and their history."""

    kinds: dict[str, type[Body]]

    def save(self, project_id: str, body: Body, *, person: str, id: str | None = None, read: int = 0) -> Record[Any]:
        """Save a body over the version that was read (0: a new record) and return the record.

        Raises
        ------
        Conflict
            Somebody saved, created or deleted the record in between; nothing was changed.
        """
        record_id = id or new_id()
        try:
            with self.database.write() as connection:
                seq = rise(connection, project_id, datetime.now(UTC))
                self.allow(connection, project_id, person)
                return self._write(connection, project_id, body, person, record_id, read, seq)
        except sa.exc.IntegrityError:
            raise Conflict(body, self.get(project_id, type(body), record_id)) from None

    def put(self, project_id: str, body: Body, *, person: str, id: str) -> Record[Any]:
        """Save a body whatever stands there: for results that nobody edits by hand. The history keeps what stood there."""
        with self.database.write() as connection:
            seq = rise(connection, project_id, datetime.now(UTC))
            self.allow(connection, project_id, person)
            row = connection.execute(self._one(project_id, body.kind, id)).one_or_none()
            return self._write(connection, project_id, body, person, id, row.version if row else 0, seq)

    def _write(self, connection: sa.Connection, project_id: str, body: Body, person: str, id: str, read: int, seq: int) -> Record[Any]:
        now = datetime.now(UTC)
        check_ids(person, id)
        content = self._content(body)
        before = connection.execute(self._one(project_id, body.kind, id)).one_or_none()
        version = 1 + (read or self._last_version(connection, project_id, body.kind, id))
        values = {"version": version, "body": content, "updated_by": person, "updated_at": now, "seq": seq}
        if read == 0:
            connection.execute(sa.insert(schema.record).values(project_id=project_id, kind=body.kind, id=id, **values))
        else:
            this = self._where(project_id, body.kind, id)
            changed = connection.execute(sa.update(schema.record).where(*this, schema.record.c.version == read).values(**values)).rowcount
            if changed != 1:
                raise Conflict(body, self._record(before) if before else None)
        entry = {"kind": body.kind, "record_id": id, "version": version, "before": before.body if before else None, "after": content}
        connection.execute(sa.insert(schema.history).values(project_id=project_id, seq=seq, person=person, at=now, **entry))
        return Record(project_id, id, version, body, person, now, seq)

    def get(self, project_id: str, body_type: type[B], id: str) -> Record[B] | None:
        """Return a record, or None where there is none."""
        if body_type is Round:
            self.check_round(project_id, id)
        else:
            self.check(project_id)
        with self.database.read() as connection:
            row = connection.execute(self._one(project_id, body_type.kind, id)).one_or_none()
        return None if row is None else self._record(row)

    def all(self, project_id: str, body_type: type[B]) -> list[Record[B]]:
        """Return the records of a kind, the oldest first; of rounds, a guest's own."""
        table, guest = schema.record, body_type is Round and self.role(project_id) == GUEST
        if not guest:
            self.check(project_id)
        first = (
            sa.select(sa.func.min(schema.history.c.number))
            .where(
                schema.history.c.project_id == table.c.project_id,
                schema.history.c.kind == table.c.kind,
                schema.history.c.record_id == table.c.id,
            )
            .scalar_subquery()
        )
        query = (
            sa.select(table)
            .where(table.c.project_id == project_id, table.c.kind == body_type.kind)
            .order_by(first, table.c.seq, table.c.id)
        )
        if guest:
            query = query.where(table.c.id.in_(self.guest_of(project_id)))
        with self.database.read() as connection:
            return [self._record(row) for row in connection.execute(query)]

    def delete(self, project_id: str, body_type: type[Body], id: str, *, read: int, person: str) -> None:
        """Delete the version that was read; the history keeps it."""
        now = datetime.now(UTC)
        with self.database.write() as connection:
            seq = rise(connection, project_id, now)
            self.allow(connection, project_id, person)
            row = connection.execute(self._one(project_id, body_type.kind, id)).one_or_none()
            if row is None:
                return
            if row.version != read:
                raise Conflict(self._record(row).body, self._record(row))
            connection.execute(sa.delete(schema.record).where(*self._where(project_id, body_type.kind, id)))
            entry = {"kind": body_type.kind, "record_id": id, "version": read, "before": row.body, "after": None}
            connection.execute(sa.insert(schema.history).values(project_id=project_id, seq=seq, person=person, at=now, **entry))

    def changed_since(self, project_id: str, seq: int, *, but: str = "") -> int:
        """Return how many changes came after `seq`, leaving those of one kind out."""
        self.check(project_id)
        table = schema.history
        query = sa.select(sa.func.count()).where(table.c.project_id == project_id, table.c.seq > seq, table.c.kind != but)
        with self.database.read() as connection:
            return int(connection.execute(query).scalar() or 0)

    def history(
        self,
        project_id: str,
        *,
        kind: str | None = None,
        id: str | None = None,
        person: str | None = None,
        before: int | None = None,
        most: int | None = 100,
    ) -> list[Change]:
        """Return what changed, the newest first; with `before`, what came before that `seq`."""
        self.check(project_id)
        table = schema.history
        query = sa.select(table).where(table.c.project_id == project_id).order_by(table.c.number.desc()).limit(most)
        if kind is not None:
            query = query.where(table.c.kind == kind)
        if id is not None:
            query = query.where(table.c.record_id == id)
        if person is not None:
            query = query.where(table.c.person == person)
        if before is not None:
            query = query.where(table.c.seq < before)
        with self.database.read() as connection:
            return [_change(row) for row in connection.execute(query)]

    def writers(self, project_id: str, kind: str) -> dict[str, str]:
        """Return who wrote each record of a kind first, by the records' ids."""
        self.check(project_id)
        table = schema.history
        here = (table.c.project_id == project_id, table.c.kind == kind)
        first = sa.select(sa.func.min(table.c.number)).where(*here).group_by(table.c.record_id)
        query = sa.select(table.c.record_id, table.c.person).where(table.c.number.in_(first))
        with self.database.read() as connection:
            return {row.record_id: row.person for row in connection.execute(query)}

    def deleted(self, project_id: str, kind: str, most: int = 50) -> list[Change]:
        """Return the deletions of records of a kind that are still deleted, the newest first."""
        self.check(project_id)
        table = schema.history
        here = (table.c.project_id == project_id, table.c.kind == kind)
        last = sa.select(sa.func.max(table.c.number)).where(*here).group_by(table.c.record_id)
        query = sa.select(table).where(table.c.number.in_(last), table.c.after.is_(None)).order_by(table.c.number.desc()).limit(most)
        with self.database.read() as connection:
            return [_change(row) for row in connection.execute(query)]

    def restore(self, project_id: str, body_type: type[B], id: str, *, person: str) -> Record[B] | None:
        """Bring a deleted record back as it was; returns what stands there, None where there never was one."""
        standing = self.get(project_id, body_type, id)
        last = self.history(project_id, kind=body_type.kind, id=id, most=1)
        if standing is not None or not last or last[0].before is None:
            return standing
        body = read_body(self.kinds, body_type.kind, last[0].before)
        try:
            return self.save(project_id, body, person=person, id=id)
        except Conflict:  # somebody else brought it back just now
            return self.get(project_id, body_type, id)

    def restore_version(self, project_id: str, kind: str, id: str, version: int, *, person: str) -> Record[Any]:
        """Save what a record was at one of its versions over what stands there now, as a new version; the history keeps both.

        Raises
        ------
        BadInput
            There was no such version, or it can't be read by this version of Groundwork.
        Conflict
            Somebody changed it at the same moment.
        """
        table = schema.history
        this = (table.c.project_id == project_id, table.c.kind == kind, table.c.record_id == id, table.c.version == version)
        self.check(project_id, "editor")
        with self.database.read() as connection:
            content = connection.execute(sa.select(table.c.after).where(*this, table.c.after.is_not(None))).scalar()
            standing = connection.execute(sa.select(schema.record.c.version).where(*self._where(project_id, kind, id))).scalar() or 0
        if content is None or kind == Round.kind:
            raise BadInput("This version can't be brought back.", "Rounds, roles and the project itself go forward only.")
        try:
            body = read_body(self.kinds, kind, content)
        except DAMAGED as error:
            if isinstance(error, BadInput):
                raise
            raise BadInput("This version was saved by an older Groundwork in a form that can't be read any more.") from error
        return self.save(project_id, body, person=person, id=id, read=standing)

    @staticmethod
    def _last_version(connection: sa.Connection, project_id: str, kind: str, id: str) -> int:
        """Return the version at which a deleted record ended, so that its successor can't be taken for it; 0 for a new id."""
        table = schema.history
        this = (table.c.project_id == project_id, table.c.kind == kind, table.c.record_id == id)
        return connection.execute(sa.select(sa.func.max(table.c.version)).where(*this)).scalar() or 0

    def _content(self, body: Body) -> dict[str, Any]:
        if self.kinds.get(body.kind) is not type(body):
            raise TypeError(f"This store was not given the kind {body.kind!r}.")
        content = body.model_dump(mode="json")
        try:
            json.dumps(content, allow_nan=False)
        except ValueError:
            raise BadInput("A number in this is infinite or no number at all, so nothing was saved.", "Leave it empty instead.") from None
        return content

    def _record(self, row: Any) -> Record[Any]:
        try:
            body = read_body(self.kinds, row.kind, row.body)
        except DAMAGED as error:
            if isinstance(error, BadInput):
                raise
            what = f"The record {row.id[:60]} of the kind “{row.kind}” can't be read."
            raise BadInput(what, "Its history holds what it was before; let the server's owner look at it.") from error
        return Record(row.project_id, row.id, row.version, body, row.updated_by, row.updated_at, row.seq)

    @staticmethod
    def _where(project_id: str, kind: str, id: str) -> tuple[sa.ColumnElement[bool], ...]:
        table = schema.record
        return table.c.project_id == project_id, table.c.kind == kind, table.c.id == id

    @classmethod
    def _one(cls, project_id: str, kind: str, id: str) -> sa.Select[Any]:
        return sa.select(schema.record).where(*cls._where(project_id, kind, id))


def _change(row: Any) -> Change:
    return Change(row.seq, row.kind, row.record_id, row.version, row.before, row.after, row.person, row.at)


def read_body(kinds: dict[str, type[Body]], kind: str, content: dict[str, Any]) -> Body:
    """Return a saved body, brought to today's form.

    Raises
    ------
    BadInput
        The kind is unknown, or the body was written by a newer version.
    DAMAGED
        The body is not what its kind declares.
    """
    body_type = kinds.get(kind)
    if body_type is None:
        raise BadInput(f"This version of Groundwork doesn't know records of the kind “{kind[:60]}”.", "Update Groundwork, then try again.")
    version, today = content.get("schema_version", 1), body_type.model_fields["schema_version"].default
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ValueError("schema_version")
    if version > today:
        raise BadInput(f"A record of the kind “{kind}” was written by a newer version of Groundwork.", "Update Groundwork, then try again.")
    if version != today:
        content = {**body_type.upgrade(content), "schema_version": today}
    return body_type.model_validate(content)


def by_name(kinds: Iterable[type[Body]]) -> dict[str, type[Body]]:
    """Return the kinds by their names, each name once."""
    named: dict[str, type[Body]] = {}
    for body_type in kinds:
        if body_type.kind in named:
            raise TypeError(f"Two kinds of record are called {body_type.kind!r}.")
        named[body_type.kind] = body_type
    return named
