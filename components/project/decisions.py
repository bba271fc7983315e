"""What the team decided: who, why, against whom, and when to look at it again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from components.errors import BadInput
from components.project.meetings import running
from components.project.records import Body, Record
from components.project.rounds import Role
from components.project.store import Store
from components.project.texts import Item, Line, Text

Status = Literal["proposed", "accepted", "rejected", "deprecated"]
Stands = Literal["proposed", "accepted", "rejected", "deprecated", "superseded"]
STATUSES: tuple[Status, ...] = ("proposed", "accepted", "rejected", "deprecated")


class Voice(BaseModel):
    """What one person wanted when it was decided, and whether they can live with the outcome."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    who: Item
    role: Role = ""
    said: Line = ""
    agrees: bool = True
    why: Text = ""


class Decision(Body):
    """A decision in the fields of MADR, with votes, dissent, and what would make the team look at it again.

    `supersedes` holds the ids of earlier decisions; what superseded this one follows from theirs. `about` says what was decided
    on, such as `target`: the next decision about the same thing supersedes this one. `meeting` is the id of the meeting it fell in.
    """

    kind: ClassVar[str] = "decision"
    title: Item = Field(title="What was decided")
    status: Status = Field("accepted", title="Status")
    on: date | None = Field(None, title="Date")
    makers: list[Item] = Field([], title="Who decided")
    consulted: list[Item] = Field([], title="Consulted")
    informed: list[Item] = Field([], title="Informed")
    context: Text = Field("", title="Context: what was the question?")
    drivers: list[Item] = Field([], title="Drivers: what mattered", description="One a line.")
    options: list[Item] = Field([], title="Options considered", description="One a line.")
    outcome: Text = Field("", title="Outcome, and why")
    confirmation: Text = Field("", title="Confirmation: how will we see that it was done?")
    votes: list[Voice] = Field([], title="Votes")
    dissent: Text = Field("", title="Dissent: who disagrees, and why")
    revisit: Line = Field("", title="Look at it again if", description="In words: “F1 below .8 in the pilot”.")
    revisit_figure: Line = Field("", title="Measured figure", description="It is watched then, and the overview says when it came true.")
    revisit_comparison: Literal["<", ">"] = Field("<", title="is", json_schema_extra={"words": {"<": "below", ">": "above"}})
    revisit_value: float | None = Field(None, title="this value", allow_inf_nan=False, description="Shares as numbers from 0 to 1.")
    revisit_on: date | None = Field(None, title="or on this day")
    supersedes: list[Item] = Field([], title="Supersedes")
    about: Line = ""
    meeting: Line = ""

    @model_validator(mode="after")
    def _whole_trigger(self) -> Self:
        if bool(self.revisit_figure) != (self.revisit_value is not None):
            raise ValueError("A trigger that is watched needs both a measured figure and a value")
        return self

    @property
    def disagreeing(self) -> list[Voice]:
        """Who voted otherwise."""
        return [voice for voice in self.votes if not voice.agrees]


@dataclass(frozen=True)
class Entry:
    """A decision in the log: its number, where it stands, and what came before and after it."""

    number: int
    record: Record[Decision]
    superseded_by: tuple[str, ...]

    @property
    def id(self) -> str:
        """Id of the record."""
        return self.record.id

    @property
    def body(self) -> Decision:
        """The decision."""
        return self.record.body

    @property
    def stands(self) -> Stands:
        """Its status; superseded where an accepted decision says so."""
        return "superseded" if self.superseded_by and self.body.status == "accepted" else self.body.status

    @property
    def holds(self) -> bool:
        """Whether it is in force."""
        return self.stands == "accepted"

    @property
    def open_dissent(self) -> bool:
        """Whether it is in force, or may be, although somebody disagrees."""
        return self.stands in {"accepted", "proposed"} and bool(self.body.dissent or self.body.disagreeing)


def log(records: Sequence[Record[Decision]]) -> list[Entry]:
    """Return the decisions as a log, the oldest first."""
    after: dict[str, list[str]] = {}
    for record in records:
        if record.body.status == "accepted":
            for id_ in record.body.supersedes:
                after.setdefault(id_, []).append(record.id)
    return [Entry(number, record, tuple(after.get(record.id, ()))) for number, record in enumerate(records, start=1)]


def check_chain(records: Iterable[Record[Decision]], id: str, supersedes: Sequence[str]) -> None:
    """Refuse a chain of decisions that leads back to its own beginning.

    Raises
    ------
    BadInput
        One of `supersedes` is the decision `id`, or was decided in its place.
    """
    known = {record.id: record.body for record in records}
    waiting, seen = list(supersedes), set[str]()
    while waiting:
        one = waiting.pop()
        if one == id:
            raise BadInput("A decision can't supersede itself, nor one that superseded it.", "Choose an earlier decision.")
        if one not in seen:
            seen.add(one)
            waiting += known[one].supersedes if one in known else []


def decide(store: Store, project_id: str, person: str, *, title: str, about: str = "", **fields: Any) -> Record[Decision]:
    """Write down a decision and return it: accepted, today, in the meeting that is running.

    Parameters
    ----------
    person : str
        Id of who writes it down; their name is taken for who decided, unless `makers` says otherwise.
    title : str
        What was decided, in a line.
    about : str
        What it was decided on, such as `target` or `ranking:rice`. The decision that held on the same thing is superseded.
    fields
        Any other field of `Decision`: `context`, `options`, `outcome`, `votes` (a list of `Voice`), `dissent`, `revisit`, …

    Raises
    ------
    ValueError
        A field can't be what was given (pydantic's ValidationError).
    """
    entries = log(store.all(project_id, Decision))
    before = [entry.id for entry in entries if about and entry.holds and entry.body.about == about]
    writer, meeting = store.person(person), running(store, project_id)
    told = {
        "on": datetime.now(UTC).date(),
        "makers": [writer.name] if writer else [],
        "supersedes": before,
        "meeting": meeting.id if meeting else "",
    }
    body = Decision(**{"title": title, "about": about, **told, **fields})
    return store.save(project_id, body, person=person)
