"""Where to work next: what each slice of the data would bring if the model became as good as people there."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.errors import BadInput
from components.stats.label_counts import require_columns
from components.stats.resampling import Resampled

Array = NDArray[np.float64]
DRAWS = 2000
NORMAL = 3
"""Importance and ease where nobody said otherwise, of 1 to 5; each counts as its share of this."""
COLUMNS = [
    "slice",
    "share",
    "model",
    "human",
    "gap",
    "gap_low",
    "gap_high",
    "headroom",
    "low",
    "high",
    "n",
    "importance",
    "ease",
    "priority",
    "first",
    "rank",
]


def headroom(slices: pd.DataFrame, seed: int = 0) -> pd.DataFrame:
    """Return what closing each slice's gap to people would bring overall: share × max(0, human − model).

    Parameters
    ----------
    slices : DataFrame
        One row a slice: `slice`, and as shares from 0 to 1 `share` (of the data), `model` and `human` (accuracy). If known: `n`
        (items that the model was measured on), `people_n` (judgements), `of` (items that the share was counted among),
        `importance` and `ease` (1 to 5, 3 is normal).
    seed : int
        Seed of the draws.

    Returns
    -------
    DataFrame
        In the order given: slice, share, model, human, gap (human − model) with gap_low and gap_high, headroom with its 95 % interval
        low and high (missing where no n is given), n, importance, ease, priority = headroom × importance/3 × ease/3, first (the chance
        that its priority is the highest, ties shared), rank (1 is the highest priority).

    Raises
    ------
    BadInput
        A column isn't there, a figure is missing or no share, or a slice has no name or another's.

    Notes
    -----
    Each figure is drawn from the beta distribution that its n leaves (Jeffreys' prior); a figure without n is taken as exact.

    References
    ----------
    Ng, A. (2021). Machine learning in production, week 2: prioritising what to work on.

    Examples
    --------
    >>> (100 * headroom(NG)["headroom"]).round(2).tolist()
    [0.6, 0.16, 0.6, 0.0]
    """
    table = _checked(slices)
    rng = np.random.default_rng(seed)
    drawn = {name: _drawn(table[name], table[counted], rng) for name, counted in (("share", "of"), ("model", "n"), ("human", "people_n"))}
    gaps = drawn["human"] - drawn["model"]
    table["gap"] = table["human"] - table["model"]
    table["headroom"] = table["share"] * table["gap"].clip(lower=0)
    known = table[["n", "people_n", "of"]].notna().any(axis=1)
    return _ranked(table, drawn["share"] * np.maximum(gaps, 0), gaps, known)


@dataclass(frozen=True)
class Judged:
    """What is known of each item: whether the model is right, and how many of its judgements by people are.

    Attributes
    ----------
    right : array of bool, items
        Whether the model is right; or, of a model that predicts numbers, its error with the sign turned: any score of which more is better.
    people_right, people : array, items
        How many judgements by people are right, and how many there are; none where nobody was asked.
    """

    right: NDArray[np.bool_] | Array
    people_right: Array
    people: Array


def measured(
    members: pd.DataFrame, judged: Judged, level: float | None = None, factors: pd.DataFrame | None = None, seed: int = 0
) -> pd.DataFrame:
    """Measure the headroom of slices on items.

    Parameters
    ----------
    members : DataFrame of bool, items × slices
        Which items belong to each slice; slices may overlap.
    judged : Judged
    level : float, optional
        The accuracy of people, where they were not asked about these items; else it is measured in each slice.
    factors : DataFrame, optional
        By slice: `importance` and `ease`; and `share` where it is known from elsewhere, such as production.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        As `headroom` gives it, by the paired bootstrap over items; and people (judgements in the slice), both_right, only_people,
        only_model, both_wrong (judgements of people, by whether they and the model are right). A slice without people's judgements
        has no gap and no headroom.
    """
    own, right = members.to_numpy(dtype=np.float64), judged.right.astype(np.float64)
    items, names = len(members), [str(name) for name in members.columns]
    asked = judged.people[:, None] * own if level is None else np.zeros_like(own)
    people_right = judged.people_right[:, None] * own if level is None else np.zeros_like(own)
    resampled = Resampled(np.hstack([own, own * right[:, None], people_right, asked]), None, DRAWS, seed)
    sums = np.concatenate([resampled.total, resampled.sums]).reshape(DRAWS + 1, 4, len(names))
    fixed = np.full(len(names), np.nan)
    if factors is not None and "share" in factors:
        fixed = factors["share"].reindex(names).to_numpy(dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(np.isnan(fixed), sums[:, 0] / items, fixed)
        model = sums[:, 1] / sums[:, 0]
        human = sums[:, 2] / sums[:, 3] if level is None else np.full_like(model, level)
    rng = np.random.default_rng(seed)
    if judged.right.dtype == bool:
        _spread_where_all_alike(model, own.sum(axis=0), rng)
    if level is None:
        _spread_where_all_alike(human, ((judged.people > 0)[:, None] * own).sum(axis=0), rng)
    gaps = human - model
    drawn = share * np.maximum(gaps, 0)
    table = pd.DataFrame({"slice": names, "share": share[0], "model": model[0], "human": human[0], "gap": gaps[0], "headroom": drawn[0]})
    table["n"] = own.sum(axis=0).astype(int)
    for name in ("importance", "ease"):
        given = factors[name].reindex(names) if factors is not None and name in factors else pd.Series(np.nan, index=names)
        table[name] = given.fillna(NORMAL).to_numpy(dtype=np.float64)
    found = _ranked(table, drawn[1:], gaps[1:], pd.Series(True, index=table.index))
    judgements = judged.people[:, None] * own
    theirs = judged.people_right[:, None] * own
    by_model = right[:, None]
    found["people"] = judgements.sum(axis=0).astype(int)
    found["both_right"] = (theirs * by_model).sum(axis=0).astype(int)
    found["only_people"] = (theirs * (1 - by_model)).sum(axis=0).astype(int)
    found["only_model"] = ((judgements - theirs) * by_model).sum(axis=0).astype(int)
    found["both_wrong"] = ((judgements - theirs) * (1 - by_model)).sum(axis=0).astype(int)
    return found


def _spread_where_all_alike(drawn: Array, items: Array, rng: np.random.Generator) -> None:
    """Where every item is right, or none, resampling them says nothing: draw from what that leaves (Jeffreys' prior) instead."""
    for place in np.flatnonzero(np.isin(drawn[0], (0.0, 1.0))):
        hits = drawn[0, place] * items[place]
        drawn[1:, place] = rng.beta(hits + 0.5, items[place] - hits + 0.5, size=len(drawn) - 1)


def _ranked(table: pd.DataFrame, drawn: Array, gaps: Array, known: pd.Series) -> pd.DataFrame:
    """Add intervals, priorities and how sure the first place is."""
    weight = (table["importance"] * table["ease"] / NORMAL**2).to_numpy()
    limits = np.full((4, len(table)), np.nan)
    for place in range(len(table)):
        if known.iloc[place]:
            for at, draws in ((0, drawn), (2, gaps)):
                one = draws[:, place][np.isfinite(draws[:, place])]
                limits[at : at + 2, place] = np.quantile(one, [0.025, 0.975]) if len(one) > len(draws) / 2 else np.nan
    table["low"], table["high"], table["gap_low"], table["gap_high"] = limits
    table["priority"] = (table["headroom"] * weight).round(12)
    leads = np.nan_to_num(drawn * weight, nan=-1.0).round(12)
    at_top = leads == leads.max(axis=1, keepdims=True)
    table["first"] = (at_top / at_top.sum(axis=1, keepdims=True)).mean(axis=0)
    table["rank"] = table["priority"].rank(ascending=False, method="min", na_option="bottom").astype(int)
    return table[COLUMNS]


def _checked(slices: pd.DataFrame) -> pd.DataFrame:
    require_columns(slices, ("slice", "share", "model", "human"))
    if not len(slices):
        raise BadInput("There are no slices.", "Give at least one, with its share and how good model and people are on it.")
    table = slices.reset_index(drop=True).copy()
    names = table["slice"].astype(str).str.strip()
    if (names == "").any() or table["slice"].isna().any():
        raise BadInput("A slice has no name.", "Name every slice.")
    if names.duplicated().any():
        raise BadInput(f"Two slices are called “{names[names.duplicated()].iloc[0][:60]}”.", "Name each once.")
    table["slice"] = names
    for column in ("share", "model", "human"):
        figures = pd.to_numeric(table[column], errors="coerce")
        wrong = ~figures.between(0, 1)
        if wrong.any():
            what = f"“{names[wrong].iloc[0][:60]}” has “{table[column][wrong].iloc[0]}” as {column}"
            raise BadInput(f"{what}, which is no share.", "Write shares as numbers from 0 to 1: 94 % is .94.")
        table[column] = figures.astype(np.float64)
    for column, usual in (("n", np.nan), ("people_n", np.nan), ("of", np.nan), ("importance", NORMAL), ("ease", NORMAL)):
        given = pd.to_numeric(table[column], errors="coerce") if column in table else pd.Series(np.nan, index=table.index)
        table[column] = given.fillna(usual).astype(np.float64)
    return table


def _drawn(shares: pd.Series, counts: pd.Series, rng: np.random.Generator) -> Array:
    """Return draws × slices of what each share may be, given how many it was counted on; without that, the share itself."""
    p, n = shares.to_numpy(), counts.to_numpy()
    told = np.isfinite(n) & (n > 0)
    hits = np.where(told, p * np.where(told, n, 1), 1)
    misses = np.where(told, (1 - p) * np.where(told, n, 1), 1)
    return np.where(told, rng.beta(hits + 0.5, misses + 0.5, size=(DRAWS, len(p))), p)


NG = pd.DataFrame(
    {
        "slice": ["Clean speech", "Car noise", "People noise", "Low bandwidth"],
        "share": [0.6, 0.04, 0.3, 0.06],
        "model": [0.94, 0.89, 0.87, 0.7],
        "human": [0.95, 0.93, 0.89, 0.7],
    }
)
"""Ng's example: a speech recogniser by the noise in the recording; he gives no counts, so there are no intervals."""
