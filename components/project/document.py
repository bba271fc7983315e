"""The form of an exported project, and the check that a document has it before anything is written."""

import base64
import binascii
import hashlib
import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from components.errors import BadInput
from components.project.files import SHA
from components.project.history import DAMAGED, read_body
from components.project.records import Body

FORMAT: Literal["groundwork-project"] = "groundwork-project"
VERSION: Literal[1] = 1
DEEPEST = 60
LARGEST = 2**31 - 1
AGAIN = "Export it again where it came from; nothing was imported."


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("it holds signs that can't be shown")
    return text


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("it holds a sign that no database keeps")
    return text


def _moment(value: object) -> datetime:
    """Return a point in time with its zone; a date without one could be any."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError("it is no point in time")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("it is no point in time") from None


Moment = Annotated[datetime, BeforeValidator(_moment)]
Whole = Annotated[int, Field(ge=0, le=LARGEST)]
PersonId = Annotated[str, StringConstraints(max_length=64), AfterValidator(_printable)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=128), AfterValidator(_printable)]
Kind = Annotated[str, StringConstraints(min_length=1, max_length=64), AfterValidator(_printable)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_printable)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ProjectPart(_Part):
    """The project itself."""

    id: Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
    name: Name
    created_at: Moment
    created_by: PersonId
    changed_at: Moment
    demo: bool
    seq: Whole


class RecordPart(_Part):
    """One record as it stands."""

    kind: Kind
    id: Id
    version: Annotated[Whole, Field(ge=1)]
    body: dict[str, Any]
    updated_by: PersonId
    updated_at: Moment
    seq: Whole


class ChangePart(_Part):
    """One entry of the history."""

    seq: Whole
    kind: Kind
    record_id: Id
    version: Whole
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    person: PersonId
    at: Moment


class BallotPart(_Part):
    """Somebody who took part in a round that is revealed."""

    round_id: Id
    voter: PersonId
    name: Name
    role: Annotated[str, StringConstraints(max_length=40), AfterValidator(_printable)]
    done: bool
    entered_by: PersonId
    at: Moment


class VotePart(_Part):
    """What somebody said about a card in a round that is revealed."""

    round_id: Id
    voter: PersonId
    card: Id
    answers: dict[str, Any]
    note: Annotated[str, StringConstraints(max_length=2000), AfterValidator(_without_nul)]
    at: Moment


class Document(_Part):
    """A project with everything in it; `files` maps a SHA-256 to the content in base64."""

    format: Literal["groundwork-project"]
    version: Literal[1]
    project: ProjectPart
    people: dict[PersonId, Name]
    records: list[RecordPart]
    history: list[ChangePart]
    ballots: list[BallotPart] = []
    votes: list[VotePart] = []
    files: dict[str, str] = {}

    def shas(self) -> set[str]:
        """Return the SHA-256 of every file that a record refers to."""
        return {sha for record in self.records for sha in shas(record.body)}


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


def checked(data: dict[str, Any], kinds: dict[str, type[Body]]) -> tuple[Document, list[bytes]]:
    """Return a document in its form, with the files that its records refer to.

    Raises
    ------
    BadInput
        It is damaged, or newer than this version knows.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadInput("This isn't a project that Groundwork exported.", "Choose a file that “Export” made.")
    version = data.get("version")
    if isinstance(version, int) and version > VERSION:
        raise BadInput("This project was exported by a newer version of Groundwork.", "Update Groundwork, then import it again.")
    if not _sound(data):
        raise BadInput("This project is nested too deeply, or holds a number that is none.", AGAIN)
    try:
        document = Document.model_validate(data)
    except ValidationError as error:
        raise _damaged(".".join(str(part) for part in error.errors()[0]["loc"][:4])) from None
    for number, record in enumerate(document.records):
        try:
            read_body(kinds, record.kind, record.body)
        except DAMAGED as error:
            if isinstance(error, BadInput):
                raise
            raise _damaged(f"records.{number}.body") from None
    _consistent(document)
    return document, _contents(document)


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


def _consistent(document: Document) -> None:
    """Check what the parts say about each other."""
    keys = {(record.kind, record.id) for record in document.records}
    if len(keys) != len(document.records):
        raise BadInput("This project holds the same record twice.", AGAIN)
    ballots = {(one.round_id, one.voter) for one in document.ballots}
    votes = {(one.round_id, one.voter, one.card) for one in document.votes}
    if len(ballots) != len(document.ballots) or len(votes) != len(document.votes):
        raise BadInput("This project holds the same vote twice.", AGAIN)
    seqs = [*(record.seq for record in document.records), *(change.seq for change in document.history)]
    if max(seqs, default=0) > document.project.seq:
        raise _damaged("seq")


def _sound(data: Any) -> bool:
    """Whether a document is no deeper than ours get and all its numbers are numbers; walks by level, since recursion would fail first."""
    level = [data]
    for _ in range(DEEPEST):
        children = [child for one in level for child in (one.values() if isinstance(one, dict) else one)]
        if any(isinstance(child, float) and not math.isfinite(child) for child in children):
            return False
        level = [child for child in children if isinstance(child, dict | list)]
        if not level:
            return True
    return False


def _contents(document: Document) -> list[bytes]:
    wanted, contents = document.shas(), []
    for sha, text in document.files.items():
        try:
            content = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            content = None
        if content is None or hashlib.sha256(content).hexdigest() != sha:
            raise BadInput(f"The file {sha[:8]} in this project is damaged.", AGAIN)
        if sha in wanted:
            contents.append(content)
    return contents


def _damaged(place: str) -> BadInput:
    return BadInput(f"This project is damaged at “{place[:80]}”.", AGAIN)
