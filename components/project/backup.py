"""Everything of an installation in one archive, and back: from SQLite or PostgreSQL, into either."""

import json
import os
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from components import __version__
from components.errors import BadInput
from components.project import schema
from components.project.files import SHA, Files
from components.project.store import Store

FORMAT = "groundwork-backup"
HEAD = "backup.json"
RUNS = "mlflow.db"
LEFT_OUT = {"presence", "server", "ended_session"}
AT_ONCE = 500


@dataclass(frozen=True)
class BackedUp:
    """How much an archive holds."""

    projects: int
    records: int
    files: int


def back_up(store: Store, files: Files, target: Path, home: Path | None = None) -> BackedUp:
    """Write every table as of one moment, every file and the tracked runs to a zip; the server may go on running meanwhile.

    Raises
    ------
    BadInput
        The archive can't be written.
    """
    counts = {}
    try:
        with tempfile.NamedTemporaryFile(dir=target.resolve().parent, delete=False) as arriving:
            with zipfile.ZipFile(arriving, "w", zipfile.ZIP_DEFLATED) as archive:
                head = {"format": FORMAT, "revision": schema.REVISION, "version": __version__, "made_at": datetime.now(UTC).isoformat()}
                archive.writestr(HEAD, json.dumps(head))
                with store.database.read(snapshot=True) as connection:
                    for table in _tables():
                        counts[table.name] = _write(archive, connection, table)
                kept = files.all()
                for path in kept:
                    archive.write(path, f"files/{path.name}")
                if home is not None and (home / RUNS).is_file():
                    _write_runs(archive, home / RUNS)
            arriving.flush()
            os.fsync(arriving.fileno())
        Path(arriving.name).replace(target)
    except OSError as error:
        raise BadInput(f"The backup {target} can't be written: {error.strerror}.", "Choose another folder, or make room.") from error
    return BackedUp(counts["project"], counts["record"], len(kept))


def restore(store: Store, files: Files, source: Path, home: Path | None = None) -> BackedUp:
    """Bring everything in an archive into an installation that has no project yet, in one transaction.

    Raises
    ------
    BadInput
        The installation isn't empty, or the archive is damaged or newer than this version; nothing was changed.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            _check(archive)
            names = [name for name in archive.namelist() if name.startswith("files/")]
            for name in names:
                if not SHA.fullmatch(name.removeprefix("files/")) or files.put(archive.read(name)) != name.removeprefix("files/"):
                    raise BadInput(f"The file {name[:40]} in this backup is damaged.", "Take an older backup.")
            counts = {}
            with store.database.write() as connection:
                if connection.execute(sa.select(sa.func.count()).select_from(schema.project).where(~schema.project.c.demo)).scalar():
                    raise BadInput(
                        "There are projects here already, and a backup replaces all.", "Restore into a new GROUNDWORK_HOME or database."
                    )
                connection.execute(sa.delete(schema.project))
                connection.execute(sa.delete(schema.person))
                for table in _tables():
                    counts[table.name] = _read(archive, connection, table)
                if not store.database.is_sqlite:
                    connection.execute(
                        sa.text("SELECT setval(pg_get_serial_sequence('history', 'number'), (SELECT max(number) FROM history))")
                    )
            if home is not None and RUNS in archive.namelist() and not (home / RUNS).exists():
                (home / RUNS).write_bytes(archive.read(RUNS))
    except (OSError, zipfile.BadZipFile, ValueError, KeyError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(f"The backup {source} can't be read: it is damaged, or no backup.", "Take an older one.") from error
    return BackedUp(counts["project"], counts["record"], len(names))


def _tables() -> list[sa.Table]:
    return [table for table in schema.metadata.sorted_tables if table.name not in LEFT_OUT]


def _check(archive: zipfile.ZipFile) -> None:
    head = json.loads(archive.read(HEAD))
    if head.get("format") != FORMAT:
        raise BadInput("This archive isn't a backup of Groundwork.", "Choose a file that `backup` wrote.")
    if str(head.get("revision")) > schema.REVISION:
        raise BadInput("This backup was made by a newer version of Groundwork.", "Start that version, or take an older backup.")


def _write(archive: zipfile.ZipFile, connection: sa.Connection, table: sa.Table) -> int:
    number = 0
    with archive.open(f"tables/{table.name}.jsonl", "w") as target:
        for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings():
            target.write(json.dumps(dict(row), default=_plain).encode() + b"\n")
            number += 1
    return number


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _read(archive: zipfile.ZipFile, connection: sa.Connection, table: sa.Table) -> int:
    name = f"tables/{table.name}.jsonl"
    if name not in archive.namelist():
        return 0
    times = {column.name for column in table.columns if isinstance(column.type, schema.Moment)}
    number, rows = 0, []
    with archive.open(name) as source:
        for line in source:
            row = json.loads(line)
            rows.append({key: datetime.fromisoformat(value) if key in times and value else value for key, value in row.items()})
            number += 1
            if len(rows) == AT_ONCE:
                connection.execute(sa.insert(table), rows)
                rows = []
    if rows:
        connection.execute(sa.insert(table), rows)
    return number


def _write_runs(archive: zipfile.ZipFile, path: Path) -> None:
    """Add the tracked runs as they are at this moment, whoever writes to them."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / RUNS
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        archive.write(copy, RUNS)
