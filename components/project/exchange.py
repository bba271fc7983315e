"""A project as one JSON document: everything in it, nothing lost, read back as it was."""

import base64
import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from components import words
from components.errors import BadInput
from components.project import schema
from components.project.document import (
    FORMAT,
    VERSION,
    BallotPart,
    ChangePart,
    Document,
    ProjectPart,
    RecordPart,
    VotePart,
    checked,
    read_document,
    shas,
)
from components.project.files import Files
from components.project.plain import name_of
from components.project.projects import LONGEST_NAME, new_id
from components.project.roles import Everyone, own
from components.project.rounds import Round
from components.project.store import Store

__all__ = ["Imported", "duplicate", "export", "export_text", "exported_name", "import_", "read_document", "schema_of", "shas"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Imported:
    """Where an imported project is now; `renamed` when its id was taken and it got a new one.

    `missing_files` are those that its records refer to and that neither the document nor this installation has.
    """

    project_id: str
    renamed: bool
    missing_files: tuple[str, ...]


def export(store: Store, files: Files, project_id: str, with_files: bool = True) -> dict[str, Any]:
    """Return a project as a document that JSON can hold: records, history, votes, authors and, by choice, files.

    What was said in a round that is still blind stays here: the file would tell it. A file that isn't here (left out of an earlier
    import) is left out.

    Raises
    ------
    BadInput
        There is no such project, or one of its files was damaged on the disk.
    """
    store.check(project_id)
    project_table, person = schema.project, schema.person
    with store.database.read(snapshot=True) as connection:
        query = sa.select(project_table).where(project_table.c.id == project_id, ~project_table.c.deleted)
        project = connection.execute(query).mappings().one_or_none()
        if project is None:
            raise BadInput(f"There is no project “{project_id[:60]}”.", "Its id stands in the address of its screens.")
        records = _rows(connection, schema.record, project_id, schema.record.c.kind, schema.record.c.id)
        history = _rows(connection, schema.history, project_id, schema.history.c.number)
        revealed = [row["id"] for row in records if row["kind"] == Round.kind and row["body"].get("state") == "revealed"]
        ballots, votes = (_said(connection, table, project_id, revealed) for table in (schema.ballot, schema.vote))
        authors = {project["created_by"], *(row["updated_by"] for row in records), *(row["person"] for row in history)}
        people = connection.execute(sa.select(person).where(person.c.id.in_(authors)).order_by(person.c.id)).all()
    document = Document(
        format=FORMAT,
        version=VERSION,
        project=ProjectPart(**{name: project[name] for name in ProjectPart.model_fields}),
        people={row.id: row.name for row in people},
        records=[RecordPart(**{name: row[name] for name in RecordPart.model_fields}) for row in records],
        history=[ChangePart(**{name: row[name] for name in ChangePart.model_fields}) for row in history],
        ballots=[BallotPart(**{name: row[name] for name in BallotPart.model_fields}) for row in ballots],
        votes=[VotePart(**{name: row[name] for name in VotePart.model_fields}) for row in votes],
    )
    if with_files:
        document.files = {sha: base64.b64encode(files.read(sha)).decode() for sha in sorted(document.shas()) if files.has(sha)}
    return document.model_dump(mode="json")


def import_(
    store: Store, files: Files, data: dict[str, Any], person: str, *, owner: str | None = None, everyone: Everyone = "editor"
) -> Imported:
    """Bring in an exported project: as it was, or, where its id is taken, as a new project with the same content.

    Everything is checked before anything is written, and the records arrive in one transaction. Who imports it (`person`)
    changes nothing in the project: it stands in the server's log. Roles stay where they were: here it has the `owner`, if one is given,
    and `everyone` says what anybody with the address may do.

    Raises
    ------
    BadInput
        The document is damaged, or newer than this version knows; nothing was changed.
    """
    document, contents = checked(data, store.kinds)
    access: dict[str, Any] = {"owner": owner, "everyone": everyone}
    for content in contents:
        files.put(content)
    project_id, renamed = document.project.id, False
    try:
        _insert(store, document, project_id, **access)
    except sa.exc.IntegrityError:
        project_id, renamed = new_id(), True
        _insert(store, document, project_id, **access)
    logger.info("%s imported the project %s as %s", person, document.project.id, project_id)
    return Imported(project_id, renamed, tuple(sorted(sha for sha in document.shas() if not files.has(sha))))


def duplicate(
    store: Store, files: Files, project_id: str, name: str, person: str, *, owner: str | None = None, everyone: Everyone = "editor"
) -> str:
    """Make a new project with the content of another, its history and its authors, and return its id; files are shared.

    Raises
    ------
    BadInput
        There is no such project, or the name is no name.
    """
    data = export(store, files, project_id, with_files=False)
    data["project"] |= {"id": new_id(), "name": name_of("project", name, LONGEST_NAME), "demo": False}
    return import_(store, files, data, person, owner=owner, everyone=everyone).project_id


def schema_of(store: Store) -> dict[str, Any]:
    """Return the JSON Schema of an exported project: its parts, and what the body of each kind of record holds."""
    found = Document.model_json_schema()
    bodies = {kind: body_type.model_json_schema(ref_template=f"#/$defs/{kind}/$defs/{{model}}") for kind, body_type in store.kinds.items()}
    record = found["$defs"]["RecordPart"]
    record["allOf"] = [
        {"if": {"properties": {"kind": {"const": kind}}}, "then": {"properties": {"body": {"$ref": f"#/$defs/{kind}"}}}} for kind in bodies
    ]
    found["$defs"] |= bodies
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A project of Groundwork", **found}


def export_text(store: Store, files: Files, project_id: str, with_files: bool = True) -> str:
    """Return the exported project as JSON text."""
    return json.dumps(export(store, files, project_id, with_files), separators=(",", ":"))


def exported_name(name: str) -> str:
    """Return a file name for an exported project."""
    return f"{words.slug(name)}-{datetime.now(UTC):%Y-%m-%d}.json"


def _insert(store: Store, document: Document, project_id: str, *, owner: str | None, everyone: Everyone) -> None:
    """Write all of a document in one transaction; fails with IntegrityError where the id is taken."""
    old_id = document.project.id
    values = document.project.model_dump() | {
        "id": project_id,
        "unlisted": False,
        "expires_at": None,
        "deleted": False,
        "everyone": everyone,
    }
    values["everyone"] = everyone
    values["demo"] = document.project.demo and project_id == old_id
    records = [{"project_id": project_id, **part.model_dump()} for part in document.records]
    history = [{"project_id": project_id, **part.model_dump()} for part in document.history]
    for entry in history:
        if entry["kind"] == "project" and entry["record_id"] == old_id:
            entry["record_id"] = project_id
    people = [{"id": id, "name": name} for id, name in document.people.items()]
    with store.database.write() as connection:
        connection.execute(sa.insert(schema.project).values(**values))
        if owner is not None:
            own(connection, project_id, owner, datetime.now(UTC))
        if records:
            connection.execute(sa.insert(schema.record), records)
        if history:
            connection.execute(sa.insert(schema.history), history)
        for table, parts in ((schema.ballot, document.ballots), (schema.vote, document.votes)):
            if parts:
                connection.execute(sa.insert(table), [{"project_id": project_id, **part.model_dump()} for part in parts])
        store.database.insert_missing(connection, schema.person, people)


def _rows(connection: sa.Connection, table: sa.Table, project_id: str, *order: sa.ColumnElement[Any]) -> list[Any]:
    return list(connection.execute(sa.select(table).where(table.c.project_id == project_id).order_by(*order)).mappings())


def _said(connection: sa.Connection, table: sa.Table, project_id: str, rounds: list[str]) -> list[Any]:
    """Return who took part in some rounds, or what was said in them."""
    query = sa.select(table).where(table.c.project_id == project_id, table.c.round_id.in_(rounds))
    return list(connection.execute(query.order_by(table.c.round_id, table.c.at, table.c.voter, *table.primary_key.columns)).mappings())
