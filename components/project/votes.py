"""Taking part in rounds: what somebody answers is read by nobody else until the round is revealed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from components.errors import BadInput
from components.project import schema
from components.project.history import Records
from components.project.order import rise
from components.project.plain import check_ids, finite, name_of
from components.project.projects import new_id
from components.project.records import Body, Record
from components.project.rounds import Ballot, Round, Vote

LONGEST_NAME = 80
LONGEST_NOTE = 2000
Turned = Callable[[Vote], Sequence[tuple[str, Body]]]


class Votes(Records):
    """The part of the store that keeps ballots and votes."""

    def join(
        self, project_id: str, round_id: str, person_id: str, name: str, role: str | None = None, *, proxy_for: str | None = None
    ) -> Ballot:
        """Take part in a round, or let somebody without a screen take part (`proxy_for`: the id of their ballot, "" for a new one).

        Joining again changes the name and the role and nothing else.
        """
        voter = person_id if proxy_for is None else proxy_for or f"proxy-{new_id()}"
        check_ids(voter, round_id)
        table, name = schema.ballot, name_of("voter", name, LONGEST_NAME)
        with self.database.write() as connection:
            self._open(connection, project_id, round_id, person_id)
            there = connection.execute(sa.select(table).where(*_voter(table, project_id, round_id, voter))).one_or_none()
            if there is not None and there.entered_by != person_id:
                raise BadInput(f"Somebody else enters the votes of {there.name}.", "Let them do it, or add that person again.")
            kept = there.role if there is not None else self._last_role(connection, project_id, voter)
            role = kept if role is None else role
            done, at = (there.done, there.at) if there is not None else (False, datetime.now(UTC))
            joined = Ballot(voter, name, role, done, person_id, at)
            self.database.upsert(connection, table, project_id=project_id, round_id=round_id, **asdict(joined))
        return joined

    def cast(
        self,
        project_id: str,
        round_id: str,
        person_id: str,
        card: str,
        answers: dict[str, Any],
        note: str = "",
        *,
        voter: str | None = None,
    ) -> None:
        """Keep what somebody who joined answers about a card; answering again replaces it.

        Raises
        ------
        BadInput
            The round was revealed in the meantime, or this person has not joined it; nothing was changed.
        """
        self.cast_all(project_id, round_id, person_id, {card: (answers, note)}, voter=voter)

    def cast_all(
        self,
        project_id: str,
        round_id: str,
        person_id: str,
        said: Mapping[str, tuple[dict[str, Any], str]],
        *,
        voter: str | None = None,
    ) -> None:
        """Keep what somebody answers about several cards, all or nothing: per card the answers and the note; see `cast`."""
        voter = voter or person_id
        for card in said:
            check_ids(voter, card)
        with self.database.write() as connection:
            self._open(connection, project_id, round_id, person_id)
            self._mine(connection, project_id, round_id, person_id, voter)
            for card, (answers, note) in said.items():
                values = {"answers": finite(answers), "note": note[:LONGEST_NOTE], "at": datetime.now(UTC)}
                self.database.upsert(connection, schema.vote, project_id=project_id, round_id=round_id, voter=voter, card=card, **values)

    def withdraw(self, project_id: str, round_id: str, person_id: str, card: str, *, voter: str | None = None) -> None:
        """Take back what somebody said about a card while the round is open."""
        voter, table = voter or person_id, schema.vote
        with self.database.write() as connection:
            self._open(connection, project_id, round_id, person_id)
            self._mine(connection, project_id, round_id, person_id, voter)
            connection.execute(sa.delete(table).where(*_voter(table, project_id, round_id, voter), table.c.card == card))

    def finish(self, project_id: str, round_id: str, person_id: str, done: bool = True, *, voter: str | None = None) -> bool:
        """Say that somebody is done, or is not after all; returns whether all are, so that the round reveals itself."""
        voter, table = voter or person_id, schema.ballot
        with self.database.write() as connection:
            found = self._open(connection, project_id, round_id, person_id)
            self._mine(connection, project_id, round_id, person_id, voter)
            connection.execute(sa.update(table).where(*_voter(table, project_id, round_id, voter)).values(done=done))
            return self._all_done(connection, found)

    def reveal(self, project_id: str, round_id: str, person_id: str, turned: Turned | None = None) -> Record[Round]:
        """Show everybody all answers. With `turned`, each is made into records by its writer, in the same transaction.

        Revealing again changes nothing.
        """
        now = datetime.now(UTC)
        with self.database.write() as connection:
            seq = rise(connection, project_id, now)
            found = self._round(connection, project_id, round_id)
            if found.body.state == "revealed":
                return found
            self.allow(connection, project_id, person_id, round_id=round_id if self._all_done(connection, found) else "")
            if turned:
                table = schema.vote
                query = sa.select(table).where(*_round(table, project_id, round_id)).order_by(table.c.at, table.c.card)
                for row in connection.execute(query).all():
                    for id_, body in turned(_vote(row)):
                        self._write(connection, project_id, body, row.voter, id_, 0, seq=seq)
            body = found.body.model_copy(update={"state": "revealed"})
            return self._write(connection, project_id, body, person_id, round_id, found.version, seq=seq)

    def ballots(self, project_id: str, round_id: str) -> list[Ballot]:
        """Return who takes part in a round and who is done, in the order in which they joined."""
        self.check_round(project_id, round_id)
        table = schema.ballot
        query = sa.select(table).where(*_round(table, project_id, round_id)).order_by(table.c.at, table.c.voter)
        with self.database.read() as connection:
            return [Ballot(row.voter, row.name, row.role, row.done, row.entered_by, row.at) for row in connection.execute(query)]

    def lights(self, project_id: str, round_id: str) -> str:
        """Return how many take part in a round and how many of them are done: a mark that changes with either."""
        self.check_round(project_id, round_id)
        table = schema.ballot
        query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(sa.cast(table.c.done, sa.Integer)), 0))
        with self.database.read() as connection:
            people, done = connection.execute(query.where(*_round(table, project_id, round_id))).one()
        return f"{people}-{done}"

    def votes(self, project_id: str, round_id: str, person_id: str) -> list[Vote]:
        """Return the votes of a round: all of them once it is revealed, before that only those that this person entered."""
        self.check_round(project_id, round_id)
        vote, ballot, record = schema.vote, schema.ballot, schema.record
        mine = sa.exists().where(
            ballot.c.project_id == vote.c.project_id,
            ballot.c.round_id == vote.c.round_id,
            ballot.c.voter == vote.c.voter,
            ballot.c.entered_by == person_id,
        )
        state = record.c.body["state"].as_string()
        revealed = sa.exists().where(
            record.c.project_id == project_id, record.c.kind == Round.kind, record.c.id == round_id, state == "revealed"
        )
        query = sa.select(vote).where(*_round(vote, project_id, round_id), sa.or_(mine, revealed)).order_by(vote.c.at, vote.c.voter)
        with self.database.read() as connection:
            return [_vote(row) for row in connection.execute(query)]

    def last_role(self, project_id: str, voter: str) -> str:
        """Return the role in which somebody took part last; nothing where they never did."""
        with self.database.read() as connection:
            return self._last_role(connection, project_id, voter)

    def _round(self, connection: sa.Connection, project_id: str, round_id: str) -> Record[Round]:
        """Return a round, and keep others from revealing it until the transaction ends."""
        row = connection.execute(self._one(project_id, Round.kind, round_id).with_for_update(read=True)).one_or_none()
        if row is None:
            raise BadInput("This round isn't here any more.", "Somebody deleted it; what you typed is still on your screen.")
        return self._record(row)

    def _open(self, connection: sa.Connection, project_id: str, round_id: str, person_id: str) -> Record[Round]:
        found = self._round(connection, project_id, round_id)
        self.allow(connection, project_id, person_id, round_id=round_id)
        if found.body.state != "open":
            raise BadInput("This round was revealed in the meantime.", "What you typed is still on your screen; a second round takes it.")
        return found

    @staticmethod
    def _all_done(connection: sa.Connection, found: Record[Round]) -> bool:
        """Whether a round that reveals itself waits for nobody any more."""
        table = schema.ballot
        states = connection.execute(sa.select(table.c.done).where(*_round(table, found.project_id, found.id))).scalars().all()
        return found.body.least is not None and len(states) >= found.body.least and all(states)

    @staticmethod
    def _mine(connection: sa.Connection, project_id: str, round_id: str, person_id: str, voter: str) -> None:
        table = schema.ballot
        query = sa.select(table.c.entered_by).where(*_voter(table, project_id, round_id, voter))
        if connection.execute(query).scalar() != person_id:
            raise BadInput("You have not joined this round.", "Join it with your name, then vote.")

    @staticmethod
    def _last_role(connection: sa.Connection, project_id: str, voter: str) -> str:
        table = schema.ballot
        query = sa.select(table.c.role).where(table.c.project_id == project_id, table.c.voter == voter).order_by(table.c.at.desc()).limit(1)
        return connection.execute(query).scalar() or ""


def _vote(row: Any) -> Vote:
    return Vote(row.voter, row.card, row.answers, row.note, row.at)


def _round(table: sa.Table, project_id: str, round_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.project_id == project_id, table.c.round_id == round_id


def _voter(table: sa.Table, project_id: str, round_id: str, voter: str) -> tuple[sa.ColumnElement[bool], ...]:
    return *_round(table, project_id, round_id), table.c.voter == voter
