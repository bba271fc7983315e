"""Which idea first? Scores by a lens, incomplete where a factor is missing; and how sure a ranking by votes is."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.scoping.lenses import RICE, WSJF, Lens
from components.scoping.records import Solution
from components.stats.triangular import triangular

DRAWS = 4000
CELLS = 2_000_000
COLUMNS = ["voter", "idea", "factor", "low", "likely", "high"]


def ranking(ideas: pd.DataFrame, lens: Lens) -> pd.DataFrame:
    """Rank ideas by a lens.

    Parameters
    ----------
    ideas : DataFrame
        A column `name` and one for each factor of the lens; missing cells are missing.

    Returns
    -------
    DataFrame
        The ideas with `score`, `rank` (1 the best; equal scores share a rank), `status` ("ranked" or "incomplete") and `missing`
        (what is missing, in words); ranked ones first. A missing factor, or a divisor of zero, is incomplete: never infinity,
        never zero; for a divisor of zero, `missing` says that it must be above it.

    Raises
    ------
    ValueError
        A negative factor.
    """
    numbers = ideas[list(lens.names)].apply(pd.to_numeric, errors="coerce").astype("float64").replace([np.inf, -np.inf], np.nan)
    if (numbers < 0).any(axis=None):
        raise ValueError(f"{', '.join(lens.names[:-1])} and {lens.names[-1]} can't be negative")
    absent, zero = numbers.isna(), numbers == 0
    for name in lens.names:
        zero[name] &= name in lens.divisors
    words = {name: lens.factor(name).title.lower() for name in lens.names}
    missing = [
        ", ".join(f"{words[name]} above zero" if none[name] else words[name] for name in lens.names if gone[name] or none[name])
        for gone, none in zip(absent.to_dict("records"), zero.to_dict("records"), strict=True)
    ]
    absent |= zero
    complete = ~absent.any(axis=1)
    values = {name: numbers[name].where(complete, 1.0).to_numpy() for name in lens.names}
    score = pd.Series(lens.score(values), index=ideas.index, dtype="float64").where(complete)
    ranked = ideas.assign(
        score=score, rank=score.rank(ascending=False, method="min"), status=np.where(complete, "ranked", "incomplete"), missing=missing
    )
    return ranked.sort_values(["score"], ascending=False, na_position="last", kind="stable").reset_index(drop=True)


def rice(ideas: pd.DataFrame) -> pd.DataFrame:
    """Rank ideas by reach × impact × confidence ÷ effort.

    Parameters
    ----------
    ideas : DataFrame
        Columns `name`, `reach` (people or events a period), `impact` (.25, .5, 1, 2, 3), `confidence` (.5, .8, 1), `effort`
        (person-months); missing cells are missing.

    Returns
    -------
    DataFrame
        As `ranking`.

    Raises
    ------
    ValueError
        A negative factor.

    References
    ----------
    McBride, S. (2018). RICE: simple prioritization for product managers. Intercom.

    Examples
    --------
    >>> ideas = pd.DataFrame({"name": ["a", "b"], "reach": [100, 50], "impact": [1, 2], "confidence": [.8, 1], "effort": [2, None]})
    >>> rice(ideas)[["name", "score", "status", "missing"]].values.tolist()
    [['a', 40.0, 'ranked', ''], ['b', nan, 'incomplete', 'effort']]
    """
    return ranking(ideas, RICE)


def wsjf(ideas: pd.DataFrame) -> pd.DataFrame:
    """Rank ideas by weighted shortest job first: cost of delay ÷ job size.

    Parameters
    ----------
    ideas : DataFrame
        Columns `name`, `user_value`, `time_criticality`, `risk_reduction`, `job_size`: Fibonacci numbers; missing cells are missing.

    Returns
    -------
    DataFrame
        As `ranking`.

    Raises
    ------
    ValueError
        A negative factor.

    Examples
    --------
    >>> ideas = pd.DataFrame({"name": ["a"], "user_value": [8], "time_criticality": [5], "risk_reduction": [2], "job_size": [3]})
    >>> wsjf(ideas)["score"].tolist()
    [5.0]
    """
    return ranking(ideas, WSJF)


def rank_probability(
    votes: pd.DataFrame, seed: int = 0, *, lens: Lens = RICE, typed: pd.DataFrame | None = None, draws: int = DRAWS
) -> pd.DataFrame:
    """Return how likely each idea comes first, given that voters differ and are unsure.

    In each draw the voters are resampled with replacement; each gives one draw of a triangular distribution for each factor of each
    idea; an idea's factor is the mean over those voters, the same voters for all ideas; the idea with the highest score leads (ties
    share the lead). More voters sharpen the result.

    Parameters
    ----------
    votes : DataFrame
        Columns `voter`, `idea`, `factor`, `low`, `likely`, `high`: low ≤ likely ≤ high; rows may be missing.
    lens : Lens
        How factors become a score; RICE by default.
    typed : DataFrame, optional
        Columns `idea`, `factor`, `value`: what stands where nobody voted, without any spread.
    draws : int
        How many draws.

    Returns
    -------
    DataFrame
        One row an idea, the likeliest first: `idea`, `probability` (share of draws in which it leads), `score` (of the mean likely
        values), `low` and `high` (middle 95 % of the draws' scores), `voters` (how many voted on it), `status` and `missing` as in
        `ranking`; incomplete ideas take no part in the draws.

    Raises
    ------
    ValueError
        A vote whose low, likely and high are not in order, or that is negative.

    Examples
    --------
    >>> likely = {("ana", "a"): 3, ("ana", "b"): 1, ("ben", "a"): 1, ("ben", "b"): 2}
    >>> rows = [(voter, idea, f, x, x, x) for (voter, idea), v in likely.items() for f, x in (("value", v), ("feasibility", 1))]
    >>> from components.scoping.lenses import VALUE_FEASIBILITY
    >>> found = rank_probability(pd.DataFrame(rows, columns=COLUMNS), lens=VALUE_FEASIBILITY)
    >>> found["idea"].tolist(), bool(abs(found["probability"][0] - .75) < .03)
    (['a', 'b'], True)
    """
    votes = countable(votes, lens)
    values = votes[["low", "likely", "high"]].to_numpy(dtype="float64")
    if (np.diff(values, axis=1) < 0).any() or (values < 0).any():
        raise ValueError("in a vote, low ≤ likely ≤ high, and none is negative")
    means = factor_means(votes, lens, typed)
    ranked = ranking(means, lens)
    complete = ranked.loc[ranked["status"] == "ranked", "name"].tolist()
    leads, scores = _draws(votes, means.set_index("name"), complete, lens, seed, draws)
    by_idea = votes.groupby("idea")["voter"].nunique()
    middle = np.quantile(scores, [0.025, 0.975], axis=0) if complete else np.empty((2, 0))
    limits = dict(zip(complete, middle.T, strict=True))
    found = pd.DataFrame(
        {
            "idea": ranked["name"],
            "probability": [leads[complete.index(name)] if name in limits else np.nan for name in ranked["name"]],
            "score": ranked["score"],
            "low": [limits[name][0] if name in limits else np.nan for name in ranked["name"]],
            "high": [limits[name][1] if name in limits else np.nan for name in ranked["name"]],
            "voters": [int(by_idea.get(name, 0)) for name in ranked["name"]],
            "status": ranked["status"],
            "missing": ranked["missing"],
        }
    )
    return found.sort_values(["probability", "score"], ascending=False, na_position="last", kind="stable").reset_index(drop=True)


def countable(votes: pd.DataFrame, lens: Lens) -> pd.DataFrame:
    """Return the votes that a lens can use: those on its factors, complete; who says that a divisor is nothing has not sized it."""
    votes = votes.loc[votes["factor"].isin(lens.names)].dropna(subset=["low", "likely", "high"])
    return votes[~(votes["factor"].isin(lens.divisors) & (votes["likely"] == 0))]


def factor_means(votes: pd.DataFrame, lens: Lens, typed: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return an idea's factors: the mean of the likely values where somebody voted, else what was typed; columns `name` and factors."""
    tables = [votes.groupby(["idea", "factor"])["likely"].mean()] if len(votes) else []
    if typed is not None and len(typed):
        tables.append(typed.set_index(["idea", "factor"])["value"])
    if not tables:
        return pd.DataFrame(columns=["name", *lens.names], dtype="float64")
    joined = tables[0] if len(tables) == 1 else tables[0].combine_first(tables[1])
    wide = joined.unstack("factor").reindex(columns=list(lens.names)).astype("float64")
    order = pd.unique(pd.concat([one["idea"] for one in (typed, votes) if one is not None and len(one)]))
    return wide.reindex(order).rename_axis("name").rename_axis(columns=None).reset_index()


def _draws(
    votes: pd.DataFrame, means: pd.DataFrame, ideas: Sequence[str], lens: Lens, seed: int, draws: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the share of draws in which each idea leads, and the scores: draws × ideas."""
    voters = sorted(votes["voter"].unique())
    known, fixed = _grid(votes, voters, ideas, lens), means.loc[list(ideas), list(lens.names)].to_numpy(dtype="float64")
    rng, scores = np.random.default_rng(seed), np.empty((draws, len(ideas)))
    if not len(ideas):
        return np.empty(0), scores
    step = max(1, CELLS // max(known[0].size, 1))
    for start in range(0, draws, step):
        many = min(step, draws - start)
        drawn = _mean_draw(known, rng, many) if voters else np.full((many, *fixed.shape), np.nan)
        factors = np.where(np.isnan(drawn), fixed, drawn)
        scores[start : start + many] = lens.score({name: factors[:, :, place] for place, name in enumerate(lens.names)})
    first = scores == scores.max(axis=1, keepdims=True)
    return (first / first.sum(axis=1, keepdims=True)).mean(axis=0), scores


def _grid(votes: pd.DataFrame, voters: Sequence[str], ideas: Sequence[str], lens: Lens) -> NDArray[np.float64]:
    """Return the votes as an array: low, likely, high × voters × ideas × factors, NaN where nobody voted."""
    grid = np.full((3, len(voters), len(ideas), len(lens.names)), np.nan)
    place = [{name: at for at, name in enumerate(names)} for names in (voters, ideas, lens.names)]
    for row in votes.itertuples():
        if row.idea in place[1]:
            grid[:, place[0][row.voter], place[1][row.idea], place[2][row.factor]] = row.low, row.likely, row.high
    return grid


def _mean_draw(known: NDArray[np.float64], rng: np.random.Generator, many: int) -> NDArray[np.float64]:
    """Return the mean of resampled voters' draws: draws × ideas × factors; NaN where none of them voted."""
    voters = known.shape[1]
    low, likely, high = known[:, rng.integers(0, voters, (many, voters))]
    drawn = triangular(rng.random(low.shape), low, likely, high)
    there = ~np.isnan(drawn)
    total, number = np.where(there, drawn, 0.0).sum(axis=1), there.sum(axis=1)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def typed_factors(solutions: Mapping[str, Solution], lens: Lens) -> pd.DataFrame:
    """Return what was typed for the factors of a lens, by the ids of the solutions: columns `idea`, `factor`, `value`."""
    rows = [(id_, name, one.factor(name)) for id_, one in solutions.items() for name in lens.names]
    return pd.DataFrame(rows, columns=["idea", "factor", "value"]).astype({"value": "float64"})
