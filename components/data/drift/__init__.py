"""Whether two samples of data come from one world, column by column, with false alarms held down however many columns there are."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from components import words
from components.data.drift.counting import Counted, Sides, both, count
from components.data.drift.declaration import BY_CODE, CATEGORIES, DRIFT_CHECKS, MISSINGNESS, SCHEMA, SHIFT, DriftCheck
from components.data.in_memory import in_parallel
from components.errors import BadInput
from components.stats import shift

__all__ = ["BY_CODE", "DRIFT_CHECKS", "LEVEL", "DriftCheck", "drift"]

LEVEL = 0.05
DRAWS = 999
COLUMNS = ["column", "kind", "psi", "statistic", "p_value", "adjusted_p", "verdict"] + [
    "chance",
    "js",
    "missing_before",
    "missing_after",
    "new",
    "vanished",
    "codes",
    "note",
]
Progress = Callable[[float, str], None]


def drift(
    before: pd.DataFrame | pa.Table,
    after: pd.DataFrame | pa.Table,
    *,
    level: float = LEVEL,
    seed: int = 0,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Compare two samples column by column.

    Parameters
    ----------
    before, after : DataFrame or Arrow table
        Two versions, splits or periods, one row an example.
    level : float
        The share of false alarms among the columns that are said to drift (false discovery rate).
    seed : int
        Seed of the permutations; the same seed gives the same result.
    progress : callable, optional
        Told the share that is done (0 to 1) and what is being looked at.

    Returns
    -------
    DataFrame
        One row a column, the most certain drift first: `column`; `kind` (number, category, text by its length, time and key, which are
        not compared, and schema, where only one sample has it); `psi`, over deciles of `before` or categories, empty cells at 1e-4;
        `statistic` (Kolmogorov–Smirnov for numbers and lengths, Cramér's V for categories); `p_value`, by 999 permutations of the rows
        (beyond what they resolve, the limiting distribution), with Fisher's exact test of missingness and the chance that a category
        is new or gone, Bonferroni within the column; `adjusted_p`, after Benjamini–Hochberg over columns; `verdict`, drift or no
        drift; `chance`, what the index stays below in 95 of 100 permutations; `js`, the Jensen–Shannon distance; `missing_before`,
        `missing_after` (shares); `new`, `vanished` (categories); `codes` of what fired; `note`.

    Raises
    ------
    BadInput
        A sample has no rows or no columns.
    """
    for table, name in ((before, "first"), (after, "second")):
        if not len(table) or not (len(table.column_names) if isinstance(table, pa.Table) else len(table.columns)):
            raise BadInput(f"The {name} table has no rows.", "Bring a table with at least one row.")
    say = progress or (lambda share, message: None)
    rows: list[dict[str, Any]] = []
    say(0.05, f"Reading {len(before) + len(after):,} rows")
    with both(before, after) as sides:
        numbers = in_parallel(lambda column: _compared(column, count(sides, column), sides, seed), list(sides.numbers))
        for number, column in enumerate(sides.columns):
            say(0.1 + 0.9 * number / len(sides.columns), f"Comparing {column}")
            rows.append(next(numbers) if column in sides.numbers else _compared(column, count(sides, column), sides, seed))
        rows += [_schema(column, what) for column, what in sides.changed.items()]
    return _judged(rows, level)


def _compared(column: str, found: Counted, sides: Sides, seed: int) -> dict[str, Any]:
    first, second = sides.rows
    shares = found.missing[0] / first, found.missing[1] / second
    row: dict[str, Any] = {"column": column, "kind": found.kind, "missing_before": shares[0], "missing_after": shares[1], "tests": {}}
    tests = row["tests"]
    if sum(found.missing):
        tests[MISSINGNESS.code] = (_fisher(found.missing, sides.rows), abs(shares[0] - shares[1]))
    if found.kind in {"time", "key"}:
        return {**row, "note": "not compared: it tells rows or times apart"}
    here = found.cells.sum(axis=1)
    if not here.all():
        return {**row, "note": f"not compared: no cell is filled in the {'second' if here[0] else 'first'}"}
    row["psi"], row["js"] = float(shift.psi(*found.bins)), float(shift.jensen_shannon(*found.bins))
    row["statistic"], p_value, row["chance"] = _permutation(found, seed)
    tests[SHIFT.code] = (p_value, row["statistic"])
    if found.kind == "category":
        for name, side in (("new", 0), ("vanished", 1)):
            row[name], p_value, share = _appeared(found, side)
            if row[name]:
                told = tests.get(CATEGORIES.code, (1.0, 0.0))
                tests[CATEGORIES.code] = (min(told[0], p_value), max(told[1], share))
    return row


