"""Decisions as files: Markdown Architectural Decision Records (MADR 4), written and read back without loss.

What MADR has no place for stands in the head of the file (id, trigger, what it supersedes) and in two sections: votes and dissent.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from components import words
from components.errors import BadInput
from components.project.decisions import Decision, Entry, Voice
from components.project.projects import new_id
from components.project.store import Store

HEAD = {"status": "status", "date": "on", "decision-makers": "makers", "consulted": "consulted", "informed": "informed"}
OURS = {name: name for name in ("revisit_figure", "revisit_comparison", "revisit_value", "revisit_on", "supersedes", "about", "meeting")}
PARAGRAPHS = {
    "Context and Problem Statement": "context",
    "Decision Outcome": "outcome",
    "Confirmation": "confirmation",
    "Dissent": "dissent",
    "Revisit": "revisit",
}
LISTS = {"Decision Drivers": "drivers", "Considered Options": "options"}
VOTES = "Votes"
COLUMNS = ("who", "role", "said", "agrees", "why")
EPOCH = (2000, 1, 1, 0, 0, 0)
LARGEST = 20 * 1024 * 1024
AGAIN = "Choose a file that “Download as MADR” made, or one in MADR’s form."


@dataclass(frozen=True)
class Read:
    """A decision read from a file: its id where the file names one, and what of the file has no place here."""

    id: str
    decision: Decision
    unknown: tuple[str, ...]


def to_madr(id: str, body: Decision) -> str:
    """Return a decision as MADR."""
    values = body.model_dump(mode="json")
    head = {"id": id, **{ours: values[field] for ours, field in (HEAD | OURS).items() if values[field] not in (None, [], "")}}
    parts = [f"---\n{yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=1000)}---\n", f"# {body.title}\n"]
    for heading, field in [*list(PARAGRAPHS.items())[:1], *LISTS.items(), *list(PARAGRAPHS.items())[1:]]:
        text = "\n".join(f"* {item}" for item in values[field]) if heading in LISTS else _escaped(values[field])
        if text:
            parts.append(f"{'###' if heading == 'Confirmation' else '##'} {heading}\n\n{text}\n")
    if body.votes:
        rows = [f"| {' | '.join(_cell(_said(voice, column)) for column in COLUMNS)} |" for voice in body.votes]
        head_row = f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}"
        parts.append(f"## {VOTES}\n\n{head_row}\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def from_madr(text: str) -> Read:
    """Read a decision from MADR.

    Raises
    ------
    BadInput
        There is no title, or a field can't be what the file says; nothing was changed.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    head, rest = _head(text)
    title = re.match(r"\s*# (.+)", rest)
    if title is None:
        raise BadInput("This file has no title: a line that begins with “# ”.", AGAIN)
    unknown = [key for key in head if key not in {*HEAD, *OURS, "id"}]
    fields: dict[str, Any] = {(HEAD | OURS)[key]: value for key, value in head.items() if key in HEAD | OURS}
    for name in ("makers", "consulted", "informed"):
        if isinstance(fields.get(name), str):
            fields[name] = [part.strip() for part in fields[name].split(",") if part.strip()]
    sections = re.split(r"^#{2,3} (.+)\n?", rest[title.end() :], flags=re.MULTILINE)
    for heading, content in zip(sections[1::2], sections[2::2], strict=True):
        name = heading.strip()
        if name in PARAGRAPHS:
            fields[PARAGRAPHS[name]] = _unescaped(content.strip("\n"))
        elif name in LISTS:
            fields[LISTS[name]] = re.findall(r"^[*-] (.+)$", content, re.MULTILINE)
        elif name == VOTES:
            fields["votes"] = _voices(content)
        else:
            unknown.append(name)
    try:
        decision = Decision(**{"title": title.group(1), **fields})
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"]) or "the trigger"
        raise BadInput(f"“{title.group(1)[:80]}” can't be read: {place} isn't what it can be.", AGAIN) from None
    return Read(str(head.get("id", "")), decision, tuple(unknown))


