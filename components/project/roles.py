"""Who may do what in a project: owners, editors, viewers, and guests of a round; asked of the database with every change."""

import copy
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, Self

import sqlalchemy as sa

from components.errors import BadInput
from components.project import schema
from components.project.database import Database
from components.project.order import rise
from components.project.plain import check_ids, is_id

Role = Literal["viewer", "editor", "owner"]
Everyone = Literal["", "viewer", "editor"]
ROLES: tuple[Role, ...] = ("viewer", "editor", "owner")
GUEST = "guest"
RANK = {None: 0, "": 0, GUEST: 1, "viewer": 2, "editor": 3, "owner": 4}
REMEMBERED_SECONDS = 1.0
"""How long a server goes on reading by what it knew of a role; its own changes count at once, and every change asks anew."""
MOST_REMEMBERED = 20_000
LASTS = timedelta(days=14)


class NotAllowed(BadInput):
    """Somebody asked for what their role in the project doesn't allow; nothing was changed, and nothing was shown."""


@dataclass(frozen=True)
class Member:
    """Somebody with a role of their own in a project."""

    person_id: str
    name: str
    role: Role
    since: datetime


@dataclass(frozen=True)
class Invitation:
    """A link that makes whoever opens it a member; or, with a round, somebody who answers in that round and sees nothing else."""

    token: str
    project_id: str
    role: str
    round_id: str
    created_by: str
    expires_at: datetime


@dataclass(frozen=True)
class Reader:
    """For whom a store answers. `known` is False for somebody who should sign in and has not: no project is open to them."""

    person_id: str
    known: bool = True


@dataclass
class Remembered:
    """Roles, and whether sessions were ended, as read a moment ago; shared by everybody who uses a store.

    A role counts until its moment is over, or a later change of its project is noticed, `seqs`: it may be one of roles.
    """

    roles: dict[tuple[str, str, bool], tuple[str | None, float, int | None]] = field(default_factory=dict)
    seqs: dict[str, int] = field(default_factory=dict)
    ended: dict[str, tuple[bool, float]] = field(default_factory=dict)


