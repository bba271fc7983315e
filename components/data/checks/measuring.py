"""Runs checks on a table: their counts in as few scans as possible, then each one's judgement."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from components import words
from components.data.checks.declaration import Check, Counts, Finding, Status
from components.data.checks.report import STATUSES, CheckReport
from components.data.checks.table import Plan, Table
from components.data.engine import ROW, Source, column_names, opened, row_count
from components.errors import BadInput

AT_ONCE = 300
COUNTED = 0.5
"""The part of the time that counting takes, before what each check looks at by itself."""
MOST_ROWS_SHOWN = 1000
BROKEN = "It could not be computed on this table; the other checks were."
UNKNOWN = "Nobody knows what it would have found. Check again; if it stays so, the log of the server says why."
logger = logging.getLogger(__name__)
Progress = Callable[[float, str], None]
Wanted = list[tuple[Check, tuple[str, str], Any]]


def measure(
    data: Source, plan: Plan, checks: Sequence[type[Check]], progress: Progress | None = None, items: pd.DataFrame | None = None
) -> CheckReport:
    """Run the checks and return what they found; `items` holds what was measured of each row's image, recording or text."""
    names = _require(data, plan)
    rows = row_count(data)
    say = progress or (lambda share, message: None)
    say(0.02, f"Counting in {words.counted(rows, 'row')}")
    beside, properties = _beside(items)
    with opened(data, beside) as (expression, short, cells):
        table = Table(expression, short, plan, rows, properties, cells)
        kinds = [made(check, plan) for check in checks]
        counted, broken = _count(table, kinds, say)
        found: list[dict[str, Any]] = []
        for number, check in enumerate(kinds):
            say(COUNTED + (1 - COUNTED) * number / len(kinds), check.title)
            found += list(_results(check, table, counted.get(check.code, {}), broken.get(check.code)))
    results = pd.DataFrame(found)
    order = results["status"].map({status: place for place, status in enumerate(STATUSES)})
    results = results.assign(order=order).sort_values(["order", "code"], kind="stable").drop(columns="order").reset_index(drop=True)
    return CheckReport(results, rows, len(names))


def made(check: type[Check], plan: Plan) -> Check:
    """Return a check with the threshold that the team set, where it did."""
    one = check()
    one.threshold = plan.thresholds.get(check.code, check.threshold)
    return one


def _beside(items: pd.DataFrame | None) -> tuple[pd.DataFrame | None, dict[str, str]]:
    """Return measured properties under names that no column of the data has, and those names."""
    if items is None:
        return None, {}
    properties = {str(name): f"measured{place}" for place, name in enumerate(items.columns)}
    return items.rename(columns=properties), properties