def file_name(entry: Entry) -> str:
    """Return the name of a decision's file, as MADR counts them."""
    return f"{entry.number:04d}-{words.slug(entry.body.title)[:60].strip('-')}.md"


def to_zip(entries: Sequence[Entry]) -> bytes:
    """Return all decisions as files in a zip; the same bytes for the same decisions."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            archive.writestr(zipfile.ZipInfo(file_name(entry), EPOCH), to_madr(entry.id, entry.body))
    return target.getvalue()


def from_file(name: str, content: bytes) -> list[Read]:
    """Read the decisions in a `.md` file or in a zip of them.

    Raises
    ------
    BadInput
        A file can't be read; it is named, and nothing was changed.
    """
    if not content.startswith(b"PK"):
        return [_decoded(name, content)]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = sorted((one for one in archive.infolist() if one.filename.endswith(".md")), key=lambda one: one.filename)
            if sum(one.file_size for one in inside) > LARGEST:
                raise BadInput(f"{name} unpacks to more than 20 MB.", AGAIN)
            found = [_decoded(one.filename, archive.read(one)) for one in inside]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise BadInput(f"{name} is a damaged zip.", AGAIN) from None
    if not found:
        raise BadInput(f"{name} holds no .md file.", AGAIN)
    return found


def bring_in(store: Store, project_id: str, found: Sequence[Read], person: str) -> int:
    """Save decisions that were read; one that is here already under its id is replaced, and its history keeps what stood there.

    Returns how many were new or different.
    """
    known = {record.id: record.body for record in store.all(project_id, Decision)}
    changed = [one for one in found if known.get(one.id) != one.decision]
    for one in changed:
        store.put(project_id, one.decision, person=person, id=one.id or new_id())
    return len(changed)


def _decoded(name: str, content: bytes) -> Read:
    try:
        return from_madr(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadInput(f"{name} isn't text in UTF-8.", AGAIN) from None
    except BadInput as error:
        raise BadInput(f"{name}: {error.what}", error.todo) from None


def _head(text: str) -> tuple[dict[str, Any], str]:
    found = re.match(r"---\n(.*?)^---\n", text, re.DOTALL | re.MULTILINE)
    if found is None:
        return {}, text
    try:
        head = yaml.safe_load(found.group(1)) or {}
    except (yaml.YAMLError, ValueError):
        head = None
    if not isinstance(head, dict):
        raise BadInput("The head of this file, between the lines “---”, is no YAML.", AGAIN)
    return head, text[found.end() :]


def _escaped(text: str) -> str:
    return re.sub(r"^(\\*#)", r"\\\1", text, flags=re.MULTILINE)


def _unescaped(text: str) -> str:
    return re.sub(r"^\\(\\*#)", r"\1", text, flags=re.MULTILINE)


def _said(voice: Voice, column: str) -> str:
    value = getattr(voice, column)
    return ("yes" if value else "no") if column == "agrees" else str(value)


def _cell(text: str) -> str:
    return re.sub(r"([\\|<])", r"\\\1", text).replace("\n", "<br>")


def _voices(content: str) -> list[dict[str, Any]]:
    rows = [line for line in content.strip().split("\n") if line.startswith("|")][2:]
    voices = []
    for row in rows:
        voice: dict[str, Any] = dict(zip(COLUMNS, _cells(row), strict=False))
        voices.append({**voice, "agrees": voice.get("agrees") == "yes"})
    return voices


def _cells(row: str) -> list[str]:
    """Split a row of a table at the bars that aren't escaped."""
    cells = [""]
    for piece in re.findall(r"\\.|<br>|\||[^\\|<]+|<|\\", row.strip().removeprefix("|").removesuffix("|"), re.DOTALL):
        if piece == "|":
            cells.append("")
        else:
            cells[-1] += "\n" if piece == "<br>" else piece[1] if len(piece) == 2 and piece[0] == "\\" else piece
    return [cell.strip() for cell in cells]