def _permutation(found: Counted, seed: int) -> tuple[float, float, float]:
    """Return the statistic, its p-value, and the 95 % point of the stability index when rows change sides by chance."""
    from scipy.special import kolmogorov
    from scipy.stats import chi2

    n, m = (int(total) for total in found.cells.sum(axis=1))
    index = shift.psi(*shift.permuted(found.bins[0], found.bins[1], DRAWS, seed))
    cells = found.cells
    drawn = shift.permuted(cells[0], cells[1], DRAWS, seed)
    if found.kind == "category":
        squared = float(shift.chi_squared(*cells))
        statistic = float(np.sqrt(squared / (n + m)))
        reached = shift.chi_squared(*drawn) >= squared * (1 - 1e-12)
        tail = float(chi2.sf(squared, max(cells.shape[1] - 1, 1)))
    else:
        statistic = float(found.distance or 0.0)
        coarse = float(shift.kolmogorov_smirnov(*cells))
        reached = shift.kolmogorov_smirnov(*drawn) >= coarse - 1e-12
        tail = float(kolmogorov(np.sqrt(n * m / (n + m)) * coarse))
    beyond = int(reached.sum())
    p_value = (1 + beyond) / (1 + DRAWS) if beyond else min(tail, 1 / (1 + DRAWS))
    return statistic, p_value, float(np.quantile(index, 0.95))


def _fisher(missing: tuple[int, int], rows: tuple[int, int]) -> float:
    from scipy.stats import fisher_exact

    present = [rows[0] - missing[0], rows[1] - missing[1]]
    return float(fisher_exact([list(missing), present])[1])


def _appeared(found: Counted, absent: int) -> tuple[list[str], float, float]:
    """Return the categories that one sample lacks, how likely chance left one out like this, and their share of the other sample."""
    from scipy.stats import hypergeom

    lacking = np.flatnonzero(found.cells[absent] == 0)
    if not len(lacking):
        return [], 1.0, 0.0
    totals = found.cells.sum(axis=0)[lacking]
    left_out = hypergeom.sf(totals - 1, found.cells.sum(), totals, found.cells[1 - absent].sum())
    names = [found.categories[place] for place in lacking[np.argsort(-totals, kind="stable")]]
    share = float(totals.sum() / found.cells[1 - absent].sum())
    return names, min(1.0, float(left_out.min()) * found.cells.shape[1]), share


def _schema(column: str, what: str) -> dict[str, Any]:
    return {"column": column, "kind": "schema", "tests": {}, "note": what, "schema": True}


def _judged(rows: list[dict[str, Any]], level: float) -> pd.DataFrame:
    for row in rows:
        tests = row["tests"]
        row["p_value"] = min(1.0, len(tests) * min(p for p, _ in tests.values())) if tests else float("nan")
    adjusted = shift.benjamini_hochberg([row["p_value"] for row in rows])
    for row, p_value in zip(rows, adjusted, strict=True):
        row["adjusted_p"] = float(p_value)
        tests = row.pop("tests")
        factor = len(tests) * (p_value / row["p_value"] if row["p_value"] > 0 else 1.0)
        fired = [code for code, (p, size) in tests.items() if p_value <= level and p * factor <= level and size >= BY_CODE[code].least]
        fired += [SCHEMA.code] if row.pop("schema", False) else []
        row["codes"] = sorted(fired)
        row["verdict"] = "drift" if fired else "no drift"
        row["note"] = row.get("note") or _note(row)
    table = pd.DataFrame([{**dict.fromkeys(COLUMNS), "new": [], "vanished": [], **row} for row in rows], columns=COLUMNS)
    numbers = ["psi", "statistic", "p_value", "adjusted_p", "chance", "js", "missing_before", "missing_after"]
    table[numbers] = table[numbers].astype("float64")
    by = table.assign(first=table["verdict"] == "no drift", last=-table["statistic"].fillna(0.0))
    order = by.sort_values(["first", "adjusted_p", "last"], kind="stable", na_position="last").index
    return table.loc[order].reset_index(drop=True)


def _note(row: dict[str, Any]) -> str:
    said = []
    if MISSINGNESS.code in row["codes"]:
        said.append(f"missing {words.percent(row['missing_before'])} before, {words.percent(row['missing_after'])} after")
    if CATEGORIES.code in row["codes"]:
        gone = [(name, words.listed([f"“{one[:40]}”" for one in row[name]], 3)) for name in ("new", "vanished") if row.get(name)]
        said += [f"{name}: {categories}" for name, categories in gone]
    return "; ".join(said)
