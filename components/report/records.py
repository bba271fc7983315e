"""What is saved of a report."""

from typing import ClassVar

from components.project.records import Body


class Report(Body):
    """A report that was made: one HTML file, by its SHA-256; saved under the id `report`, so that the history keeps the earlier ones."""

    kind: ClassVar[str] = "report"
    file: str
    sections: list[str]
    made_on: str
    seq: int
