"""What the checklist saves: one answer a line, so that several people can answer at once."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from components.project.records import Body


class ChecklistAnswer(Body):
    """How far a line of the checklist is met; saved under the line's code."""

    kind: ClassVar[str] = "checklist_answer"
    state: Literal["none", "manual", "automated"] = Field(
        "none",
        title="Tested",
        json_schema_extra={"words": {"none": "not yet", "manual": "by hand, documented", "automated": "automatically"}},
    )
    owner: str = Field("", title="Owner", max_length=80)
    due: date | None = Field(None, title="Due")
    reason: str = Field("", title="Reason", max_length=1000, description="Why this says less than what was measured.")
    evidence: str = Field("", title="Evidence", max_length=1000, description="Where one can see it: a link, a file, a run.")
