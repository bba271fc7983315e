"""What people say about a record, whichever kind it is."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from components.project.records import Body, Record


class Comment(Body):
    """Something that somebody says about a record; who and when stand in the record around it, since nobody else changes it."""

    kind: ClassVar[str] = "comment"
    about_kind: str = Field(min_length=1, max_length=64)
    about_id: str = Field(min_length=1, max_length=128)
    text: str = Field(title="Comment", min_length=1, max_length=2000)


Threads = dict[tuple[str, str], list[Record[Comment]]]
"""Comments by the kind and id of what they are about, the oldest first."""


def threads(comments: Iterable[Record[Comment]]) -> Threads:
    """Return comments by what they are about."""
    found: Threads = {}
    for record in comments:
        found.setdefault((record.body.about_kind, record.body.about_id), []).append(record)
    return found


def mentioned(text: str, names: Iterable[str]) -> list[str]:
    """Return who is called in a text by “@” and their name, the longest names first so that @Ana Lima isn't taken for Ana.

    >>> mentioned("@Ana Lima, look; and @ben", ["Ana", "Ana Lima", "Ben"])
    ['Ana Lima', 'Ben']
    """
    found, left = [], text.casefold()
    for name in sorted(set(names), key=lambda one: (-len(one), one)):
        called = f"@{name.casefold()}"
        if called in left:
            found.append(name)
            left = left.replace(called, " ")
    return found
