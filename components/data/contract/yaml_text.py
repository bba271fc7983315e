"""YAML from outside: plain values only, nothing that unfolds or runs."""

from typing import Any

import yaml

from components.errors import BadInput

MOST_CHARACTERS = 500_000
MOST_DEEP = 50


class _Plain(yaml.SafeLoader):
    """Reads plain values; names for parts (anchors), which a few lines can unfold to gigabytes, and a name given twice are refused."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if event.anchor if hasattr(event, "anchor") else isinstance(event, yaml.AliasEvent):
            raise BadInput("The contract uses names for its parts (& and *), which aren't read here.", "Write each part out.")
        self.depth += 1
        if self.depth > MOST_DEEP:
            raise BadInput(f"The contract is nested more than {MOST_DEEP} deep.", "A contract has about ten levels.")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
        if twice is not None:
            raise BadInput(f"The contract says “{str(twice)[:80]}” twice in one place.", "Keep one of them.")
        return super().construct_mapping(node, deep)


def read(text: str) -> dict[str, Any]:
    """Return the mapping that a YAML text holds.

    Raises
    ------
    BadInput
        It isn't YAML, isn't a mapping, or is too large, too deep, or uses anchors.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadInput("The contract is over 500 kB.", "A contract of rules is a few pages: bring the rules alone.")
    try:
        found = yaml.load(text, _Plain)  # noqa: S506 - a safe loader
    except BadInput:
        raise
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark is not None else ""
        raise BadInput(f"The contract isn't YAML that can be read{where}.", "Check the indentation and the quotes there.") from None
    except (ValueError, RecursionError, OverflowError):
        raise BadInput("The contract holds a value that can't be read.", "Check its dates and numbers.") from None
    if not isinstance(found, dict):
        raise BadInput("The contract isn't a data contract.", "It begins with apiVersion and kind: DataContract.")
    return found
