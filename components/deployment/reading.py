"""Reads a plan from plain values or a YAML file, and says in one sentence what is wrong with it."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from components import words
from components.deployment.gates import GATES
from components.deployment.parts import Approval, Injected, Move, Review, Slice, Step, Switch, Unit
from components.deployment.plan import Plan
from components.errors import BadInput

LISTS = {"steps": "step", "faults": "fault", "slices": "slice", "move": "step of the switch"}
GROUPS: dict[str, type[BaseModel]] = {"approval": Approval, "unit": Unit, "review": Review, "switch": Switch}
PARTS: dict[str, type[BaseModel]] = {"": Plan, "steps": Step, "faults": Injected, "slices": Slice, **GROUPS}
KINDS: dict[str, type[BaseModel]] = {gate.model_fields["kind"].default: gate for gate in GATES}
WANTED = {
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "at least {ge:g}",
    "less_than": "less than {lt:g}",
    "less_than_equal": "at most {le:g}",
    "finite_number": "a finite number",
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "too_short": "a ramp of at least one step",
    "too_long": "a ramp of at most {max_length} steps",
    "literal_error": "{expected}",
    "tuple_type": "a list, such as [{{share: .01, windows: 30}}]",
    "model_type": "a group of keys with their values",
    "union_tag_not_found": "a group of keys with their values",
    "union_tag_invalid": "one of {expected_tags}",
    "string_type": "a text",
    "string_too_long": "at most {max_length} signs long",
    "string_pattern_mismatch": "small letters, digits and hyphens, as names in Kubernetes are",
}
MOST_BYTES = 1_000_000


def read_plan(data: Any) -> Plan:
    """Return the plan in plain values.

    Raises
    ------
    BadInput
        A key is unknown, or a value is impossible; the sentence names it.
    """
    if not isinstance(data, dict):
        raise BadInput("A plan is a list of keys and values.", "Begin with “strategy: canary”.")
    try:
        return Plan.model_validate(data)
    except ValidationError as error:
        raise BadInput(*_sentence(error.errors()[0])) from None


def with_risk(plan: Plan, risk_ratio: float) -> Plan:
    """Return the same plan for another new version."""
    return read_plan({**plan.model_dump(), "risk_ratio": risk_ratio})


def without_harm(plan: Plan, risk_ratio: float = 1.0) -> Plan:
    """Return the same plan when nothing goes wrong, and the new version is as good as this says."""
    alike = [{**one.model_dump(), "risk_ratio": 1.0} for one in plan.slices]
    return read_plan({**plan.model_dump(), "risk_ratio": risk_ratio, "faults": (), "slices": alike})


def _sentence(error: Any) -> tuple[str, str]:
    """Return what is wrong with the plan, and what to do about it."""
    place = _place(error["loc"])
    if error["type"] in {"extra_forbidden", "invalid_key"}:
        part = str(error["loc"][0]) if len(error["loc"]) > 1 else ""
        model = KINDS[str(error["loc"][1])] if part == "gate" else PARTS[part]
        if part == "switch" and len(error["loc"]) > 2:
            model, part = Move, "move"
        owner = f"the gate “{error['loc'][1]}”" if part == "gate" else f"the {part}" if part in GROUPS else f"a {LISTS.get(part, 'plan')}"
        return f"The plan has no key “{place}”.", f"The keys of {owner} are {words.listed(model.model_fields, most=30)}."
    if error["type"] == "missing":
        return f"The plan's {place} is missing.", "Add it."
    given = error["ctx"]["tag"] if error["type"] == "union_tag_invalid" else error["input"]
    said = f"The plan's {place} is {_shown(given)}." if place else ""
    if error["type"] == "value_error":
        return said or "The plan is impossible.", str(error["msg"]).removeprefix("Value error, ")
    if error["type"] in WANTED:
        return said, f"It must be {WANTED[error['type']].format(**error.get('ctx', {}))}."
    return said, f"{error['msg']}."


def _place(loc: tuple[Any, ...]) -> str:
    """Name a place in the plan: `failure_rate`, `gate.alpha`, `share of step 2`."""
    names = [str(part)[:60] for part in loc]
    if names[:1] == ["gate"] and len(names) > 1:
        del names[1]  # the kind by which it was read
    if names[:1] == ["monitors"]:
        return "monitors"
    if names[:2] == ["switch", "migration"] and len(loc) > 2:
        one = f"step {int(loc[2]) + 1} of the switch"
        return f"{'.'.join(names[3:])} of {one}" if len(loc) > 3 else one
    if names and names[0] in LISTS and len(loc) > 1:
        one = f"{LISTS[names[0]]} {int(loc[1]) + 1}"
        return f"{'.'.join(names[2:])} of {one}" if len(loc) > 2 else one
    return ".".join(names)


def _shown(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, dict | list | tuple):
        return "a group of keys" if isinstance(value, dict) else f"a list of {len(value)}"
    return f"“{value[:60]}”" if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else str(value)[:60]


class _Loader(yaml.SafeLoader):
    """Reads plain YAML: no references, which can make a short file endless, and no key twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise BadInput("The plan refers to another part of itself (a YAML alias).", "Write the values out.")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for key in keys:
            if keys.count(key) > 1:
                raise BadInput(f"The plan has the key “{key[:60]}” twice.", "Keep one of them.")
        return super().construct_mapping(node, deep)


def read_plan_file(path: Path) -> Plan:
    """Return the plan in a YAML file.

    Raises
    ------
    BadInput
        The file isn't there, isn't YAML, or holds no possible plan.
    """
    if not path.is_file():
        raise BadInput(f"There is no file {path}.", "Check the name and the folder.")
    if path.stat().st_size > MOST_BYTES:
        raise BadInput(f"{path} is too large for a plan.", "A plan has a few dozen lines.")
    try:
        data = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except BadInput:
        raise
    except yaml.MarkedYAMLError as error:
        line = f": see line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise BadInput(f"{path} isn't YAML{line}.", "Check its indentation.") from None
    except (yaml.YAMLError, ValueError, RecursionError, OSError):
        raise BadInput(f"{path} can't be read as YAML.", "A plan is a text file in UTF-8.") from None
    if data is None:
        raise BadInput(f"{path} is empty.", "A plan begins with “strategy: canary”.")
    return read_plan(data)
