"""The example's rulebook: what a badly clicked image is, two rounds of simulated people, and two words of a rule that changed between."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.data.condition import Clause, Condition
from components.data.rulebook.records import Calibration, Rule, Sample, Shown
from components.data.rulebook.round_result import CANT_TELL, LABEL, SECONDS, finish
from components.data.rulebook.rounds import Asked, begin
from components.data.rulebook.versions import rulebook
from components.demo import digits
from components.jobs.work import Work
from components.project.data_sets import DataVersion
from components.project.records import Record
from components.project.rounds import Card, Choice, Question, Round

PEOPLE = ("Ana", "Ben", "Chioma", "Dev", "Eva")
QUESTION = "Is this image badly clicked?"
GOOD = "Good"
ROUND_1, ROUND_2, VOTE = "round-1", "round-2", "vote-on-rules"
ITEMS, SEED = 60, 41
SPREAD = {ROUND_1: (-0.88, -0.4, 0.05, 0.5, 1.05), ROUND_2: (-0.06, -0.02, 0.0, 0.03, 0.07)}
"""What each person takes for a badly clicked image, as a shift of the limit: each their own at first, nearly the same afterwards."""
NOISE, DOUBT = {ROUND_1: 0.3, ROUND_2: 0.12}, {ROUND_1: 0.1, ROUND_2: 0.08}
LIMIT, FAINT = 0.45, 1.6
UNSURE = 0.02
SIMULATED = (
    "Simulated people on the example's own images: each calls an image badly clicked from a limit of their own on how much ink "
    f"touches its edge; after the change of two words the limits lie close together. Seed {SEED}."
)
SHOULD = "A digit is badly clicked when a {} is missing at the edge."
BADLY_CLICKED = Rule(
    name="Badly clicked", definition=SHOULD.format("relevant part"), label="Badly clicked", action="discard", owner="Chioma"
)
RULES = {
    "badly-clicked": BADLY_CLICKED,
    "unreadable": Rule(
        name="Unreadable",
        definition="Two people who see it for three seconds would name two digits.",
        label="Unreadable",
        action="flag",
        owner="Ben",
    ),
    "one-or-seven": Rule(
        name="One or seven",
        definition="It was labelled 1 or 7: a second person looks at it before it is used.",
        label="One or seven",
        action="flag",
        owner="Ana",
        condition=Condition(clauses=(Clause(column="label", operator="is one of", value="1, 7"),)),
    ),
}


def play(work: Work, data_set: str, version_id: str) -> None:
    """Save the rules, play both rounds as people would, and change the rule between them."""
    store = work.store
    version = store.get(work.project_id, DataVersion, version_id)
    assert version is not None
    saved = {
        id_: store.save(work.project_id, rule.model_copy(update={"data_set": data_set}), person=work.person, id=id_)
        for id_, rule in RULES.items()
    }
    _round(work, version, ROUND_1, "random", "")
    clear, cut = _examples(store.get(work.project_id, Calibration, ROUND_1))
    sharper = saved["badly-clicked"].body.model_copy(
        update={
            "definition": SHOULD.format("whole stroke"),
            "examples": tuple(Shown(item=item, why="a stroke ends at the edge") for item in cut),
            "counter_examples": tuple(Shown(item=item, why="every stroke is there") for item in clear),
        }
    )
    store.save(work.project_id, sharper, person=work.person, id="badly-clicked", read=saved["badly-clicked"].version)
    _vote(work)
    _round(work, version, ROUND_2, "touched", ROUND_1)


def _round(work: Work, version: Record[DataVersion], id_: str, sample: Sample, before: str) -> None:
    store, project_id = work.store, work.project_id
    rules = tuple(rule for rule in rulebook(store, project_id) if rule.id != "one-or-seven")
    asked = Asked(QUESTION, rules, (GOOD,), sample, ITEMS, SEED, before=before, simulated=SIMULATED)
    found = begin(store, work.files, project_id, version, asked, work.person, id_)
    about = store.get(project_id, Calibration, id_)
    assert about is not None
    rng = np.random.default_rng(SEED)
    bad, faint = _scores(np.array(about.body.rows))
    value = {label: place for place, label in enumerate(about.body.labels, start=1)}
    for name, shift in zip(PEOPLE, SPREAD[id_], strict=True):
        person = person_id(name)
        store.join(project_id, id_, person, name)
        seen, pale = bad + rng.normal(0, NOISE[id_], len(bad)), faint + rng.normal(0, DOUBT[id_], len(bad))
        unsure, seconds = rng.random(len(bad)) < UNSURE, np.round(rng.gamma(4.0, 0.6, len(bad)), 1)
        said = {}
        for place, card in enumerate(found.body.cards):
            label = RULES["unreadable"].label if pale[place] > FAINT else BADLY_CLICKED.label if seen[place] > LIMIT + shift else GOOD
            answer = CANT_TELL if unsure[place] else value[label]
            said[card.id] = ({LABEL: float(answer), SECONDS: float(seconds[place])}, "")
        store.cast_all(project_id, id_, person, said)
        store.finish(project_id, id_, person)
    store.reveal(project_id, id_, work.person)
    finish(store, work.files, project_id, id_, work.person)


def person_id(name: str) -> str:
    """Return the id of one of the example's people."""
    return f"example-{name.lower()}"


def _scores(rows: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how much ink touches the edge of each image, and how faint it is, both over all images: 0 is the mean, 1 a deviation."""
    images, _ = digits.load()
    edge = np.concatenate([images[:, 0, :], images[:, -1, :], images[:, :, 0], images[:, :, -1]], axis=1).mean(axis=1)
    faint = -images.max(axis=(1, 2)) - images.mean(axis=(1, 2))
    bad, pale = ((one - one.mean()) / one.std() for one in (edge, faint))
    return bad[rows], pale[rows]


def _examples(about: Record[Calibration] | None) -> tuple[list[str], list[str]]:
    """Return the clearest images of both kinds among those of the first round."""
    assert about is not None
    rows = np.array(about.body.rows)
    bad, _ = _scores(rows)
    order = pd.Series(rows).iloc[np.argsort(bad)]
    return [f"images/{row:04}.png" for row in order.head(2)], [f"images/{row:04}.png" for row in order.tail(2)]


def _vote(work: Work) -> None:
    """Let the people agree on the rules as they are worded now, and take the vote."""
    store, project_id = work.store, work.project_id
    rules = rulebook(store, project_id)
    yes_no = [Choice(value=0, word="no"), Choice(value=1, word="yes")]
    body = Round(
        purpose="vote",
        title="Do you agree with these rules?",
        cards=[Card(kind=Rule.kind, id=rule.id, title=f"{rule.title} – {rule.body.definition}") for rule in rules],
        questions=[Question(name="answer", title="Do you agree with this rule as it is worded?", choices=yes_no)],
    )
    store.save(project_id, body, person=work.person, id=VOTE)
    for place, name in enumerate(PEOPLE):
        store.join(project_id, VOTE, person_id(name), name)
        said = {rule.id: ({"answer": [float(rule.id != "one-or-seven" or place % 2)] * 3}, "") for rule in rules}
        store.cast_all(project_id, VOTE, person_id(name), said)
        store.finish(project_id, VOTE, person_id(name))
    store.reveal(project_id, VOTE, work.person)
    for rule in rules:
        if rule.id != "one-or-seven":
            agreed = rule.body.model_copy(update={"status": "agreed", "agreed_by": VOTE, "agreed_content": rule.body.content})
            store.save(project_id, agreed, person=work.person, id=rule.id, read=rule.record.version)
