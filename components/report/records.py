"""What is saved of a report."""

from typing import Any, ClassVar

from components.project.records import Body


class Report(Body):
    """A report that was made; saved under the id `report`, so that the history keeps the earlier ones.

    `file` is the SHA-256 of the HTML, `also` that of every other form by its name; `figures` is what was measured then.
    """

    kind: ClassVar[str] = "report"
    file: str
    sections: list[str]
    made_on: str
    seq: int
    also: dict[str, str] = {}
    figures: list[dict[str, Any]] = []
    notes: list[str] = []
