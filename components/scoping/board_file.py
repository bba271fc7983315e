"""The board as one CSV, out and in again without loss; and problems out of a list that somebody pasted, one a line."""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from components import words
from components.project.records import Record
from components.project.store import Conflict, Store
from components.scoping.pasted import MOST_ROWS, guarded, require_text, table_rows, unguarded
from components.scoping.records import RICE_FACTORS, Problem, Solution

KINDS: dict[str, type[Problem] | type[Solution]] = {Problem.kind: Problem, Solution.kind: Solution}
COLUMNS = tuple(dict.fromkeys(["card", "id", *Problem.model_fields, *Solution.model_fields]))
FIELDS = tuple(name for name in COLUMNS if name != "schema_version")
JSON = ("ratings", "basis")
HEADINGS = {
    **{(info.title or name).lower(): name for kind in KINDS.values() for name, info in kind.model_fields.items()},
    **{name.replace("_", " "): name for name in FIELDS},
    "problem": "problem",
}
BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,3}[.)])\s+")


@dataclass
class Brought:
    """Cards out of a text, each with its id ("" for a new one); the columns that nobody knows; the lines that can't be taken."""

    cards: list[tuple[str, Problem | Solution]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """Say what was found."""
        found = f"{words.counted(len(self.cards), 'card')} can be taken."
        if self.refused:
            found += f" {words.counted(len(self.refused), 'line')} can't."
        if self.unknown:
            names = words.listed([f"“{name}”" for name in self.unknown], most=12)
            found += f" {names} {'is' if len(self.unknown) == 1 else 'are'} unknown here and left out."
        return found


def to_csv(records: Sequence[Record[Any]]) -> str:
    """Return problems and solutions as CSV; what a spreadsheet would run as a formula is guarded by an apostrophe."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for record in records:
        row = {"card": record.kind, "id": record.id, **record.body.model_dump(mode="json", exclude={"schema_version"})}
        writer.writerow([_cell(name, row.get(name)) for name in FIELDS])
    return target.getvalue()


def _cell(name: str, value: Any) -> str:
    if value is None or value == {}:
        return ""
    return json.dumps(value, ensure_ascii=False) if name in JSON else repr(value) if name in RICE_FACTORS else guarded(str(value))


def read(name: str, text: str) -> Brought:
    """Return the cards in a CSV or a pasted table; a text without a header of ours is a list of problems, one a line.

    Raises
    ------
    BadInput
        It holds no card at all, or its table is broken.
    """
    require_text(name, text, "statement, who, how often")
    first = next(line for line in text.splitlines() if line.strip())
    headings = {" ".join(part.replace("_", " ").split()).lower().strip('"') for part in re.split(r"[\t;,|]", first)}
    if not headings & {"statement", "title", "card", str(Problem.model_fields["statement"].title).lower()}:
        return _listed(text)
    rows, unknown = table_rows(name, text, HEADINGS, [])
    found = Brought(unknown=unknown)
    for place, row in rows:
        try:
            found.cards.append(_card(row))
        except (ValidationError, ValueError) as error:
            why = error.errors()[0] if isinstance(error, ValidationError) else None
            found.refused.append(f"{place}: {'.'.join(map(str, why['loc'][:1]))}: {why['msg']}" if why else f"{place}: {error}")
    return found


def _listed(text: str) -> Brought:
    found = Brought()
    for number, line in enumerate(text.splitlines()[:MOST_ROWS], start=1):
        said = " ".join(BULLET.sub("", line).split())
        if len(said) > 500:
            found.refused.append(f"Line {number}: it has {len(said)} signs; a problem has at most 500.")
        elif said and all(said != body.statement for _, body in found.cards if isinstance(body, Problem)):
            found.cards.append(("", Problem(statement=said)))
    return found


def _card(row: dict[str, str]) -> tuple[str, Problem | Solution]:
    kind = row.get("card", "").strip().lower() or (Solution.kind if row.get("title") else Problem.kind)
    if kind not in KINDS:
        raise ValueError(f"“{kind[:40]}” under card: write problem or solution")
    values = {name: _value(name, cell) for name, cell in row.items() if name in KINDS[kind].model_fields and (cell or name == "approach")}
    return row.get("id", "").strip(), KINDS[kind].model_validate(values)


def _value(name: str, cell: str) -> Any:
    if name in JSON:
        return json.loads(cell)
    return float(cell) if name in RICE_FACTORS else unguarded(cell)


def bring(store: Store, project_id: str, brought: Brought, person: str) -> int:
    """Save cards that are new or differ from what stands there, and return how many; a problem is named by its id or its statement."""
    here: dict[tuple[str, str], Record[Any]] = {(kind, one.id): one for kind, body in KINDS.items() for one in store.all(project_id, body)}
    stated = {one.body.statement: one.id for one in here.values() if isinstance(one.body, Problem)}
    saved = 0
    for id_, body in sorted(brought.cards, key=lambda card: isinstance(card[1], Solution)):
        if isinstance(body, Problem) and not id_ and body.statement in stated:
            continue
        if isinstance(body, Solution):
            body = body.model_copy(update={"problem": stated.get(body.problem, body.problem)})  # noqa: PLW2901
        known = here.get((body.kind, id_))
        if known is not None and known.body == body:
            continue
        try:
            record = store.save(project_id, body, person=person, id=id_ or None, read=known.version if known else 0)
        except Conflict:
            continue  # somebody changed it just now: theirs stands, and bringing it in again asks anew
        saved += 1
        if isinstance(body, Problem):
            stated[body.statement] = record.id
    return saved
