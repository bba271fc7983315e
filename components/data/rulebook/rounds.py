"""Beginning a round of judging, and what somebody who takes part is shown: blind, one item at a time."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.data import showing
from components.data.rulebook.records import Calibration, CalibrationRun, Rule, Sample
from components.data.rulebook.round_result import LABEL, disputed, question_of
from components.data.rulebook.sampling import Sampled, most_disputed, touched, touched_and_controls, unseen
from components.data.rulebook.versions import Ruled, rulebook
from components.errors import BadInput
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.files import Files
from components.project.records import Record
from components.project.rounds import Card, Round
from components.project.store import Store
from components.project.tables import read_table

PURPOSE = "judge"
NONE_OF_THEM = "Good"


@dataclass(frozen=True)
class Asked:
    """What somebody asked for who begins a round."""

    question: str
    rules: tuple[Ruled, ...]
    otherwise: tuple[str, ...]
    sample: Sample
    size: int
    seed: int
    stratified_by: str = ""
    least: int | None = None
    before: str = ""
    simulated: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """The answers, in the order of their keys: those that stand for no rule first."""
        named = [*self.otherwise, *(rule.body.label for rule in self.rules)]
        return tuple(dict.fromkeys(" ".join(one.split()) for one in named if one.strip()))


def judging_rounds(store: Store, project_id: str) -> list[Record[Round]]:
    """Return the project's rounds of judging, the newest first."""
    return [one for one in reversed(store.all(project_id, Round)) if one.body.purpose == PURPOSE]


def begin(
    store: Store, files: Files, project_id: str, version: Record[DataVersion], asked: Asked, person: str, id: str = ""
) -> Record[Round]:
    """Begin a round of judging on items of a version and return it.

    Raises
    ------
    BadInput
        Fewer than two answers, more than nine, or no items to draw.
    """
    if not asked.question.strip():
        raise BadInput("The round has no question yet.", "Write what is asked of each item, such as “Is this image badly clicked?”.")
    if not 2 <= len(asked.labels) <= 9:
        raise BadInput(
            f"There {'is one answer' if len(asked.labels) == 1 else f'are {len(asked.labels)} answers'}; a round takes two to nine.",
            "Choose other rules, or name what an item is called when no rule holds.",
        )
    data_set = store.get(project_id, DataSet, version.body.data_set)
    if data_set is None:
        raise BadInput("This data set isn't here any more.", "Choose another one.")
    frame = read_table(files, version.body.table)
    keys = showing.keys(frame, data_set.body)
    sampled = _sampled(store, files, project_id, asked, frame, keys, version.body.data_set)
    number = 1 + max((one.body.number for one in judging_rounds(store, project_id)), default=0)
    question = " ".join(asked.question.split())
    cards = [Card(kind="item", id=str(place), title=str(keys.iloc[row])) for place, row in enumerate(sampled.rows, start=1)]
    body = Round(
        purpose="judge",
        title=question,
        cards=cards,
        questions=[question_of(question, asked.labels)],
        least=asked.least,
        number=number,
        after=asked.before or None,
    )
    target = data_set.body.target
    own = bool(target in frame.columns and set(asked.labels) <= set(frame[target].dropna().astype(str)))
    about = Calibration(
        data_set=version.body.data_set,
        data_version=version.id,
        question=question,
        rules=tuple(rule.cited for rule in asked.rules),
        labels=asked.labels,
        sample=asked.sample,
        stratified_by=asked.stratified_by if asked.sample == "stratified" else "",
        drawn_from=sampled.drawn_from,
        seed=asked.seed,
        rows=sampled.rows,
        before=asked.before,
        touched=sampled.touched,
        own_target=own,
        simulated=asked.simulated,
    )
    saved = store.save(project_id, about, person=person, id=id or None)  # first, so that nobody meets a round without it
    return store.save(project_id, body, person=person, id=saved.id)


def _sampled(store: Store, files: Files, project_id: str, asked: Asked, frame: pd.DataFrame, keys: pd.Series, data_set: str) -> Sampled:
    if asked.sample in {"random", "stratified"}:
        strata = None
        if asked.sample == "stratified":
            if asked.stratified_by not in frame.columns:
                raise BadInput("A stratified sample needs a column.", "Choose the column whose parts should all be there.")
            strata = frame[asked.stratified_by]
        return unseen(keys, asked.size, asked.seed, seen(store, project_id, data_set), strata)
    judged = judged_in(store, files, project_id, asked.before)
    if judged is None:
        raise BadInput("There is no finished round whose items could be taken.", "Draw a random sample first.")
    if asked.sample == "disputed":
        return most_disputed([one.item for one in disputed(judged)], keys, asked.size, asked.seed)
    again = touched(judged, frame, keys, changes_since(store, project_id, asked.before))
    others = [item for item in dict.fromkeys(judged["item"]) if item not in set(again)]
    return touched_and_controls(again, others, keys, asked.size, asked.seed)


