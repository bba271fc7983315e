"""The connection to SQLite or PostgreSQL: opened, migrated, and its failures turned into sentences."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from components.errors import BadInput
from components.project import schema
from components.project.failures import StoreUnavailable, busy, sentences

BUSY_SECONDS = 10
_WRITERS: dict[str, Any] = {}


class Database:
    """An engine on which reads and writes are transactions.

    SQLite: write-ahead log, `synchronous=FULL`, one writer at a time per process; writers take their lock at once
    (`BEGIN IMMEDIATE`) so that none fails half-way. A database in memory has one connection, taken in turns.
    PostgreSQL: read committed.
    """

    def __init__(self, url: str) -> None:
        parsed = _parse(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self._in_memory = self.is_sqlite and parsed.database in {None, "", ":memory:"}
        options: dict[str, Any] = {}
        if self._in_memory:
            options |= {"poolclass": sa.StaticPool}
        else:
            options |= {"pool_size": 10, "max_overflow": 20, "pool_timeout": BUSY_SECONDS}
        if self.is_sqlite:
            options |= {"connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False}}
        else:
            options |= {"connect_args": {"connect_timeout": BUSY_SECONDS}, "pool_pre_ping": True}
        self.engine = sa.create_engine(parsed, **options)
        self._writer = self._turns(parsed.database) if self.is_sqlite else None
        sa.event.listen(self.engine, "connect", _prepare_sqlite if self.is_sqlite else _prepare_postgres)
        if self.is_sqlite:
            sa.event.listen(self.engine, "begin", _begin_sqlite)
        try:
            self._migrate()
        except BadInput:
            self.close()
            raise

    @contextmanager
    def read(self, *, snapshot: bool = False) -> Iterator[sa.Connection]:
        """Open a transaction that only reads; with `snapshot` all its queries see the same moment."""
        isolated = {"isolation_level": "REPEATABLE READ"} if snapshot and not self.is_sqlite else {}
        turn = self._turn() if self._in_memory else nullcontext()
        with sentences("read"), turn, self.engine.execution_options(**isolated).begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """Open a transaction that writes; an exception undoes all of it."""
        with sentences("saved"), self._turn(), self.engine.execution_options(write=True).begin() as connection:
            yield connection

    def upsert(self, connection: sa.Connection, table: sa.Table, **values: Any) -> None:
        """Insert a row, or change the one that has its key."""
        keys = [column.name for column in table.primary_key]
        changes = {name: value for name, value in values.items() if name not in keys}
        connection.execute(self._insert(table).values(**values).on_conflict_do_update(index_elements=keys, set_=changes))

    def insert_missing(self, connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        """Insert the rows whose keys aren't there yet."""
        if rows:
            connection.execute(self._insert(table).on_conflict_do_nothing(), rows)

    def _insert(self, table: sa.Table) -> Any:
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def _turns(self, database: str | None) -> Any:
        """Return the lock that writers of this file share, whichever store of the process they come through."""
        if self._in_memory or not database:
            return threading.RLock()
        _make_folder(Path(database).parent)
        return _WRITERS.setdefault(str(Path(database).resolve()), threading.RLock())

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._writer is None:
            yield
            return
        if not self._writer.acquire(timeout=BUSY_SECONDS):
            raise busy("saved")
        try:
            yield
        finally:
            self._writer.release()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _migrate(self) -> None:
        """Bring the tables to today's form, unless they are; two servers that start at once wait for each other."""
        with self.read() as connection:
            if self._revision(connection) == schema.REVISION:
                return
        with self.write() as connection:
            if not self.is_sqlite:
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(712019)"))
            if self._revision(connection) != schema.REVISION:
                _upgrade(connection)

    @staticmethod
    def _revision(connection: sa.Connection) -> str | None:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _parse(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise StoreUnavailable(
            "The address of the database can't be read.", "Set GROUNDWORK_DATABASE_URL to postgresql://user@host/name, or leave it out."
        ) from None
    if parsed.drivername in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreUnavailable(f"Groundwork keeps its records in SQLite or PostgreSQL, not in {parsed.get_backend_name()}.")
    return parsed


def _upgrade(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise StoreUnavailable(
            "This database was written by a newer version of Groundwork.", "Start that version, or point to another database."
        ) from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            "The folder of the database can't be made, so nothing can be saved.", "Let the server's owner look at GROUNDWORK_HOME."
        ) from error


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    for setting in (f"busy_timeout={1000 * BUSY_SECONDS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}").close()


def _prepare_postgres(connection: Any, _: Any) -> None:
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.commit()


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")
