"""A project as one JSON document: everything in it, nothing lost, read back as it was."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from components.errors import BadInput
from components.project import schema
from components.project.files import Files
from components.project.history import read_body
from components.project.projects import new_id
from components.project.store import Store

FORMAT = "groundwork-project"
VERSION = 1
DEEPEST = 60
SHA = re.compile(r"[0-9a-f]{64}")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False)


class _Record(_Part):
    kind: str = Field(max_length=64)
    id: str = Field(max_length=128)
    version: int = Field(ge=1)
    body: dict[str, Any]
    updated_by: str = Field(max_length=64)
    updated_at: datetime
    seq: int


class _Change(_Part):
    seq: int
    kind: str = Field(max_length=64)
    record_id: str = Field(max_length=128)
    version: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    person: str = Field(max_length=64)
    at: datetime


class _Project(_Part):
    id: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")
    name: str = Field(min_length=1, max_length=200)
    created_at: datetime
    created_by: str = Field(max_length=64)
    changed_at: datetime
    demo: bool
    seq: int


class _Document(_Part):
    format: str
    version: int
    project: _Project
    people: dict[str, str]
    records: list[_Record]
    history: list[_Change]
    files: dict[str, str] = {}


@dataclass(frozen=True)
class Imported:
    """Where an imported project is now; `renamed` when its id was taken and it got a new one."""

    project_id: str
    renamed: bool
    missing_files: tuple[str, ...]


def export(store: Store, files: Files, project_id: str, with_files: bool = True) -> dict[str, Any]:
    """Return a project as a document that JSON can hold: records, history, authors and, by choice, files.

    Raises
    ------
    BadInput
        There is no such project, or one of its files is missing.
    """
    with store.database.read() as connection:
        project = connection.execute(sa.select(schema.project).where(schema.project.c.id == project_id)).mappings().one_or_none()
        if project is None:
            raise BadInput(f"There is no project “{project_id[:60]}”.", "Its id stands in the address of its screens.")
        records = _rows(connection, schema.record, project_id, schema.record.c.kind, schema.record.c.id)
        history = _rows(connection, schema.history, project_id, schema.history.c.number)
        authors = {project["created_by"], *(r["updated_by"] for r in records), *(h["person"] for h in history)}
        people = connection.execute(sa.select(schema.person).where(schema.person.c.id.in_(authors)).order_by(schema.person.c.id))
        names = {row.id: row.name for row in people}
    document = _Document(
        format=FORMAT,
        version=VERSION,
        project=_Project(**{name: project[name] for name in _Project.model_fields}),
        people=names,
        records=[_Record(**{name: row[name] for name in _Record.model_fields}) for row in records],
        history=[_Change(**{name: row[name] for name in _Change.model_fields}) for row in history],
    )
    if with_files:
        named = sorted({sha for record in document.records for sha in shas(record.body) if files.has(sha)})
        document.files = {sha: base64.b64encode(files.read(sha)).decode() for sha in named}
    return document.model_dump(mode="json")


def read_document(text: str | bytes) -> dict[str, Any]:
    """Return the document of an exported file.

    Raises
    ------
    BadInput
        It isn't JSON, or isn't a project.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput("This file isn't a project: its JSON is damaged.", "Export the project again, or choose another file.") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadInput("This JSON isn't a project that Groundwork exported.", "Choose a file that “Export” made.")
    return data


def import_(store: Store, files: Files, data: dict[str, Any], person: str) -> Imported:
    """Bring in an exported project: as it was, or, where its id is taken, as a new project with the same content.

    Everything is checked before anything is written, and the records arrive in one transaction.

    Raises
    ------
    BadInput
        The document is damaged, or newer than this version knows; nothing was changed.
    """
    document = _checked(store, data)
    for content in _contents(document):
        files.put(content)
    with store.database.write() as connection:
        taken = connection.execute(sa.select(schema.project.c.id).where(schema.project.c.id == document.project.id)).scalar()
        project_id = new_id() if taken else document.project.id
        values = document.project.model_dump() | {"id": project_id, "unlisted": False, "expires_at": None, "deleted": False}
        connection.execute(sa.insert(schema.project).values(**values | {"demo": document.project.demo and not taken}))
        for table, rows in ((schema.record, document.records), (schema.history, document.history)):
            if rows:
                connection.execute(sa.insert(table), [{"project_id": project_id, **row.model_dump()} for row in rows])
        known = set(connection.execute(sa.select(schema.person.c.id).where(schema.person.c.id.in_(document.people))).scalars())
        new = [{"id": id_, "name": name} for id_, name in document.people.items() if id_ not in known]
        if new:
            connection.execute(sa.insert(schema.person), new)
    missing = tuple(sorted({sha for record in document.records for sha in shas(record.body) if not files.has(sha)}))
    return Imported(project_id, bool(taken), missing)


def shas(body: Any) -> Iterator[str]:
    """Yield every SHA-256 in a body: the files that a record refers to."""
    if isinstance(body, str):
        if SHA.fullmatch(body):
            yield body
    elif isinstance(body, dict):
        for value in body.values():
            yield from shas(value)
    elif isinstance(body, list):
        for value in body:
            yield from shas(value)


def _checked(store: Store, data: dict[str, Any]) -> _Document:
    version = data.get("version")
    if isinstance(version, int) and version > VERSION:
        raise BadInput("This project was exported by a newer version of Groundwork.", "Update Groundwork, then import it again.")
    if _too_deep(data):
        raise BadInput("This project's JSON is nested too deeply to be one of ours.", "Export the project again.")
    try:
        document = _Document.model_validate(data)
        for record in document.records:
            read_body(store.kinds, record.kind, record.body)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"][:4])
        raise BadInput(f"This project is damaged at “{place[:80]}”.", "Export it again where it came from; nothing was imported.") from None
    keys = {(record.kind, record.id) for record in document.records}
    if len(keys) != len(document.records):
        raise BadInput("This project holds the same record twice.", "Export it again where it came from; nothing was imported.")
    return document


def _too_deep(data: Any) -> bool:
    level = [data]
    for _ in range(DEEPEST):
        level = [
            child
            for value in level
            for child in (value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


def _contents(document: _Document) -> list[bytes]:
    contents = []
    for sha, text in document.files.items():
        try:
            content = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if hashlib.sha256(content).hexdigest() != sha:
            raise BadInput(f"The file {sha[:8]} in this project is damaged.", "Export it again where it came from; nothing was imported.")
        contents.append(content)
    return contents


def _rows(connection: sa.Connection, table: sa.Table, project_id: str, *order: sa.ColumnElement[Any]) -> list[Any]:
    return list(connection.execute(sa.select(table).where(table.c.project_id == project_id).order_by(*order)).mappings())


def export_text(store: Store, files: Files, project_id: str, with_files: bool = True) -> str:
    """Return the exported project as JSON text."""
    return json.dumps(export(store, files, project_id, with_files), ensure_ascii=False, separators=(",", ":"))


def exported_name(name: str) -> str:
    """Return a file name for an exported project."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "project"
    return f"{plain}-{datetime.now(UTC):%Y-%m-%d}.json"
