"""What people voted in revealed rounds, as tables; and the ranking that comes of it."""

from dataclasses import replace

import pandas as pd

from components.project.records import Record
from components.project.rounds import Ballot, Round, Vote
from components.project.store import Store
from components.scoping.answers import is_answer, whole
from components.scoping.board import cards
from components.scoping.lenses import RICE, Lens, lenses_of
from components.scoping.priority import COLUMNS
from components.scoping.ranking import Ranking, rank
from components.scoping.records import Criteria, Solution

CRITERIA = "criteria"


def lenses(store: Store, project_id: str) -> dict[str, Lens]:
    """Return the project's lenses by their codes."""
    own = store.get(project_id, Criteria, CRITERIA)
    return lenses_of(own.body if own else None)


def rounds(store: Store, project_id: str, purpose: str = "vote") -> list[Record[Round]]:
    """Return the project's rounds of a purpose, the newest first; votes on rules belong to the rulebook."""
    found = [record for record in reversed(store.all(project_id, Round)) if record.body.purpose == purpose]
    return [record for record in found if not record.body.on_rules]


def ranking_of(store: Store, project_id: str, lens: Lens = RICE) -> Ranking:
    """Return the ranking of a project's solutions by what was typed, and by each idea's newest revealed votes."""
    solutions = {record.id: record.body for record in cards(store, project_id, Solution)}
    simulated = next((one.body.simulated for one in revealed(store, project_id, lens) if one.body.simulated), "")
    return replace(rank(solutions, newest_votes(store, project_id, lens), lens), simulated=simulated)


def newest_votes(store: Store, project_id: str, lens: Lens) -> pd.DataFrame:
    """Return, of each idea, the votes of the newest revealed round that asked for this lens: columns as `rank_probability` takes them."""
    found, seen = [], set[str]()
    for record in revealed(store, project_id, lens):
        votes = long(store.votes(project_id, record.id, ""))
        found.append(votes[~votes["idea"].isin(seen)])
        seen |= set(votes["idea"])
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COLUMNS)


def revealed(store: Store, project_id: str, lens: Lens) -> list[Record[Round]]:
    """Return the revealed rounds that asked for a lens, the newest first."""
    return [one for one in rounds(store, project_id) if one.body.state == "revealed" and one.body.lens == lens.code]


def voters(store: Store, project_id: str, lens: Lens) -> dict[str, Ballot]:
    """Return who voted in the revealed rounds of a lens, by their ids, as they took part last."""
    every = [ballot for one in reversed(revealed(store, project_id, lens)) for ballot in store.ballots(project_id, one.id)]
    return {ballot.voter: ballot for ballot in every}


def long(votes: list[Vote], ballots: list[Ballot] | None = None) -> pd.DataFrame:
    """Return votes as a table with a row per voter, idea and factor that was answered; with ballots also `name` and `role`."""
    said = [(vote, factor, whole(answer)) for vote in votes for factor, answer in vote.answers.items() if is_answer(answer)]
    table = pd.DataFrame([(vote.voter, vote.card, factor, *ends) for vote, factor, ends in said if ends[1] is not None], columns=COLUMNS)
    if ballots is not None:
        table = table.assign(
            name=table["voter"].map({one.voter: one.name for one in ballots}),
            role=table["voter"].map({one.voter: one.role for one in ballots}).fillna(""),
        )
    return table
