"""Where to work next, in words."""

from collections.abc import Iterable, Mapping

import pandas as pd

from components import words
from components.modelling.slice_charts import drawn, leaders
from components.modelling.slice_records import Slice, SliceRun
from components.modelling.slices import NORMAL

SURE = 0.8
WORTH = 0.5
ERROR = "error"
FIGURES = ("share", "model", "human", "n", "people_n", "importance", "ease")


def typed_table(slices: Iterable[Slice]) -> pd.DataFrame:
    """Return slices whose figures were typed in, as `headroom` takes them; those of one name are told apart by a number."""
    rows = [{**body.model_dump(include=set(FIGURES)), "slice": body.name} for body in slices]
    table = pd.DataFrame(rows, columns=["slice", *FIGURES]).astype({"n": "float64", "people_n": "float64"})
    return table.assign(slice=_told_apart(list(table["slice"])))


def run_table(run: SliceRun, names: Mapping[str, str]) -> pd.DataFrame:
    """Return what was measured of the slices that are still there, under their names of today; `names` by id."""
    there = [id_ for id_ in run.rows if id_ in names]
    if not there:
        return pd.DataFrame()
    table = pd.DataFrame([run.rows[id_] for id_ in there]).astype("float64")
    table.insert(0, "slice", _told_apart([names[id_] for id_ in there]))
    return table.set_axis(pd.Index(there), axis=0)


def _told_apart(names: list[str]) -> list[str]:
    return [name if name not in names[:place] else f"{name} ({names[: place + 1].count(name)})" for place, name in enumerate(names)]


def where_answer(table: pd.DataFrame, metric: str = "accuracy") -> str:
    """Answer “which slice pays off most?”: what leads, and the widest gap that isn't worth it; of numbers, in shares of the whole error.

    >>> from components.modelling.slices import NG, headroom
    >>> where_answer(headroom(NG))
    'Clean speech and People noise: .6 points each. Car noise isn’t worth it.'
    """
    rows = drawn(table)
    if not len(rows):
        return "People were asked about none of these slices."
    first = leaders(table)
    if not first:
        as_good = "within the error to reach" if metric == ERROR else "as good as people"
        return f"The model is {as_good} on every slice: look for others."
    gain = float(rows["headroom"].iloc[0])
    digits = 1 if metric == ERROR or round(100 * gain, 1) == round(100 * gain, 2) else 2
    said = f"{words.percent(gain, 1)} of the whole error" if metric == ERROR else words.points(gain, digits)
    known = rows["low"].notna().any()
    if len(first) > 1:
        answer = f"{words.listed(first, most=3)}: {said} each."
    elif not known or rows["first"].iloc[0] >= SURE:
        answer = f"{first[0]} pays off most: {said}{_limits(rows.iloc[0], digits)}."
    else:
        answer = f"{first[0]} leads with {said}{_limits(rows.iloc[0], digits)}, but not surely."
    rest = rows[~rows["slice"].isin(first)]
    if len(rest):
        widest = rest.loc[rest["gap"].idxmax()]
        gap_of_first = float(rows["gap"].iloc[0])
        most = widest["headroom"] if pd.isna(widest["high"]) else widest["high"]
        if widest["gap"] >= gap_of_first and most < WORTH * gain:
            answer += f" {widest['slice']} isn’t worth it."
    return answer


def _limits(row: pd.Series, digits: int = 2) -> str:
    if pd.isna(row["low"]):
        return ""
    return f" [{words.decimal(100 * row['low'], digits)}, {words.decimal(100 * row['high'], digits)}]"


def certainty(table: pd.DataFrame) -> str:
    """Say how sure the first place is, and by what the slices are ordered."""
    rows = drawn(table)
    weighed = (table["importance"] != NORMAL).any() or (table["ease"] != NORMAL).any()
    return f"{_first(rows)} {'Ordered by headroom × importance × ease.' if weighed else ''}".strip()


