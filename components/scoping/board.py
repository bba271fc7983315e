"""Problems with the solutions under them, by group: what is merged, and what is missing there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from components import words
from components.project.records import Record
from components.project.store import Conflict, Store
from components.scoping.likeness import alike
from components.scoping.records import Apart, Problem, Solution
from components.scoping.wording import ai_words

Card = TypeVar("Card", Problem, Solution)
PLAIN = "no ML"
APART = "apart"
LONG = 60
METHOD = "Business problems first, in words that anybody understands; under each, several ways to solve it."


@dataclass(frozen=True)
class Item(Generic[Card]):
    """A card that stands on the board, with the cards that were merged into it."""

    record: Record[Card]
    merged: list[Record[Card]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Id of the card."""
        return self.record.id

    @property
    def body(self) -> Card:
        """What the card says."""
        return self.record.body

    @property
    def ids(self) -> list[str]:
        """Ids of the card and of all that were merged into it."""
        return [self.id, *(one.id for one in self.merged)]


Pair = tuple[Item[Problem], Item[Problem]] | tuple[Item[Solution], Item[Solution]]


@dataclass(frozen=True)
class Column:
    """One problem and its solutions; `problem` is None for solutions whose problem was deleted."""

    problem: Item[Problem] | None
    solutions: list[Item[Solution]]

    @property
    def ai_words(self) -> list[str]:
        """The words of AI in the problem."""
        return ai_words(self.problem.body.statement) if self.problem else []

    @property
    def lacks_plain(self) -> bool:
        """Whether nobody has said yet how the problem could be solved without machine learning."""
        return self.problem is not None and all(one.body.approach != PLAIN for one in self.solutions)


@dataclass(frozen=True)
class Board:
    """All columns, those of a group beside each other; groups in the order of their first problems, ungrouped ones first."""

    columns: list[Column]

    @property
    def groups(self) -> dict[str, list[Column]]:
        """Columns by the name of their group."""
        found: dict[str, list[Column]] = {"": []}
        for column in self.columns:
            found.setdefault(column.problem.body.group if column.problem else "", []).append(column)
        return {name: columns for name, columns in found.items() if columns}

    @property
    def names(self) -> list[str]:
        """Names of the groups."""
        return [name for name in self.groups if name]

    @property
    def problems(self) -> list[Item[Problem]]:
        """The problems."""
        return [column.problem for column in self.columns if column.problem]

    @property
    def answer(self) -> str:
        """Answer “what is worth solving, and how could it be solved?”."""
        solutions = sum(len(column.solutions) for column in self.columns)
        counts = f"{words.counted(len(self.problems), 'problem')}, {words.counted(solutions, 'solution')}"
        lacking = [column.problem.body.statement for column in self.columns if column.problem and column.lacks_plain]
        if not solutions:
            return f"{words.counted(len(self.problems), 'problem')}, and no solution yet."
        if not lacking:
            return f"{counts}; each problem has a solution without ML."
        if len(lacking) == 1:
            return f"{counts}; “{short(lacking[0])}” has no solution without ML yet."
        return f"{counts}; {len(lacking)} problems have no solution without ML yet."


def short(text: str, most: int = LONG) -> str:
    """Return a text for a sentence: cut at a word where it is long.

    >>> short("Forms are typed by hand.", 12), short("Forms wait.")
    ('Forms are…', 'Forms wait')
    """
    text = text.strip().rstrip(".")
    if len(text) <= most:
        return text
    return text[: most + 1].rsplit(" ", 1)[0][:most].rstrip(",;:") + "…"


def cards(store: Store, project_id: str, kind: type[Card]) -> list[Record[Card]]:
    """Return the cards that stand on the board: those that were merged into another stand behind it, and are no ideas of their own."""
    return [item.record for item in items(store.all(project_id, kind))]


