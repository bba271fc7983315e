"""Milestones as CSV (a row a promise) and as JSON, written and read back without loss."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from components.errors import BadInput
from components.project.projects import new_id
from components.project.records import Body
from components.project.store import Store
from components.project.tables import FORMULA
from components.scoping.milestones import Milestone, Promise, check_order

FORMAT = "groundwork-milestones"
OWN, PROMISE = "milestone_id", "promise_id"
OF_MILESTONE = tuple(name for name in Milestone.model_fields if name != "schema_version")
OF_PROMISE = tuple(name for name in Promise.model_fields if name not in {"schema_version", "milestone"})
COLUMNS = (OWN, *OF_MILESTONE, PROMISE, *OF_PROMISE)
MOST = 2000
AGAIN = "Mend it in the file and bring it in again; nothing was changed."
B = TypeVar("B", bound=Body)


@dataclass(frozen=True)
class Plan:
    """Milestones and promises by their ids, and the columns of a file that have no place here."""

    milestones: dict[str, Milestone]
    promises: dict[str, Promise]
    unknown: tuple[str, ...] = ()


def plan(store: Store, project_id: str) -> Plan:
    """Return what a project promises."""
    milestones = {record.id: record.body for record in store.all(project_id, Milestone)}
    return Plan(milestones, {record.id: record.body for record in store.all(project_id, Promise)})


def to_csv(found: Plan) -> str:
    """Return a plan as CSV: a row a promise, with its milestone's fields in each; a milestone without promises has one row."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for id_, milestone in found.milestones.items():
        own = [_cell(id_), *(_cell(getattr(milestone, name)) for name in OF_MILESTONE)]
        promises = _of(found, id_)
        for promise_id, promise in promises:
            writer.writerow([*own, _cell(promise_id), *(_cell(getattr(promise, name)) for name in OF_PROMISE)])
        if not promises:
            writer.writerow([*own, *[""] * (1 + len(OF_PROMISE))])
    return target.getvalue()


def from_csv(text: str) -> Plan:
    """Read a plan from CSV.

    Raises
    ------
    BadInput
        A row can't be what it says; each such line is named.
    """
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count)))
    except csv.Error:
        raise BadInput(
            "This CSV can't be read: a cell is too long, or a quote never ends.", "See whether this is the right file."
        ) from None
    if not rows or "title" not in rows[0]:
        raise BadInput("This CSV has no column “title”.", f"Its first line names the columns: {', '.join(COLUMNS[:5])}, …")
    if len(rows) > MOST:
        raise BadInput(f"This CSV has {len(rows)} rows.", f"Bring in at most {MOST}.")
    header = [name.strip() for name in rows[0]]
    milestones: dict[str, dict[str, Any]] = {}
    promises: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    by_title: dict[str, str] = {}
    nameless: set[str] = set()
    for number, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        cells = {name: _text(cell) for name, cell in zip(header, row, strict=False) if cell != ""}
        title = cells.get("title", "")
        id_ = cells.get(OWN) or by_title.get(title) or new_id()
        by_title.setdefault(title, id_)
        nameless |= set() if cells.get(OWN) else {id_}
        own = {name: _value(name, cells[name]) for name in OF_MILESTONE if name in cells}
        if milestones.setdefault(id_, own) != own:
            problems.append(f"line {number}: “{title}” is written otherwise in an earlier line")
        theirs = {name: _value(name, cells[name]) for name in OF_PROMISE if name in cells}
        if theirs:
            promises[cells.get(PROMISE) or new_id()] = {**theirs, "milestone": id_}
    unknown = tuple(name for name in header if name and name not in COLUMNS)
    return _checked(_by_id(milestones, nameless), promises, unknown, problems)


def to_json(found: Plan) -> str:
    """Return a plan as JSON: each milestone with its promises."""
    milestones = [
        {
            "id": id_,
            **milestone.model_dump(mode="json"),
            "promises": [
                {"id": promise_id, **promise.model_dump(mode="json", exclude={"milestone"})} for promise_id, promise in _of(found, id_)
            ],
        }
        for id_, milestone in found.milestones.items()
    ]
    return json.dumps({"format": FORMAT, "milestones": milestones}, ensure_ascii=False, indent=1, allow_nan=False)


