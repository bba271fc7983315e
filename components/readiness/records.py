"""What the checklist saves: one answer a line, so that several people can answer at once."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field, field_validator

from components.deployment.faults import BY_CODE as FAULTS
from components.deployment.monitors import BY_CODE as MONITORS
from components.project.records import Body
from components.project.texts import Item, Line


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


class OwnLine(Body):
    """A line that the team added to the checklist; saved under a code that follows from its title."""

    kind: ClassVar[str] = "own_line"
    title: Item = Field(title="What must hold")
    section: Literal["Scoping", "Data", "Model", "Infrastructure", "Monitoring", "Pilot"] = Field("Pilot", title="Section")
    why: Line = Field("", title="Why")
    monitors: tuple[str, ...] = Field((), title="Monitors that it puts in place", max_length=20)
    prevents: dict[str, float] = Field(default_factory=dict, title="Chance that a fault never reaches serving, by its code")

    @field_validator("monitors")
    @classmethod
    def _known(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        for code in codes:
            if code not in MONITORS:
                raise ValueError(f"there is no monitor “{code[:20]}”")
        return codes

    @field_validator("prevents")
    @classmethod
    def _possible(cls, chances: dict[str, float]) -> dict[str, float]:
        for code, chance in chances.items():
            if code not in FAULTS:
                raise ValueError(f"there is no fault “{code[:20]}”")
            if not 0 <= chance <= 1:
                raise ValueError(f"the chance for {code} must lie between 0 and 1")
        return chances
