"""What a report is put together from: sections, their parts, and where these are read."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from components.project.files import Files
from components.project.store import Store
from components.project.target import Target


@dataclass
class Part:
    """One part of a section: a line that says how it was found, with pictures, tables and notes."""

    title: str = ""
    answer: str = ""
    method: str = ""
    simulated: str = ""
    pictures: list[str] = field(default_factory=list)
    tables: list[pd.DataFrame] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Section:
    """One section; `parts` is empty where there is nothing yet, and `missing` says what would be there."""

    name: str
    title: str
    question: str
    answer: str
    missing: str
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """What sections are made from."""

    store: Store
    files: Files
    project_id: str

    def all(self, body_type: type[Any]) -> list[Any]:
        """Return the bodies of a kind, the oldest first."""
        return [record.body for record in self.store.all(self.project_id, body_type)]

    def by_id(self, body_type: type[Any]) -> dict[str, Any]:
        """Return the bodies of a kind by their ids."""
        return {record.id: record.body for record in self.store.all(self.project_id, body_type)}

    @property
    def target(self) -> Target | None:
        """The project's target."""
        record = self.store.get(self.project_id, Target, "target")
        return record.body if record else None
