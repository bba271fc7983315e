"""Two people changed one record: what each changed, and where they contradict each other."""

from collections.abc import Mapping
from typing import Any, TypeVar

from components.project.records import Body

B = TypeVar("B", bound=Body)


def merged(base: Mapping[str, Any], mine: B, theirs: B) -> tuple[B, list[str]]:
    """Return both people's changes in one body, and the fields that both changed differently, where mine stands.

    Parameters
    ----------
    base : mapping
        The fields as they were when mine was opened; empty for a new record.
    """
    ours, other = mine.model_dump(), theirs.model_dump()
    changed = [name for name in ours if name not in base or ours[name] != base[name]]
    contested = [name for name in changed if ours[name] != other[name] and (name not in base or other[name] != base[name])]
    return type(mine)(**{**other, **{name: ours[name] for name in changed}}), contested
