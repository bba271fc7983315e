"""How fast data change: the same columns in periods of a time column, each against each."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.data.description import looks_like_key
from components.data.drift.counting import BINS, FEW, FEW_SHARE, MOST_CATEGORIES
from components.data.drift.declaration import LEAST_VERSIONS
from components.data.engine import as_arrow, opened
from components.data.missing import missing_text
from components.errors import BadInput
from components.stats.pace import Pace, pace
from components.stats.shift import total_variation

UNITS = (("year", "Y"), ("quarter", "Q"), ("month", "M"), ("week", "W-MON"), ("day", "D"), ("hour", "h"))
LEAST_PERIODS, MOST_PERIODS = 4, 60
LEAST_ROWS = 20
DAYS = 365.25 / 12
PERIOD = "period"


@dataclass(frozen=True)
class OverTime:
    """A table cut into periods: their length and starts, the rows of each, how far each column moved, and the pace."""

    unit: str
    starts: list[pd.Timestamp]
    rows: list[int]
    moved: pd.DataFrame
    pace: Pace


def over_time(table: pd.DataFrame, column: str, without: tuple[str, ...] = ()) -> OverTime:
    """Cut a table into periods of a time column and say how fast its columns change.

    Raises
    ------
    BadInput
        The column holds no times, or they don't reach over two periods.
    """
    unit, places, starts = periods(table, column)
    kept = table.drop(columns=[column, *(name for name in without if name in table.columns)])[places >= 0]
    return _followed(unit, kept.reset_index(drop=True), places[places >= 0], starts)


def over_versions(tables: list[pd.DataFrame], days: list[pd.Timestamp]) -> OverTime:
    """Say how fast data change from versions of them, each collected on a day; columns that all of them have, in one type, are compared.

    Raises
    ------
    BadInput
        There are fewer than three versions, or they are all of one day.
    """
    if len(tables) < LEAST_VERSIONS or len(set(days)) < 2:
        raise BadInput(
            f"A pace takes at least {LEAST_VERSIONS} versions of different days.",
            "Say on which day the data of each version were collected.",
        )
    order = sorted(range(len(tables)), key=lambda place: days[place])
    tables, days = [tables[place] for place in order], [days[place] for place in order]
    first, *others = tables
    shared = [name for name in first.columns if all(name in one.columns and _kind(one[name]) == _kind(first[name]) for one in others)]
    whole = pd.concat([one[shared] for one in tables], ignore_index=True)
    places = np.repeat(np.arange(len(tables), dtype=np.int64), [len(one) for one in tables])
    return _followed("version", whole, places, days)


def _kind(cells: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(cells):
        return "boolean"
    return "number" if pd.api.types.is_numeric_dtype(cells) else "time" if pd.api.types.is_datetime64_any_dtype(cells) else "text"


def _followed(unit: str, table: pd.DataFrame, places: NDArray[np.int64], starts: list[pd.Timestamp]) -> OverTime:
    counts = _counts(table, places, len(starts))
    if not counts:
        raise BadInput("No column can be compared over time.", "Beside the time there has to be a number, a category or a text.")
    months = np.array([(start - starts[0]).total_seconds() / 86400 / DAYS for start in starts])
    moved = pd.DataFrame(
        [
            {"column": name, "period": starts[place], "moved": float(total_variation(cells[0], cells[place]))}
            for name, cells in counts.items()
            for place in range(len(starts))
            if cells[0].sum() and cells[place].sum()
        ]
    )
    rows = np.bincount(places, minlength=len(starts)).tolist()
    return OverTime(unit, starts, rows, moved, pace(list(counts.values()), months))


def periods(table: pd.DataFrame, column: str) -> tuple[str, NDArray[np.int64], list[pd.Timestamp]]:
    """Cut the times of a column into periods: their unit, the place of each row (−1 where it has none), the starts.

    The longest unit that gives at least four periods is taken; periods with fewer than 20 rows are left out.
    """
    times = (
        table[column]
        if pd.api.types.is_datetime64_any_dtype(table[column])
        else pd.to_datetime(table[column], errors="coerce", format="ISO8601")
    )
    if getattr(times.dt, "tz", None) is not None:
        times = times.dt.tz_convert(None)
    if times.notna().sum() < 2:
        raise BadInput(f"The column “{column}” holds no times.", "Choose a column of dates, like 2026-11-24.")
    best: tuple[str, NDArray[np.int64], list[pd.Timestamp]] | None = None
    for unit, frequency in UNITS:
        cut = times.dt.to_period(frequency)
        held = cut.value_counts()
        wide = held[held >= LEAST_ROWS].sort_index().index
        if len(wide) > MOST_PERIODS:
            break
        if len(wide) >= 2:
            places = pd.Series(range(len(wide)), index=wide)
            best = unit, cut.map(places).fillna(-1).to_numpy(np.int64), [period.start_time for period in wide]
            if len(wide) >= LEAST_PERIODS:
                break
    if best is None:
        raise BadInput(
            f"The times of “{column}” lie within one period, or fewer than {LEAST_ROWS} rows lie in each.",
            "Compare two versions instead, or bring data over a longer time.",
        )
    return best


def _counts(frame: pd.DataFrame, places: NDArray[np.int64], many: int) -> dict[str, NDArray[np.int64]]:
    """Count each column that can be compared: periods × cells, by deciles of all rows or by category."""
    import ibis

    frame = frame.set_axis([str(name) for name in frame.columns], axis=1)
    mark = next(name for name in (PERIOD, *(f"{PERIOD} {n}" for n in range(len(frame.columns) + 1))) if name not in frame.columns)
    found: dict[str, NDArray[np.int64]] = {}
    with opened(as_arrow(frame.assign(**{mark: places}))) as (rows, names, _):
        for name, short in names.items():
            cell, when = rows[short], rows[names[mark]]
            kind = cell.type()
            if name == mark or kind.is_temporal():
                continue
            if kind.is_string():
                cell = missing_text(cell).ifelse(None, cell)
            present = rows.select(when=when, value=cell)
            present = present.filter(present.value.notnull())
            told = present.aggregate(rows=present.count(), distinct=present.value.nunique()).to_pyarrow()
            total, distinct = int(told.column("rows")[0].as_py()), int(told.column("distinct")[0].as_py())
            if not total or (looks_like_key(name) and not kind.is_floating() and distinct == total):
                continue
            category = kind.is_boolean() or (kind.is_string() and distinct <= min(max(FEW, FEW_SHARE * total), MOST_CATEGORIES))
            if category:
                cells = present.select(when=present.when, cell=present.value.cast("string"))
            else:
                value = present.value.length().cast("int64") if kind.is_string() else present.value
                ranked = present.select(when=present.when, rank=ibis.rank().over(ibis.window(order_by=value)).cast("int64"))
                cells = ranked.select(when=ranked.when, cell=(ranked["rank"] * BINS // total).cast("int64"))
            held = cells.group_by(["when", "cell"]).aggregate(rows=cells.count()).to_pyarrow().to_pandas()
            wide = held.pivot_table(index="when", columns="cell", values="rows", aggfunc="sum", fill_value=0)
            found[name] = wide.reindex(range(many), fill_value=0).to_numpy(np.int64)
    return found
