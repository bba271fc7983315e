"""Which idea first? RICE: reach × impact × confidence ÷ effort, incomplete where a factor is missing."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from components import words
from components.scoping.records import Solution

FACTORS = ("reach", "impact", "confidence", "effort")


def rice(ideas: pd.DataFrame) -> pd.DataFrame:
    """Rank ideas by RICE.

    Parameters
    ----------
    ideas : DataFrame
        Columns `name`, `reach` (people or events a period), `impact` (.25, .5, 1, 2, 3), `confidence` (.5, .8, 1), `effort`
        (person-months); missing cells are missing.

    Returns
    -------
    DataFrame
        The ideas with `score`, `rank` (1 the best; equal scores share a rank), `status` ("ranked" or "incomplete") and `missing`
        (what is missing, in words); ranked ones first. A missing factor, or an effort of zero, is incomplete: never infinity,
        never zero.

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
    numbers = ideas[list(FACTORS)].apply(pd.to_numeric, errors="coerce").astype("float64")
    numbers = numbers.replace([np.inf, -np.inf], np.nan)
    if (numbers < 0).any(axis=None):
        raise ValueError("reach, impact, confidence and effort can't be negative")
    absent = numbers.isna()
    absent["effort"] |= numbers["effort"] == 0
    missing = [", ".join(factor for factor in FACTORS if row[factor]) for row in absent.to_dict("records")]
    complete = ~absent.any(axis=1)
    score = (numbers["reach"] * numbers["impact"] * numbers["confidence"] / numbers["effort"].where(numbers["effort"] > 0)).where(complete)
    ranked = ideas.assign(
        score=score, rank=score.rank(ascending=False, method="min"), status=np.where(complete, "ranked", "incomplete"), missing=missing
    )
    return ranked.sort_values(["score"], ascending=False, na_position="last", kind="stable").reset_index(drop=True)


def rice_of(solutions: Sequence[Solution]) -> pd.DataFrame:
    """Rank solutions by RICE, each under its title."""
    rows = [{"name": one.title, **{factor: getattr(one, factor) for factor in FACTORS}} for one in solutions]
    return rice(pd.DataFrame(rows, columns=["name", *FACTORS]))


def rice_answer(ranking: pd.DataFrame) -> str:
    """Answer “which idea first?” from a ranking."""
    ranked = ranking[ranking["status"] == "ranked"]
    if ranked.empty:
        return "Nobody knows yet: every idea lacks a factor."
    first = ranked[ranked["rank"] == 1]["name"]
    if len(first) > 1:
        return f"“{first.iloc[0]}” and “{first.iloc[1]}” are level."
    if len(ranked) == 1:
        return f"“{first.iloc[0]}”: the only idea that is complete."
    ahead = ranked["score"].iloc[0] / ranked["score"].iloc[1] - 1 if ranked["score"].iloc[1] else float("inf")
    by = f", {words.percent(ahead, 0)} ahead of “{ranked['name'].iloc[1]}”" if np.isfinite(ahead) else ""
    return f"“{first.iloc[0]}”{by}."