def concerned(
    data: Source, plan: Plan, check: type[Check], column: str, most: int = MOST_ROWS_SHOWN, items: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the rows that a result is about, with their number in the table as `row`, at most `most` of them."""
    _require(data, plan)
    beside, properties = _beside(items)
    with opened(data, beside) as (expression, short, cells):
        table = Table(expression, short, plan, row_count(data), properties, cells)
        found: pd.DataFrame = made(check, plan).concerned(table, column).limit(most).to_pyarrow().to_pandas()
    named = found[[ROW, *short.values()]]
    rows = "row" if "row" not in short else "row number"
    named.columns = pd.Index([rows, *short])
    return named


def _require(data: Source, plan: Plan) -> list[str]:
    names = column_names(data)
    if not row_count(data) or not names:
        raise BadInput("The table has no rows.", "Bring a table with at least one row.")
    double = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if double is not None:
        raise BadInput(f"Two columns are called “{double[:80]}”.", "Give each column a name of its own.")
    for role, column in plan.roles.items():
        if column not in names:
            raise BadInput(f"There is no column “{column}” for the {role}.", f"The columns are: {', '.join(names[:12])}.")
    return names


def _count(table: Table, checks: Sequence[Check], say: Progress) -> tuple[dict[str, Counts], dict[str, Exception]]:
    """Compute the counts of all checks together; where that fails, one check at a time, so that one can't break the others."""
    broken: dict[str, Exception] = {}
    counted: dict[str, Counts] = {}
    applicable = [check for check in checks if not check.inapplicable(table)]

    def wanted(expressions: Callable[[Check], Counts]) -> Wanted:
        found: Wanted = []
        for check in applicable:
            try:
                found += [(check, key, expression) for key, expression in expressions(check).items()]
            except Exception as error:
                broken[check.code] = error
        return found

    _fused(table.expression, wanted(lambda check: check.counts(table)), counted, broken)
    for number, group in enumerate(table.text_groups):
        say(COUNTED * (0.8 + 0.2 * number / len(table.text_groups)), f"Reading {words.listed(list(group), 3)}")
        try:
            values = table.values_of(group)
        except Exception as error:
            broken.update({check.code: error for check in applicable if check.text_counts.__func__ is not Check.text_counts})  # type: ignore[attr-defined]
            break
        texts = wanted(lambda check, values=values: {("", what): one for what, one in check.text_counts(table, values).items()})  # type: ignore[misc]
        _fused(values, texts, counted, broken, group)
    return counted, broken


def _fused(
    source: Any, wanted: Wanted, counted: dict[str, Counts], broken: dict[str, Exception], group: tuple[str, ...] | None = None
) -> None:
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        try:
            _compute(source, part, counted, group)
        except Exception:
            logger.info("A fused scan failed; each check is counted alone")
            for check in dict.fromkeys(check for check, _, _ in part):
                try:
                    _compute(source, [entry for entry in part if entry[0] is check], counted, group)
                except Exception as error:
                    broken[check.code] = error


def _compute(source: Any, wanted: Wanted, counted: dict[str, Counts], group: tuple[str, ...] | None) -> None:
    """Compute aggregates in one scan, for each column of a group apart where one is given; what several checks count is counted once."""
    places: dict[Any, int] = {}
    for _, _, expression in wanted:
        places.setdefault(expression.op(), len(places))
    distinct = {f"a{place}": expression for _, _, expression in wanted for place in (places[expression.op()],)}
    found = (source if group is None else source.group_by("of")).aggregate(**distinct).to_pyarrow().to_pylist()
    for row in found:
        for check, (column, what), expression in wanted:
            name = column if group is None else group[row["of"]]
            counted.setdefault(check.code, {})[name, what] = row[f"a{places[expression.op()]}"]


def _results(check: Check, table: Table, counted: Counts, broken: Exception | None) -> Iterator[dict[str, Any]]:
    """Yield the results of one check: each finding beyond the threshold, or the worst of those within it."""
    reason = check.inapplicable(table)
    if reason:
        yield _result(check, table, Finding("", float("nan"), 0, reason), "not applicable")
        return
    try:
        if broken is not None:
            raise broken
        findings = list(check.judge(table, counted))
    except Exception as error:
        logger.warning("The check %s could not be computed: %s", check.code, type(error).__name__)
        yield _result(check, table, Finding("", float("nan"), 0, BROKEN), "error")
        return
    beyond = [finding for finding in findings if check.fires(finding)]
    for finding in sorted(beyond, key=lambda found: -found.rows):
        yield _result(check, table, finding, finding.severity or check.severity)
    within = [finding for finding in findings if not check.fires(finding)]
    if check.each:
        yield from (_result(check, table, finding, "passed") for finding in within)
    elif within and not beyond:
        yield _result(check, table, (min if check.at_least else max)(within, key=lambda found: found.figure), "passed")
    if not findings:
        yield _result(check, table, Finding("", float("nan"), 0, "No column has what this check looks at."), "not applicable")


def _result(check: Check, table: Table, finding: Finding, status: Status) -> dict[str, Any]:
    figure = float(finding.figure)
    return {
        "code": check.code,
        "title": check.title,
        "column": finding.column,
        "status": status,
        "figure": figure if np.isfinite(figure) else None,
        "threshold": float(check.threshold if finding.threshold is None else finding.threshold),
        "unit": check.unit,
        "at_least": check.at_least if finding.at_least is None else finding.at_least,
        "rows": int(finding.rows),
        "note": finding.note,
        "says": check.says,
        "advice": UNKNOWN if status == "error" else _advice(check, table),
    }


def _advice(check: Check, table: Table) -> str:
    return check.advice_unstructured if check.advice_unstructured and table.plan.structured is False else check.advice
