"""Lines of the checklist that a team writes itself, in YAML."""

from typing import Any

import yaml
from pydantic import ValidationError

from components import words
from components.errors import BadInput
from components.project.store import Store
from components.readiness.effects import Effect
from components.readiness.ml_test_score import Line
from components.readiness.records import OwnLine

MOST = 100
EXAMPLE = """\
- title: The desk can switch the reader off
  section: Pilot            # or Scoping, Data, Model, Infrastructure, Monitoring
  why: Whoever sees nonsense must not have to phone anybody.
  prevents: {F16: .3}       # chance that a fault never reaches serving: an assumption
- title: Scores are looked at every morning
  section: Monitoring
  monitors: [M07]           # what it puts in place
"""


def code_of(line: OwnLine) -> str:
    """Return the code of a line: it follows from the title, so that the same line is never there twice."""
    return f"own-{words.slug(line.title)[:50]}"


def own_lines(store: Store, project_id: str) -> dict[str, OwnLine]:
    """Return a project's own lines by their codes."""
    return {record.id: record.body for record in store.all(project_id, OwnLine)}


def as_line(code: str, own: OwnLine) -> Line:
    """Return an own line as the checklist shows it."""
    return Line(code, own.section, own.title, own.why or "A line of the team's own.")


def effect_of(own: OwnLine) -> Effect:
    """Return what an own line does against faults."""
    return Effect(monitors=own.monitors, prevents=own.prevents)


def read_lines(text: str) -> list[OwnLine]:
    """Read lines from YAML.

    Raises
    ------
    BadInput
        It is no YAML, no list, or a line has an unknown key or an impossible value; the sentence names it.
    """
    try:
        given = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise BadInput("This can't be read as YAML.", "Begin each line with “- title: …”.") from None
    if not isinstance(given, list) or not given:
        raise BadInput("Lines are a list.", "Begin each with “- title: …”.")
    if len(given) > MOST:
        raise BadInput(f"There are {len(given)} lines.", f"A checklist that somebody reads has at most {MOST} of its own.")
    return [_read(number, one) for number, one in enumerate(given, start=1)]


def _read(number: int, given: Any) -> OwnLine:
    if not isinstance(given, dict):
        raise BadInput(f"Line {number} has no keys.", "Write “- title: …”.")
    try:
        return OwnLine.model_validate(given)
    except ValidationError as error:
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        name = ".".join(str(part) for part in first["loc"])[:60] or "line"
        if first["type"] == "extra_forbidden":
            known = [field for field in OwnLine.model_fields if field != "schema_version"]
            raise BadInput(f"Line {number} has a key “{name}” that nobody knows.", f"There are {words.listed(known)}.") from None
        said = str(first["msg"]).removeprefix("Value error, ")
        raise BadInput(
            f"The {name} of line {number} can't be used: {said[:1].lower()}{said[1:]}.", "Change it, and take the lines again."
        ) from None
