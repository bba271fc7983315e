"""Runs checks on a table: all their counts in one scan, then each one's judgement."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from components.data.checks.declaration import Check, Finding, Status
from components.data.checks.report import STATUSES, CheckReport
from components.data.checks.table import Plan, Table
from components.data.engine import ROW, opened
from components.errors import BadInput

AT_ONCE = 400
MOST_ROWS_SHOWN = 1000
logger = logging.getLogger(__name__)
Progress = Callable[[float, str], None]


def measure(frame: pd.DataFrame, plan: Plan, checks: Sequence[type[Check]], progress: Progress | None = None) -> CheckReport:
    """Run the checks and return what they found."""
    _require(frame, plan)
    say = progress or (lambda share, message: None)
    say(0.02, f"Reading {len(frame):,} rows")
    with opened(frame) as expression:
        table = Table(expression, plan, len(frame))
        kinds = [check() for check in checks]
        counted, broken = _count(table, kinds)
        rows: list[dict[str, Any]] = []
        for number, check in enumerate(kinds):
            say(0.2 + 0.8 * number / len(kinds), check.title)
            rows += list(_results(check, table, counted.get(check.code, {}), broken.get(check.code)))
    results = pd.DataFrame(rows)
    order = results["status"].map({status: place for place, status in enumerate(STATUSES)})
    results = results.assign(order=order).sort_values(["order", "code"], kind="stable").drop(columns="order").reset_index(drop=True)
    return CheckReport(results, len(frame), frame.shape[1])


def concerned(frame: pd.DataFrame, plan: Plan, check: type[Check], column: str, most: int = MOST_ROWS_SHOWN) -> pd.DataFrame:
    """Return the rows that a result is about, with their number in the table as `row`, at most `most` of them."""
    _require(frame, plan)
    with opened(frame) as expression:
        found: pd.DataFrame = check().concerned(Table(expression, plan, len(frame)), column).limit(most).to_pandas()
    rest = [name for name in found.columns if name != ROW]
    return found[[ROW, *rest]].rename(columns={ROW: "row"})


def _require(frame: pd.DataFrame, plan: Plan) -> None:
    if not len(frame):
        raise BadInput("The table has no rows.", "Bring a table with at least one row.")
    for role, column in plan.roles.items():
        if column not in frame.columns:
            present = ", ".join(str(name) for name in list(frame.columns)[:12])
            raise BadInput(f"There is no column “{column}” for the {role}.", f"The columns are: {present}.")


def _count(table: Table, checks: Sequence[Check]) -> tuple[dict[str, dict[str, Any]], dict[str, Exception]]:
    """Compute the counts of all checks together; where that fails, one check at a time, so that one can't break the others."""
    wanted: list[tuple[str, str, Any]] = []
    broken: dict[str, Exception] = {}
    for check in checks:
        if check.inapplicable(table):
            continue
        try:
            wanted += [(check.code, name, expression) for name, expression in check.counts(table).items()]
        except Exception as error:
            broken[check.code] = error
    counted: dict[str, dict[str, Any]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        try:
            _compute(table, part, counted)
        except Exception:
            logger.info("A fused scan failed; each check is counted alone")
            for code in dict.fromkeys(code for code, _, _ in part):
                try:
                    _compute(table, [entry for entry in part if entry[0] == code], counted)
                except Exception as error:
                    broken[code] = error
    return counted, broken


def _compute(table: Table, wanted: Sequence[tuple[str, str, Any]], counted: dict[str, dict[str, Any]]) -> None:
    found = table.expression.aggregate(**{f"c{number}": expression for number, (_, _, expression) in enumerate(wanted)}).to_pyarrow()
    for number, (code, name, _) in enumerate(wanted):
        counted.setdefault(code, {})[name] = found.column(number)[0].as_py()


def _results(check: Check, table: Table, counted: dict[str, Any], broken: Exception | None) -> Iterator[dict[str, Any]]:
    """Yield the results of one check: each finding beyond the threshold, or the worst of those within it."""
    reason = check.inapplicable(table)
    if reason:
        yield _result(check, Finding("", float("nan"), 0, reason), "not applicable")
        return
    try:
        if broken is not None:
            raise broken
        findings = list(check.judge(table, counted))
    except Exception as error:
        logger.warning("The check %s could not be computed: %s", check.code, type(error).__name__)
        yield _result(check, Finding("", float("nan"), 0, "It could not be computed on this table; the other checks were."), "error")
        return
    beyond = [finding for finding in findings if check.beyond(finding.figure)]
    for finding in sorted(beyond, key=lambda found: -found.rows):
        yield _result(check, finding, check.severity)
    if not findings:
        yield _result(check, Finding("", float("nan"), 0, "No column has what this check looks at."), "not applicable")
    elif not beyond:
        worst = (min if check.at_least else max)(findings, key=lambda found: found.figure)
        yield _result(check, worst, "passed")


def _result(check: Check, finding: Finding, status: Status) -> dict[str, Any]:
    figure = float(finding.figure)
    return {
        "code": check.code,
        "title": check.title,
        "column": finding.column,
        "status": status,
        "figure": figure if np.isfinite(figure) else None,
        "threshold": float(check.threshold),
        "unit": check.unit,
        "at_least": check.at_least,
        "rows": int(finding.rows),
        "note": finding.note,
        "advice": check.advice,
    }
