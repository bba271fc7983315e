"""The rulebook as it stands and as it came about: each rule with its number and its versions, and what changed between two of them."""

import difflib
from dataclasses import dataclass
from datetime import datetime

from components.data.rulebook.records import CONTENT, Cited, Rule, Shown
from components.project.history import read_body
from components.project.records import Record
from components.project.store import Store

TITLES = {
    "name": "Name",
    "definition": "Definition",
    "label": "Label",
    "action": "Action",
    "condition": "Condition",
    "examples": "Examples",
    "counter_examples": "Counter-examples",
}


@dataclass(frozen=True)
class RuleVersion:
    """One wording of a rule: its number, who wrote it, and when."""

    number: int
    body: Rule
    person: str
    at: datetime


@dataclass(frozen=True)
class Ruled:
    """A rule of the rulebook with its number, which never changes, and its versions, the oldest first."""

    number: int
    record: Record[Rule]
    versions: tuple[RuleVersion, ...]

    @property
    def id(self) -> str:
        """Id of the record."""
        return self.record.id

    @property
    def body(self) -> Rule:
        """The rule as it stands."""
        return self.record.body

    @property
    def version(self) -> int:
        """Number of the version that stands."""
        return self.versions[-1].number

    @property
    def title(self) -> str:
        """How the rule is called on screens."""
        return f"Rule {self.number}: {self.body.name}"

    @property
    def cited(self) -> Cited:
        """The rule as what is judged, decided or discarded by it keeps it."""
        body = self.body
        told = {"name": body.name, "label": body.label, "action": body.action}
        return Cited(rule=self.id, number=self.number, version=self.version, content=body.content, **told)

    def content_of(self, content: str) -> Rule | None:
        """Return the rule as it was under a content hash."""
        return next((one.body for one in self.versions if one.body.content == content), None)


def rulebook(store: Store, project_id: str, *, retired: bool = True) -> list[Ruled]:
    """Return the rules of a project in the order in which they were first written; a deleted one leaves its number unused."""
    numbers: dict[str, int] = {}
    versions: dict[str, list[RuleVersion]] = {}
    for change in reversed(store.history(project_id, kind=Rule.kind, most=None)):
        numbers.setdefault(change.record_id, len(numbers) + 1)
        if change.after is None:
            continue
        body = read_body({Rule.kind: Rule}, Rule.kind, change.after)
        assert isinstance(body, Rule)
        there = versions.setdefault(change.record_id, [])
        if not there or there[-1].body.content != body.content:
            there.append(RuleVersion(len(there) + 1, body, change.person, change.at))
    records = [record for record in store.all(project_id, Rule) if record.id in versions]
    found = [Ruled(numbers[record.id], record, tuple(versions[record.id])) for record in records]
    return sorted((one for one in found if retired or one.body.status != "retired"), key=lambda one: one.number)


def told(body: Rule, field: str) -> str:
    """Return a field of a rule as text."""
    value = getattr(body, field)
    if field == "condition":
        return value.sentence if value.clauses else "none"
    if field in {"examples", "counter_examples"}:
        return "; ".join(_example(one) for one in value) or "none"
    return str(value)


def _example(one: Shown) -> str:
    return f"{one.item or one.text}{f' ({one.why})' if one.why else ''}"


def difference(before: Rule, after: Rule) -> list[tuple[str, str, str]]:
    """Return what changed from one version to another: the field, what it was, and what it is.

    >>> one = Rule(name="Blurred", definition="Hard to read", label="bad")
    >>> difference(one, one.model_copy(update={"definition": "Over 5 words hard to read"}))
    [('Definition', 'Hard to read', 'Over 5 words hard to read')]
    """
    return [
        (TITLES[field], told(before, field), told(after, field)) for field in CONTENT if getattr(before, field) != getattr(after, field)
    ]


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """Return a text word by word as (how, words): same, gone or new.

    >>> word_changes("more than a few words", "more than 5 words")
    [('same', 'more than'), ('gone', 'a few'), ('new', '5'), ('same', 'words')]
    """
    old, new = before.split(), after.split()
    found: list[tuple[str, str]] = []
    for how, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(("same", " ".join(old[a:b])))
            continue
        found += [(kind, " ".join(part)) for kind, part in (("gone", old[a:b]), ("new", new[c:d])) if part]
    return found
