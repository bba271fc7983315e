"""The rules of the rulebook in a data contract: `text` rules of ODCS, which say in words what no program checks."""

from typing import Any

from pydantic import ValidationError

from components.data.rulebook.records import CONTENT, Rule

OURS = "groundworkProse"
LONGEST_NAME, LONGEST_LABEL, LONGEST = 120, 80, 2000


def entry(rule: Rule) -> dict[str, Any]:
    """Return a rule as an entry under `quality`."""
    told = rule.model_dump(mode="json", include=set(CONTENT))
    kept = {key: value for key, value in told.items() if value}
    return {
        "type": "text",
        "name": rule.name,
        "description": rule.definition,
        "customProperties": [{"property": OURS, "value": kept}],
    }


def rule_in(quality: dict[str, Any]) -> Rule | None:
    """Return the rule in a `text` entry, ours as it was written, another tool's by its name and description; None where it says nothing."""
    listed = quality.get("customProperties")
    for custom in listed if isinstance(listed, list) else []:
        if isinstance(custom, dict) and custom.get("property") == OURS and isinstance(custom.get("value"), dict):
            try:
                return Rule(**custom["value"])
            except (ValidationError, TypeError):
                break  # changed by hand: its name and description still say what it means
    description = str(quality.get("description") or "").strip()[:LONGEST]
    if not description:
        return None
    name = " ".join(str(quality.get("name") or description).split())[:LONGEST_NAME]
    return Rule(name=name, definition=description, label=name[:LONGEST_LABEL], action="flag")