def _first(rows: pd.DataFrame) -> str:
    if len(rows) < 2 or rows["low"].isna().all():  # noqa: PLR2004
        return ""
    first, second = (f"“{row.slice}” is first in {words.percent(float(row.first), 0)}" for row in rows.head(2).itertuples())
    if rows["first"].iloc[0] >= SURE:
        return f"{first} of the resamples."
    return f"The order is not sure: {first} of the resamples, {second}."


def measured_method(run: SliceRun) -> str:
    """Say how headroom was measured."""
    if run.metric == ERROR:
        return (
            f"Headroom = share × (mean absolute error − what is to be reached), as a share of the whole error. "
            f"{run.model} on {words.counted(run.n, 'item')}; to be reached: {run.people}. 95 % bootstrap intervals over items."
        )
    asked = f"; people judged {words.count(run.judged)} of them" if run.judged else ""
    return (
        f"Headroom = share × (people − model) accuracy. {run.model} on {words.counted(run.n, 'item')}{asked}; "
        f"people: {run.people}. 95 % bootstrap intervals over items."
    )


def typed_method(table: pd.DataFrame) -> str:
    """Say how headroom was computed of figures that somebody typed in."""
    counted = int(table["n"].notna().sum())
    why = "95 % intervals from the numbers of items." if counted else "No interval: nobody said on how many items."
    return f"Headroom = share × (people − model) accuracy. {words.counted(len(table), 'slice')}, typed in. {why}"


def gain_text(row: pd.Series, metric: str = "accuracy") -> str:
    """Say what a slice would bring, for a task or a note."""
    if metric == ERROR:
        gain = f"Headroom {words.percent(float(row['headroom']))} of the whole error{_limits(row, 1)}"
        off = words.decimal(-float(row["model"]))
        return f"{gain}: {words.percent(float(row['share']))} of the data, off by {off} × the average error, n = {words.count(row['n'])}."
    if pd.isna(row["headroom"]):
        return "People were not asked about it."
    gain = "No headroom" if row["headroom"] == 0 else f"Headroom {words.points(float(row['headroom']), 2)}"
    return (
        f"{gain}{_limits(row)}: {words.percent(float(row['share']))} of the data, "
        f"model {words.percent(float(row['model']))}, people {words.percent(float(row['human']))}."
    )


def shown_table(table: pd.DataFrame, metric: str = "accuracy") -> pd.DataFrame:
    """Return the table as people read it: shares and accuracies in percent, gains in points; errors against the average one."""
    rows = table.sort_values("rank", kind="stable").reset_index(drop=True)
    shown = pd.DataFrame({"slice": rows["slice"]})
    if metric == ERROR:
        shown["share, %"] = (100 * rows["share"]).round(1)
        shown["error ÷ average error"] = (-rows["model"]).round(2)
        shown["to be reached"] = (-rows["human"]).round(2).abs()
        shown["headroom, % of the whole error"] = (100 * rows["headroom"]).round(1)
    else:
        for name, column in (("share, %", "share"), ("model, %", "model"), ("people, %", "human")):
            shown[name] = (100 * rows[column]).round(1)
        shown["headroom, points"] = (100 * rows["headroom"]).round(2)
    limits = [_limits(row, 1 if metric == ERROR else 2).strip() for _, row in rows.iterrows()]
    if any(limits):
        shown["95 % interval"] = limits
    if rows["n"].notna().any():
        shown["n"] = rows["n"]
    if "people" in rows and rows["people"].any():
        shown["judgements"] = rows["people"]
        both = {"both_right": "both right", "only_people": "only people", "only_model": "only model", "both_wrong": "both wrong"}
        for column, name in both.items():
            shown[name] = rows[column]
    shown["first in, %"] = (100 * rows["first"]).round(0)
    return shown


def found_text(found: dict[str, object], metric: str = "accuracy") -> str:
    """Say what a found slice is like."""
    what = "among the worst fifth of errors" if metric == ERROR else "wrong"
    return (
        f"{words.percent(float(str(found['error'])))} {what} on {words.counted(int(str(found['n'])), 'item')} of the testing half, "
        f"{words.percent(float(str(found['elsewhere'])))} elsewhere; p {float(str(found['p_value'])):.2g} after Holm."
    )