def from_json(text: str) -> Plan:
    """Read a plan from JSON.

    Raises
    ------
    BadInput
        It isn't JSON, or something in it can't be what it says.
    """
    try:
        data = json.loads(text)
        given = [dict(one) for one in data["milestones"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadInput("This JSON holds no milestones.", "It is an object with a list “milestones”.") from None
    milestones: dict[str, dict[str, Any]] = {}
    promises: dict[str, dict[str, Any]] = {}
    unknown: list[str] = []
    nameless: set[str] = set()
    for one in given:
        given_id = str(one.pop("id", "") or "")
        id_ = given_id or new_id()
        nameless |= set() if given_id else {id_}
        theirs = one.pop("promises", [])
        unknown += [name for name in one if name not in Milestone.model_fields]
        milestones[id_] = {name: value for name, value in one.items() if name in Milestone.model_fields}
        for promise in theirs if isinstance(theirs, list) else []:
            fields = dict(promise) if isinstance(promise, dict) else {}
            promise_id = str(fields.pop("id", "") or new_id())
            unknown += [name for name in fields if name not in Promise.model_fields]
            known = {name: value for name, value in fields.items() if name in Promise.model_fields}
            promises[promise_id] = {**known, "milestone": id_}
    return _checked(_by_id(milestones, nameless), promises, tuple(dict.fromkeys(unknown)), [])


def from_file(name: str, content: bytes) -> Plan:
    """Read a plan from a file whose name ends with .csv or .json."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"{name} isn't text in UTF-8.", "Save it as UTF-8.") from None
    return from_json(text) if name.lower().endswith(".json") else from_csv(text)


def bring_in(store: Store, project_id: str, found: Plan, person: str) -> int:
    """Save a plan; what is here already under its id is replaced, and the history keeps what stood there.

    Returns how many milestones and promises were new or different.

    Raises
    ------
    BadInput
        Together with what is here, a milestone would wait for itself; nothing was changed.
    """
    here = plan(store, project_id)
    together = here.milestones | found.milestones
    for id_, milestone in found.milestones.items():
        check_order(together, id_, milestone)
    bodies: list[tuple[str, Body]] = [(id_, body) for id_, body in found.milestones.items() if here.milestones.get(id_) != body]
    bodies += [(id_, body) for id_, body in found.promises.items() if here.promises.get(id_) != body]
    for id_, body in bodies:
        store.put(project_id, body, person=person, id=id_)
    return len(bodies)


def _of(found: Plan, milestone_id: str) -> list[tuple[str, Promise]]:
    return [(id_, promise) for id_, promise in found.promises.items() if promise.milestone == milestone_id]


def _by_id(milestones: dict[str, dict[str, Any]], nameless: set[str]) -> dict[str, dict[str, Any]]:
    """Let those that came without an id wait for others by their titles."""
    titles = {str(fields.get("title", "")): id_ for id_, fields in milestones.items()}
    for id_ in nameless:
        waits = milestones[id_].get("depends_on", [])
        if isinstance(waits, list):
            milestones[id_]["depends_on"] = [one if one in milestones else titles.get(one, one) for one in waits]
    return milestones


def _checked(
    milestones: Mapping[str, dict[str, Any]], promises: Mapping[str, dict[str, Any]], unknown: tuple[str, ...], problems: list[str]
) -> Plan:
    made = {id_: _made(Milestone, fields, problems) for id_, fields in milestones.items()}
    kept = {id_: _made(Promise, fields, problems) for id_, fields in promises.items()}
    if problems:
        raise BadInput(f"{len(problems)} of the milestones and promises in this file can't be read.", AGAIN, problems[:20])
    return Plan(
        {id_: body for id_, body in made.items() if body is not None},
        {id_: body for id_, body in kept.items() if body is not None},
        unknown,
    )


def _made(body_type: type[B], fields: Mapping[str, Any], problems: list[str]) -> B | None:
    try:
        return body_type(**fields)
    except ValidationError as error:
        name = fields.get("title") or fields.get("metric") or "no name"
        for one in error.errors():
            place = ".".join(str(part) for part in one["loc"]) or body_type.kind
            problems.append(f"“{str(name)[:60]}”: {place}: {str(one['msg']).removeprefix('Value error, ')}")
        return None


def _cell(value: Any) -> str:
    """Write a value so that it is read back as it is, and no spreadsheet takes it for a formula."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(value)
    text = "\n".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith((*FORMULA, "'")) else text


def _text(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*FORMULA, "'")) else cell


def _value(name: str, cell: str) -> Any:
    if name == "depends_on":
        return [one.strip() for one in cell.split("\n") if one.strip()]
    return cell