class Roles:
    """The part of the store that keeps roles. A store is nobody's, as a worker has it, until `seen_by` binds it to somebody.

    What a person has no role in is not there for them: every question about it is refused.
    """

    database: Database
    reader: Reader | None = None
    _remembered: Remembered

    def seen_by(self, person_id: str, *, known: bool = True) -> Self:
        """Return this store as somebody sees it: it answers and changes only what they may see and change."""
        seen = copy.copy(self)
        seen.reader = Reader(person_id, known)
        return seen

    def role(self, project_id: str, person_id: str | None = None) -> str | None:
        """Return the role of a person, or of whom the store answers for: owner, editor, viewer, guest, or None."""
        known = person_id is not None or self.reader is None or self.reader.known
        who = person_id if person_id is not None else self.reader.person_id if self.reader else None
        if who is None:
            return "owner"
        key = (project_id, who, known)
        last = self._remembered.seqs.get(project_id)
        found, until, seq = self._remembered.roles.get(key, (None, 0.0, None))
        if time.monotonic() < until and seq == last:
            return found
        if not (is_id(who) and is_id(project_id)):
            return None
        with self.database.read() as connection:
            found = _role(connection, project_id, who, known=known)
        if len(self._remembered.roles) >= MOST_REMEMBERED:
            self._remembered.roles.clear()
        self._remembered.roles[key] = (found, time.monotonic() + REMEMBERED_SECONDS, last)
        return found

    def may(self, project_id: str, needed: str) -> bool:
        """Whether the person for whom this store answers may do what takes a role; editors may all where nobody owns a project."""
        role = self.role(project_id)
        if needed == "owner" and role == "editor":
            return all(one.role != "owner" for one in self.members(project_id))
        return RANK[role] >= RANK[needed]

    def check(self, project_id: str, needed: str = "viewer") -> None:
        """Refuse whoever this store answers for what takes a higher role than theirs.

        Raises
        ------
        NotAllowed
        """
        if self.reader is not None and not self.may(project_id, needed):
            raise refusal(self.role(project_id), needed)

    def allow(self, connection: sa.Connection, project_id: str, person_id: str, needed: str = "editor", round_id: str = "") -> None:
        """Refuse a change, in its own transaction, to whoever may not make it.

        Raises
        ------
        NotAllowed
        """
        who, known = (self.reader.person_id, self.reader.known) if self.reader else (person_id, True)
        role = _role(connection, project_id, who, known=known)
        if RANK[role] >= RANK[needed] or (needed == "owner" and role == "editor" and not _owners(connection, project_id)):
            return
        if round_id and _guest(connection, project_id, who, round_id):
            return
        raise refusal(role, needed)

    def members(self, project_id: str) -> list[Member]:
        """Return everybody with a role of their own, owners first."""
        self.check(project_id)
        table, named = schema.member, schema.person
        query = (
            sa.select(table.c.person_id, named.c.name, table.c.role, table.c.at)
            .join(named, named.c.id == table.c.person_id, isouter=True)
            .where(table.c.project_id == project_id, table.c.round_id == "")
            .order_by(named.c.name, table.c.person_id)
        )
        with self.database.read() as connection:
            found = [Member(row.person_id, row.name or "Somebody", row.role, row.at) for row in connection.execute(query)]
        return sorted(found, key=lambda one: -RANK[one.role])

    def set_role(self, project_id: str, person_id: str, role: Role | None, *, by: str) -> None:
        """Give somebody a role, or take it (None); oneself, to leave.

        Raises
        ------
        NotAllowed
            `by` is no owner, and it isn't about themselves leaving.
        BadInput
            Nobody would be left who owns the project.
        """
        check_ids(person_id, person_id)
        if role is not None and role not in ROLES:
            raise BadInput(f"There is no role “{role[:20]}”.", "Use owner, editor or viewer.")
        now = datetime.now(UTC)
        with self.database.write() as connection:
            seq = rise(connection, project_id, now)
            leaves = role is None and by == person_id and self.reader in {None, Reader(by)}
            self.allow(connection, project_id, by, GUEST if leaves else "owner")
            if leaves and RANK[_everyone(connection, project_id)] > RANK[_own(connection, project_id, by)]:
                raise NotAllowed("Everybody may do more here than you, so leaving would give you more.", "Ask an owner to change it.")
            self._give(connection, project_id, person_id, role, by, now, seq)
        self._remembered.roles.clear()

    def make_owner(self, project_id: str, person_id: str, *, by: str) -> None:
        """Make somebody an owner, whoever owns it now: for whoever runs the server, who holds the database anyway."""
        self.check(project_id, "owner")
        now = datetime.now(UTC)
        with self.database.write() as connection:
            self._give(connection, project_id, person_id, "owner", by, now, rise(connection, project_id, now))
        self._remembered.roles.clear()

    def set_everyone(self, project_id: str, role: Everyone, *, by: str) -> None:
        """Say what anybody may do who has the address (and is signed in, where people sign in): nothing, look, or change.

        Raises
        ------
        NotAllowed
            `by` is no owner.
        """
        if role not in {"", "viewer", "editor"}:
            raise BadInput(f"“{role[:20]}” can't be everybody's role.", "Use viewer, editor, or nothing.")
        now, table = datetime.now(UTC), schema.project
        with self.database.write() as connection:
            seq = rise(connection, project_id, now)
            self.allow(connection, project_id, by, "owner")
            if not _owners(connection, project_id):
                self._give(connection, project_id, by, "owner", by, now, seq)
            before = _everyone(connection, project_id)
            connection.execute(sa.update(table).where(table.c.id == project_id).values(everyone=role))
            _note(connection, project_id, "access", project_id, {"everyone": before}, {"everyone": role}, by, now, seq)
        self._remembered.roles.clear()

    def invite(self, project_id: str, role: Role, *, by: str, lasts: timedelta = LASTS) -> Invitation:
        """Make a link that gives whoever opens it a role.

        Raises
        ------
        NotAllowed
            `by` is no owner.
        """
        if role not in ROLES:
            raise BadInput(f"There is no role “{role[:20]}”.", "Use owner, editor or viewer.")
        with self.database.write() as connection:
            rise(connection, project_id, datetime.now(UTC))
            self.allow(connection, project_id, by, "owner")
            return _invitation(connection, project_id, role, "", by, lasts)

    def ticket(self, project_id: str, round_id: str, *, by: str) -> Invitation:
        """Return the link by which people without a role take part in a round: the one there is, or a new one."""
        table = schema.invitation
        this = (table.c.project_id == project_id, table.c.round_id == round_id, table.c.expires_at > datetime.now(UTC) + LASTS / 2)
        with self.database.write() as connection:
            self.allow(connection, project_id, by)
            row = connection.execute(sa.select(table).where(*this)).first()
            return _read(row) if row else _invitation(connection, project_id, GUEST, round_id, by, LASTS)

    def invitations(self, project_id: str) -> list[Invitation]:
        """Return the links to a project that still hold; for owners."""
        self.check(project_id, "owner")
        table = schema.invitation
        here = (table.c.project_id == project_id, table.c.round_id == "", table.c.expires_at > datetime.now(UTC))
        with self.database.read() as connection:
            return [_read(row) for row in connection.execute(sa.select(table).where(*here).order_by(table.c.expires_at))]

    def withdraw_invitation(self, project_id: str, token: str, *, by: str) -> None:
        """Make a link that invites invalid; who came by it stays."""
        table = schema.invitation
        with self.database.write() as connection:
            rise(connection, project_id, datetime.now(UTC))
            self.allow(connection, project_id, by, "owner")
            connection.execute(sa.delete(table).where(table.c.project_id == project_id, table.c.token == token))

    def accept(self, token: str, person_id: str) -> Invitation:
        """Take what a link offers; nobody's role becomes lower by it.

        Raises
        ------
        BadInput
            The link is no longer valid.
        """
        table, now = schema.invitation, datetime.now(UTC)
        known = self.reader is None or self.reader.known
        with self.database.write() as connection:
            row = connection.execute(sa.select(table).where(table.c.token == token, table.c.expires_at > now)).one_or_none()
            if row is None or not is_id(person_id) or not (known or row.round_id):
                raise BadInput("This invitation is no longer valid.", "Ask whoever sent it for a new one.")
            if row.round_id:
                if not _guest(connection, row.project_id, person_id, row.round_id):
                    self._seat(connection, row.project_id, person_id, GUEST, row.round_id, row.created_by, now)
            elif RANK[_own(connection, row.project_id, person_id)] < RANK[row.role]:
                seq = rise(connection, row.project_id, now)
                self._give(connection, row.project_id, person_id, row.role, person_id, now, seq)
        self._remembered.roles.clear()
        return _read(row)

    def guest_of(self, project_id: str) -> set[str]:
        """Return the rounds in which whoever this store answers for takes part as a guest."""
        if self.reader is None:
            return set()
        table = schema.member
        this = (table.c.project_id == project_id, table.c.person_id == self.reader.person_id, table.c.round_id != "")
        with self.database.read() as connection:
            return set(connection.execute(sa.select(table.c.round_id).where(*this)).scalars())

    def check_round(self, project_id: str, round_id: str) -> None:
        """Refuse whoever may neither see the project nor is a guest of this round."""
        if self.reader is None or self.may(project_id, "viewer"):
            return
        if round_id not in self.guest_of(project_id):
            raise refusal(None, "viewer")

    def _give(self, connection: sa.Connection, project_id: str, person_id: str, role: str | None, by: str, now: datetime, seq: int) -> None:
        table = schema.member
        before = _own(connection, project_id, person_id)
        this = (table.c.project_id == project_id, table.c.person_id == person_id, table.c.round_id == "")
        if before == "owner" and role != "owner" and _owners(connection, project_id) == 1:
            raise BadInput("A project needs an owner, and this is its last.", "Make somebody else an owner first.")
        if role is None:
            connection.execute(sa.delete(table).where(*this))
        else:
            self._seat(connection, project_id, person_id, role, "", by, now)
        was, now_is = ({"role": before} if before else None), ({"role": role} if role else None)
        _note(connection, project_id, "member", person_id, was, now_is, by, now, seq)

    def _seat(self, connection: sa.Connection, project_id: str, person_id: str, role: str, round_id: str, by: str, now: datetime) -> None:
        whole = {"project_id": project_id, "person_id": person_id, "round_id": round_id}
        self.database.upsert(connection, schema.member, **whole, role=role, given_by=by, at=now)


