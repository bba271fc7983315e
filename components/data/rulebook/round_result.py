"""What a round of judging came to: labels, agreement by rule and by label, and the items on which people differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from components.data.agreement import TENTATIVE, agreement
from components.data.agreement_run import agreement_run
from components.data.rulebook.comparison import compared, discard_rate
from components.data.rulebook.records import Calibration, CalibrationRun, Cited
from components.errors import BadInput
from components.project.data_sets import LabelSet
from components.project.files import Files
from components.project.plain import finite
from components.project.records import Record
from components.project.rounds import Ballot, Choice, Question, Round, Vote
from components.project.store import Store
from components.project.tables import put_table, read_table
from components.stats.estimate import Estimate

LABEL, SECONDS, AT = "label", "seconds", "at"
"""What a vote holds: the place of the label, how long it took, and when the browser said it, by its clock."""
CANT_TELL, CANT_TELL_WORD = 0, "Can't tell"
COLUMNS = ["item", "annotator", "label", "cant_tell", "note", "seconds"]


def question_of(asked: str, labels: Sequence[str]) -> Question:
    """Return the question of a round of judging: one of the labels, or can't tell."""
    choices = [Choice(value=place, word=label) for place, label in enumerate(labels, start=1)]
    return Question(name=LABEL, title=asked, choices=[*choices, Choice(value=CANT_TELL, word=CANT_TELL_WORD)])


def judgements(body: Round, votes: Sequence[Vote], ballots: Sequence[Ballot]) -> pd.DataFrame:
    """Return the votes of a round of judging as a long table; `label` is missing where somebody could not tell.

    People who are called alike are told apart.
    """
    keys, [question] = {card.id: card.title for card in body.cards}, body.questions
    names = _names(ballots)
    rows = []
    for vote in votes:
        value = vote.answers.get(LABEL)
        if value is None or vote.card not in keys or vote.voter not in names:
            continue
        unsure = value == CANT_TELL
        label = None if unsure else question.word(value)
        rows.append((keys[vote.card], names[vote.voter], label, unsure, vote.note, vote.answers.get(SECONDS)))
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({"seconds": "float64", "cant_tell": "bool", "label": "object"})


