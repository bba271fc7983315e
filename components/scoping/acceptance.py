"""Accepting a ranking: what each voter would have put first, and the decision that is written down."""

from typing import Any

import pandas as pd

from components.project.decisions import Decision, Voice, decide
from components.project.records import Record
from components.project.rounds import Ballot
from components.project.store import Store
from components.scoping.opinions import newest_votes, voters
from components.scoping.priority import countable, factor_means, typed_factors
from components.scoping.priority import ranking as ranked_by
from components.scoping.ranking import Ranking
from components.scoping.records import Solution


def about(ranking: Ranking) -> str:
    """Return what a decision on a ranking is about; the next one on the same way of ranking supersedes it."""
    return f"ranking:{ranking.lens.code}"


def accept(
    store: Store, project_id: str, person: str, ranking: Ranking, solutions: dict[str, Solution], dissent: str = "", revisit: str = ""
) -> Record[Decision]:
    """Write down that a ranking was accepted, with what each voter would have put first."""
    names = ranking.ranked["name"].tolist()
    votes = newest_votes(store, project_id, ranking.lens)
    return decide(
        store,
        project_id,
        person,
        title=f"First: {names[0]}"[:200],
        about=about(ranking),
        context="Which idea first?",
        options=[name[:200] for name in names],
        outcome=f"{ranking.answer} {ranking.method}",
        votes=voices(ranking, solutions, votes, voters(store, project_id, ranking.lens)),
        dissent=dissent,
        revisit=revisit,
    )


def voices(ranking: Ranking, solutions: dict[str, Solution], votes: pd.DataFrame, ballots: dict[str, Ballot]) -> list[Voice]:
    """Return what each voter's own answers put first, and whether that is what came first; what they left out counts as typed."""
    if ranking.ranked.empty:
        return []
    typed, first = typed_factors(solutions, ranking.lens), ranking.ranked["idea"].iloc[0]
    found = []
    for voter, own in countable(votes[votes["idea"].isin(list(solutions))], ranking.lens).groupby("voter"):
        scored = ranked_by(factor_means(own, ranking.lens, typed), ranking.lens)
        best: Any = scored.loc[scored["rank"] == 1, "name"].tolist()
        ballot = ballots.get(str(voter))
        if best and ballot:
            said = ", ".join(solutions[idea].title for idea in best)[:300]
            found.append(Voice(who=ballot.name, role=ballot.role, said=said, agrees=first in best))
    return found
