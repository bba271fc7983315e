"""A project's ideas in order: by what was typed and voted, with how sure that is, what would flip it, and what it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from components import words
from components.scoping.flip import Flip, flips, number
from components.scoping.lenses import RICE, Lens
from components.scoping.priority import COLUMNS, DRAWS, countable, factor_means, rank_probability, typed_factors
from components.scoping.records import Solution

KINDS = ("opinion", "link", "measurement")
LEVEL = 1e-3
"""How near two scores must be, as a share of the higher one, to be called level."""
CLEAR = 0.10
"""How far the first must lead the second in P(rank 1) for a winner to be named."""


@dataclass(frozen=True)
class Ranking:
    """Ideas ranked by a lens.

    `table` has a row an idea, the first one first: idea (id), name, probability, score, low, high, voters, status, missing, and the
    shares of its factors that rest on opinion, a link, a measurement. `factors` has the value of each factor by idea. `simulated`
    says how, where voters are made up.
    """

    lens: Lens
    table: pd.DataFrame
    factors: pd.DataFrame
    voters: int
    flips: list[Flip]
    simulated: str = ""

    @property
    def ranked(self) -> pd.DataFrame:
        """The rows that are complete."""
        return self.table[self.table["status"] == "ranked"]

    @property
    def incomplete(self) -> pd.DataFrame:
        """The rows that lack a factor."""
        return self.table[self.table["status"] == "incomplete"]

    def top(self, most: int) -> "Ranking":
        """Return the ranking with no more than so many of the ranked ideas, for a picture."""
        return replace(self, table=pd.concat([self.ranked.head(most), self.incomplete])) if len(self.ranked) > most else self

    @property
    def names(self) -> dict[str, str]:
        """Names of the ideas by their ids."""
        return dict(zip(self.table["idea"], self.table["name"], strict=True))

    @property
    def clear(self) -> bool:
        """Whether the first leads by enough to be called the winner."""
        chances = self.ranked["probability"].tolist()
        return len(chances) == 1 or (len(chances) > 1 and chances[0] - chances[1] >= CLEAR)

    @property
    def answer(self) -> str:
        """Answer “which idea first?”."""
        rows = self.ranked.to_dict("records")
        if not rows:
            return "Nobody knows yet: every idea lacks a factor."
        first = f"“{rows[0]['name']}”"
        if len(rows) == 1:
            return f"{first}: the only idea that is complete."
        second = f"“{rows[1]['name']}”"
        if self.voters and not self.clear:
            chances = f"{words.percent(rows[0]['probability'], 0)} and {words.percent(rows[1]['probability'], 0)}"
            return f"No clear winner: {first} and {second} lead in {chances} of the draws."
        if self.voters:
            return f"{first} comes first with {words.percent(rows[0]['probability'], 0)}, before {second}."
        if rows[0]["score"] == rows[1]["score"]:
            return f"{first} and {second} are level."
        ahead = f", {words.percent(rows[0]['score'] / rows[1]['score'] - 1, 0)} ahead of {second}" if rows[1]["score"] else ""
        return f"{first}{ahead}."

    @property
    def method(self) -> str:
        """Say how the order was found."""
        how = f"{self.lens.title}: {self.lens.formula}."
        some = f"{words.counted(len(self.ranked), 'idea')} ranked, {len(self.incomplete)} incomplete."
        if self.voters:
            people = words.counted(self.voters, "person", "people")
            sure = f"Chance of being first: in {words.count(DRAWS)} resamples of the votes of {people}."
        else:
            sure = "Nobody has voted: typed once, so nothing says how sure it is."
        return f"{how} {some} {sure}"


def rank(solutions: Mapping[str, Solution], votes: pd.DataFrame | None = None, lens: Lens = RICE, seed: int = 0) -> Ranking:
    """Rank solutions, given by their ids. `votes` as `rank_probability` takes them; what nobody voted on counts as it was typed."""
    known = pd.DataFrame(columns=COLUMNS) if votes is None else votes
    known = countable(known[known["idea"].isin(list(solutions))], lens)
    typed = typed_factors(solutions, lens)
    found = rank_probability(known, seed, lens=lens, typed=typed, **({} if len(known) else {"draws": 1}))
    voted = known.groupby("idea")["factor"].agg(set).to_dict()
    shares = [evidence(solutions[idea], lens, voted.get(idea, set())) for idea in found["idea"]]
    names = [solutions[idea].title for idea in found["idea"]]
    table = pd.concat([found.assign(name=names), pd.DataFrame(shares, index=found.index, columns=list(KINDS))], axis=1)
    factors = factor_means(known, lens, typed).set_index("name")
    top = table.loc[table["status"] == "ranked", "idea"].tolist()[:2]
    values = {idea: factors.loc[idea].to_dict() for idea in top}
    return Ranking(lens, table, factors, known["voter"].nunique(), flips(values, top[0], top[1], lens) if len(top) == 2 else [])


def evidence(solution: Solution, lens: Lens, voted: Iterable[str] = ()) -> dict[str, float]:
    """Return which share of a score's factors rests on opinion, on a link, and on a measurement; each factor counts alike."""
    kinds: list[str] = []
    for name in lens.names:
        basis = solution.basis.get(name)
        if basis is not None:
            kinds.append(basis.kind)
        elif solution.factor(name) is not None or name in set(voted):
            kinds.append("opinion")
    return {kind: kinds.count(kind) / len(kinds) if kinds else 0.0 for kind in KINDS}