def items(records: Sequence[Record[Card]]) -> list[Item[Card]]:
    """Return the cards that stand on the board, each with those that were merged into it, directly or through others."""
    known = {record.id: record for record in records}
    found = {record.id: Item(record) for record in records if _root(record, known) == record.id}
    for record in records:
        if record.id not in found:
            found[_root(record, known)].merged.append(record)
    return list(found.values())


def _root(record: Record[Card], known: dict[str, Record[Card]]) -> str:
    """Return the id of the card behind which a card stands. Two that were merged into each other at once: the first one stands."""
    way = [record.id]
    while (into := known[way[-1]].body.merged_into) in known and into not in way:
        way.append(into)
    into = known[way[-1]].body.merged_into
    if into in way:
        ring = way[way.index(into) :]
        return next(id_ for id_ in known if id_ in ring)
    return way[-1]


def board(problems: Sequence[Record[Problem]], solutions: Sequence[Record[Solution]]) -> Board:
    """Return the board; solutions whose problem was deleted stand in a last column of their own, so that none is lost."""
    homeless: list[Item[Solution]] = []
    columns = {item.id: Column(item, []) for item in items(problems)}
    home = {id_: column for column in columns.values() if column.problem for id_ in column.problem.ids}
    for item in items(solutions):
        (home[item.body.problem].solutions if item.body.problem in home else homeless).append(item)
    found = list(columns.values())
    if homeless:
        found.append(Column(None, homeless))
    return Board(found)


def likely_pairs(shown: Board, apart: Sequence[tuple[str, str]]) -> list[Pair]:
    """Return the pairs of problems, then of solutions to one problem, that may say the same, the likeliest first."""
    problems = {item.id: item for item in shown.problems}
    pairs: list[Pair] = []
    pairs += [(problems[a], problems[b]) for a, b, _ in alike({id_: one.body.statement for id_, one in problems.items()}, apart)]
    for column in shown.columns:
        solutions = {item.id: item for item in column.solutions}
        pairs += [(solutions[a], solutions[b]) for a, b, _ in alike({id_: one.body.title for id_, one in solutions.items()}, apart)]
    return pairs


def merge(store: Store, project_id: str, kind: type[Card], id: str, into: str, person: str) -> None:
    """Put a card behind another that says the same; `into` of "" takes it out again. Nothing else of either changes."""
    _change(store, project_id, kind, id, {"merged_into": into}, person)


def move(store: Store, project_id: str, ids: Sequence[str], group: str, person: str) -> None:
    """Put problems into a group; the group "" is none."""
    for id_ in ids:
        _change(store, project_id, Problem, id_, {"group": " ".join(group.split())[:80]}, person)


def move_solution(store: Store, project_id: str, id: str, problem: str, person: str) -> None:
    """Put a solution under another problem."""
    _change(store, project_id, Solution, id, {"problem": problem}, person)


def keep_apart(store: Store, project_id: str, first: str, second: str, person: str) -> None:
    """Remember that two cards look alike and are not the same."""
    while True:
        found = store.get(project_id, Apart, APART)
        pairs = [*(found.body.pairs if found else []), (first, second)]
        try:
            store.save(project_id, Apart(pairs=pairs), person=person, id=APART, read=found.version if found else 0)
        except Conflict:
            continue
        return


def apart(store: Store, project_id: str) -> list[tuple[str, str]]:
    """Return the pairs of cards that people have kept apart."""
    found = store.get(project_id, Apart, APART)
    return found.body.pairs if found else []


def _change(store: Store, project_id: str, kind: type[Card], id: str, values: dict[str, str], person: str) -> None:
    """Change a few fields of a card and keep whatever else somebody saves at the same time."""
    while (found := store.get(project_id, kind, id)) is not None:
        if all(getattr(found.body, name) == value for name, value in values.items()):
            return
        try:
            store.save(project_id, found.body.model_copy(update=values), person=person, id=id, read=found.version)
        except Conflict:
            continue
        return
