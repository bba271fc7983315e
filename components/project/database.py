"""The connection to SQLite or PostgreSQL: opened, migrated, and its failures turned into sentences."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from components.errors import BadInput
from components.project import schema

BUSY_SECONDS = 10
logger = logging.getLogger(__name__)


class StoreUnavailable(BadInput):
    """The database did not answer or could not write; nothing of the attempt was saved."""


class Database:
    """An engine on which reads and writes are transactions.

    SQLite: write-ahead log, `synchronous=FULL`, one writer at a time per process; writers take their lock at once
    (`BEGIN IMMEDIATE`) so that none fails half-way. PostgreSQL: read committed.
    """

    def __init__(self, url: str) -> None:
        parsed = _parse(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        options: dict[str, Any] = {"pool_pre_ping": not self.is_sqlite}
        if self.is_sqlite:
            options["connect_args"] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        else:
            options["connect_args"] = {"connect_timeout": BUSY_SECONDS}
        self.engine = sa.create_engine(parsed, **options)
        self._lock: Any = threading.RLock() if self.is_sqlite else nullcontext()
        if self.is_sqlite:
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
            sa.event.listen(self.engine, "begin", _begin_sqlite)
        try:
            self._migrate()
        except BadInput:
            self.close()
            raise

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Open a transaction that only reads."""
        with _sentences("read"), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """Open a transaction that writes; an exception undoes all of it."""
        with _sentences("saved"), self._lock, self.engine.execution_options(write=True).begin() as connection:
            yield connection

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


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={1000 * BUSY_SECONDS}"):
        connection.execute(f"PRAGMA {setting}").close()


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")


@contextmanager
def _sentences(verb: str) -> Iterator[None]:
    """Turn a failing database into a sentence that says what to do; the cause goes to the log."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.InterfaceError) as error:
        cause = str(error.orig or error).lower()
        logger.warning("The database failed: %s", cause.splitlines()[0])
        if "locked" in cause or "busy" in cause:
            raise StoreUnavailable(
                f"The database is busy, so nothing was {verb}.", "Try again in a moment; what you typed is still here."
            ) from error
        if "full" in cause or "no space" in cause:
            raise StoreUnavailable(f"The disk is full, so nothing was {verb}.", "Make room on the server, then try again.") from error
        if "readonly" in cause or "read-only" in cause:
            raise StoreUnavailable(
                f"The database can't be written, so nothing was {verb}.", "Let the server's owner look at the folder's permissions."
            ) from error
        raise StoreUnavailable(
            f"The database doesn't answer, so nothing was {verb}.", "Let the server's owner see whether it runs, then try again."
        ) from error