def seen(store: Store, project_id: str, data_set: str) -> set[str]:
    """Return the items of a data set that some round has shown already."""
    about = {record.id for record in store.all(project_id, Calibration) if record.body.data_set == data_set}
    return {card.title for one in judging_rounds(store, project_id) if one.id in about for card in one.body.cards}


def judged_in(store: Store, files: Files, project_id: str, round_id: str) -> pd.DataFrame | None:
    """Return the judgements of a finished round as its set of labels keeps them; None where there are none."""
    labels = store.get(project_id, LabelSet, round_id) if round_id else None
    return read_table(files, labels.body.table) if labels else None


def changes_since(store: Store, project_id: str, round_id: str) -> dict[str, tuple[Rule | None, Rule | None]]:
    """Return the rules that were changed, added or retired since a round was begun, by their ids: what they were and what they are."""
    about = store.get(project_id, Calibration, round_id) if round_id else None
    if about is None:
        return {}
    now = {rule.id: rule for rule in rulebook(store, project_id)}
    found: dict[str, tuple[Rule | None, Rule | None]] = {}
    for cited in about.body.rules:
        rule = now.get(cited.rule)
        then = rule.content_of(cited.content) if rule else None
        stands = rule.body if rule and rule.body.status != "retired" else None
        if stands is None or stands.content != cited.content:
            found[cited.rule] = (then, stands)
    cited_then = {cited.rule for cited in about.body.rules}
    for id_, rule in now.items():
        written = rule.versions[0].at
        if id_ not in cited_then and rule.body.status != "retired" and written > about.updated_at:
            found[id_] = (None, rule.body)
    return found


def newest_finished(store: Store, project_id: str) -> Record[Round] | None:
    """Return the newest round of judging that was measured."""
    measured = {record.id for record in store.all(project_id, CalibrationRun)}
    return next((one for one in judging_rounds(store, project_id) if one.id in measured), None)


def order_for(person: str, cards: Sequence[Card]) -> list[Card]:
    """Return the cards in the order in which somebody sees them: in one of their own, so that no item comes last for all."""
    return sorted(cards, key=lambda card: hashlib.sha256(f"{person} {card.id}".encode()).digest())


def sheet(store: Store, files: Files, project_id: str, round_id: str, person: str) -> dict[str, Any]:
    """Return what somebody who takes part in a round is shown, and what they said: nothing of anybody else.

    Raises
    ------
    BadInput
        There is no such round, or this person has not joined it.
    """
    found, about = store.get(project_id, Round, round_id), store.get(project_id, Calibration, round_id)
    version = store.get(project_id, DataVersion, about.body.data_version) if about else None
    data_set = store.get(project_id, DataSet, about.body.data_set) if about else None
    if found is None or about is None or version is None or data_set is None:
        raise BadInput("This round isn't here any more.", "Ask whoever began it for the link of a new one.")
    me = next((one for one in store.ballots(project_id, round_id) if one.voter == person), None)
    if me is None:
        raise BadInput("You have not joined this round.", "Join it with your name, then judge.")
    rows = {card.id: row for card, row in zip(found.body.cards, about.body.rows, strict=True)}
    cards = order_for(person, found.body.cards)
    frame = showing.table(files, version.body.table)
    shown = showing.items(frame, version.body, data_set.body, [rows[card.id] for card in cards])
    mine = [vote for vote in store.votes(project_id, round_id, person) if vote.voter == person]
    rules = {rule.id: rule for rule in rulebook(store, project_id)}
    return {
        "me": person,
        "number": found.body.number,
        "question": about.body.question,
        "open": found.body.state == "open",
        "done": me.done,
        "labels": list(about.body.labels),
        "rules": [_rule_told(rules.get(cited.rule), cited.content, cited.title, cited.label) for cited in about.body.rules],
        "items": [
            {"card": card.id, "kind": item.kind, "version": version.id, "row": item.row, "text": item.text, "cells": item.cells}
            for card, item in zip(cards, shown, strict=True)
        ],
        "mine": {vote.card: {"label": vote.answers.get(LABEL), "note": vote.note} for vote in mine},
    }


def _rule_told(rule: Ruled | None, content: str, title: str, label: str) -> dict[str, str]:
    body = (rule.content_of(content) if rule else None) or (rule.body if rule else None)
    return {"title": title, "label": label, "definition": body.definition if body else ""}