def _names(ballots: Sequence[Ballot]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in ballots:
        alike = sum(name == one.name or name.startswith(f"{one.name} (") for name in found.values())
        found[one.voter] = one.name if not alike else f"{one.name} ({alike + 1})"
    return found


def rule_figures(table: pd.DataFrame, rules: Sequence[Cited]) -> list[dict[str, Any]]:
    """Return each rule with the agreement on its label against all others: α and AC1, and how often it was given."""
    found = []
    for rule in rules:
        alpha, ac1 = one_against_others(table, rule.label)
        given = int((table["label"] == rule.label).sum())
        found.append({**rule.model_dump(), "alpha": alpha.to_dict(), "ac1": ac1.to_dict(), "given": given})
    return found


def one_against_others(table: pd.DataFrame, label: str) -> tuple[Estimate, Estimate]:
    """Return α and AC1 of one label against all others; why there is none where they can't be measured."""
    kept = table["label"]
    binary = table.assign(label=kept.where(kept.isna(), (kept == label).map({True: "yes", False: "no"})))
    try:
        measured = agreement(binary[["item", "annotator", "label"]])
    except BadInput as error:
        none = Estimate(None, why=error.what)
        return none, none
    return measured.alpha, measured.ac1


def label_figures(table: pd.DataFrame, labels: Sequence[str]) -> pd.DataFrame:
    """Return one row a label: how often it was given, and α and AC1 of it against all others with their intervals."""
    rows = []
    for label in labels:
        alpha, ac1 = one_against_others(table, label)
        given = int((table["label"] == label).sum())
        rows.append((label, given, alpha.value, alpha.low, alpha.high, ac1.value, ac1.low, ac1.high))
    names = ["label", "given", "alpha", "alpha low", "alpha high", "AC1", "AC1 low", "AC1 high"]
    return pd.DataFrame(rows, columns=names).astype(dict.fromkeys(names[2:], "float64"))


@dataclass(frozen=True)
class Disputed:
    """An item on which people differ: who said what, the most frequent first, and how evenly they are split (entropy in bits)."""

    item: str
    said: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[tuple[str, str], ...]
    entropy: float


def disputed(table: pd.DataFrame) -> list[Disputed]:
    """Return the items that were not judged alike, the most split first; “can't tell” counts as something that was said."""
    found = []
    for item, group in table.groupby("item", sort=False):
        said = group["label"].where(~group["cant_tell"], CANT_TELL_WORD)
        counts = said.value_counts(sort=True)
        if len(counts) < 2:
            continue
        shares = counts.to_numpy() / counts.sum()
        who = tuple((str(label), tuple(group.loc[said == label, "annotator"])) for label in counts.index)
        notes = tuple((str(a), str(n)) for a, n in zip(group["annotator"], group["note"], strict=True) if str(n).strip())
        found.append(Disputed(str(item), who, notes, float(-(shares * np.log2(shares)).sum())))
    return sorted(found, key=lambda one: (-one.entropy, one.item))


def finish(store: Store, files: Files, project_id: str, round_id: str, person: str) -> Record[CalibrationRun] | None:
    """Turn a revealed round of judging into a set of labels with its agreement, saved under the round's id; once is enough, twice the same.

    Returns None where there is nothing to measure: one person, or nobody on the same item.
    """
    found, about = store.get(project_id, Round, round_id), store.get(project_id, Calibration, round_id)
    if found is None or about is None or found.body.state != "revealed":
        return None
    table = judgements(found.body, store.votes(project_id, round_id, person), store.ballots(project_id, round_id))
    labels = label_set(found.body, about.body, round_id, put_table(files, table))
    try:
        measured = agreement_run(round_id, labels, table)
    except BadInput:
        return None
    run = calibration_run(store, files, project_id, about.body, table)
    store.put(project_id, labels, person=person, id=round_id)
    store.put(project_id, measured, person=person, id=round_id)
    return store.put(project_id, run, person=person, id=round_id)


def label_set(body: Round, about: Calibration, round_id: str, table: str) -> LabelSet:
    """Return the judgements of a round as a set of labels."""
    return LabelSet(
        name=f"{about.question} Round {body.number}"[:200],
        table=table,
        time=SECONDS,
        data_set=about.data_set,
        source=f"Round {body.number} of judging",
        question="" if about.own_target else about.question,
        round=round_id,
        simulated=about.simulated,
    )


def calibration_run(store: Store, files: Files, project_id: str, about: Calibration, table: pd.DataFrame) -> CalibrationRun:
    """Measure a round by rule, and against the round before."""
    discards = {rule.label for rule in about.rules if rule.action == "discard"}
    earlier = store.get(project_id, Calibration, about.before) if about.before else None
    labels = store.get(project_id, LabelSet, about.before) if about.before else None
    against = None
    if earlier is not None and labels is not None:
        before = read_table(files, labels.body.table)
        both = ({rule.label for rule in earlier.body.rules if rule.action == "discard"}, discards)
        against = compared(before, table, set(about.touched), both).to_dict()
    return CalibrationRun(
        rules=finite(rule_figures(table, about.rules)),
        disputed=len(disputed(table)),
        unsure=int(table["cant_tell"].sum()),
        discard_rate=discard_rate(table, discards).to_dict(),
        compared=finite(against),
        simulated=about.simulated,
    )


def costs_most(run: CalibrationRun) -> dict[str, Any] | None:
    """Return the rule on whose label people agree least, where that is too little to go on."""
    known = [rule for rule in run.rules if rule["alpha"]["value"] is not None]
    worst = min(known, key=lambda rule: float(rule["alpha"]["value"]), default=None)
    return worst if worst and worst["alpha"]["value"] < TENTATIVE else None