def ranking_table(ranking: Ranking) -> pd.DataFrame:
    """Return a ranking as people read it: an idea a row, its factors, score, chance and what it rests on."""
    factors = ranking.factors.loc[ranking.table["idea"]].reset_index(drop=True)
    factors.columns = [ranking.lens.factor(name).title.lower() for name in factors.columns]
    table = ranking.table
    shares = table[list(KINDS)].rename(columns=lambda kind: f"rests on {kind}")
    chance = {"chance of being first": table["probability"], "voters": table["voters"]} if ranking.voters else {}
    own = pd.DataFrame({"idea": table["name"], **{name: factors[name] for name in factors}, "score": table["score"], **chance})
    return pd.concat([own, shares, table[["missing"]]], axis=1)


def tried(ranking: Ranking, idea: str, factor: str, value: float) -> pd.DataFrame:
    """Return the ideas as they would stand with another value of one factor: columns `idea`, `name`, `score`, the first one first."""
    factors = ranking.factors.loc[ranking.ranked["idea"]].copy()
    factors.loc[idea, factor] = value
    scores = ranking.lens.score({name: factors[name].to_numpy(dtype="float64") for name in ranking.lens.names})
    found = pd.DataFrame({"idea": factors.index, "name": [ranking.names[one] for one in factors.index], "score": scores})
    return found.sort_values("score", ascending=False, kind="stable").reset_index(drop=True)


def tried_sentence(found: pd.DataFrame, ranking: Ranking) -> str:
    """Say what the other value would change at the top."""
    first, second = found.iloc[0], found.iloc[1]
    if abs(first["score"] - second["score"]) <= LEVEL * abs(first["score"]):
        return f"“{first['name']}” and “{second['name']}” would be level."
    still = "still " if first["idea"] == ranking.ranked["idea"].iloc[0] else ""
    return f"“{first['name']}” would {still}come first, with {number(first['score'])} before {number(second['score'])}."


def basis_sentence(row: Mapping[str, float]) -> str:
    """Say what share of a score rests on what."""
    said = {"opinion": "opinion", "link": "a link", "measurement": "a measurement"}
    parts = [f"{words.percent(row[kind], 0)} on {name}" for kind, name in said.items() if row[kind]]
    return f"rests {words.listed(parts)}" if parts else "rests on nothing yet"