def refusal(role: str | None, needed: str) -> NotAllowed:
    """Return the sentence for somebody whose role is too low."""
    if RANK[role] < RANK["viewer"]:
        return NotAllowed("This project isn't here.", "Ask its owner for an invitation.")
    if needed == "owner":
        return NotAllowed("Only an owner of this project can do that.", "Ask one: “People and files” lists them.")
    return NotAllowed("You can look at this project, not change it, so nothing was saved.", "Ask an owner to make you an editor.")


def own(connection: sa.Connection, project_id: str, person_id: str, at: datetime) -> None:
    """Make somebody the first owner of a project, as it is created."""
    values = {"project_id": project_id, "person_id": person_id, "round_id": "", "role": "owner", "given_by": person_id, "at": at}
    connection.execute(sa.insert(schema.member).values(**values))


def visible(person: Reader) -> sa.ColumnElement[bool]:
    """Return the condition under which a project is there for somebody."""
    table, member = schema.project, schema.member
    seat = sa.exists().where(member.c.project_id == table.c.id, member.c.person_id == person.person_id, member.c.round_id == "")
    return sa.or_(seat, table.c.everyone != "") if person.known else seat


def _role(connection: sa.Connection, project_id: str, person_id: str, *, known: bool) -> str | None:
    """Return the role of somebody: their own, else everybody's, else that of a guest."""
    table, member = schema.project, schema.member
    mine = sa.and_(member.c.project_id == table.c.id, member.c.person_id == person_id)
    query = sa.select(table.c.everyone, member.c.role).join(member, mine, isouter=True).where(table.c.id == project_id)
    rows = connection.execute(query).all()
    if not rows:
        return None
    whole = next((row.role for row in rows if row.role not in {None, GUEST}), None)
    return whole or (rows[0].everyone if known else "") or next((row.role for row in rows if row.role), None)


def _everyone(connection: sa.Connection, project_id: str) -> str:
    table = schema.project
    return connection.execute(sa.select(table.c.everyone).where(table.c.id == project_id)).scalar() or ""


def _own(connection: sa.Connection, project_id: str, person_id: str) -> str | None:
    table = schema.member
    this = (table.c.project_id == project_id, table.c.person_id == person_id, table.c.round_id == "")
    return connection.execute(sa.select(table.c.role).where(*this)).scalar()


def _owners(connection: sa.Connection, project_id: str) -> int:
    table = schema.member
    this = (table.c.project_id == project_id, table.c.role == "owner")
    return connection.execute(sa.select(sa.func.count()).select_from(table).where(*this)).scalar() or 0


def _guest(connection: sa.Connection, project_id: str, person_id: str, round_id: str) -> bool:
    table = schema.member
    this = (table.c.project_id == project_id, table.c.person_id == person_id, table.c.round_id == round_id)
    return connection.execute(sa.select(sa.true()).where(*this)).scalar() is not None


def _invitation(connection: sa.Connection, project_id: str, role: str, round_id: str, by: str, lasts: timedelta) -> Invitation:
    made = Invitation(secrets.token_urlsafe(24), project_id, role, round_id, by, datetime.now(UTC) + lasts)
    connection.execute(sa.insert(schema.invitation).values(**made.__dict__))
    return made


def _read(row: Any) -> Invitation:
    return Invitation(**row._mapping)


def _note(
    connection: sa.Connection, project_id: str, kind: str, id: str, before: Any, after: Any, person: str, at: datetime, seq: int
) -> None:
    entry = {"kind": kind, "record_id": id, "version": seq, "before": before, "after": after}
    connection.execute(sa.insert(schema.history).values(project_id=project_id, seq=seq, person=person, at=at, **entry))
