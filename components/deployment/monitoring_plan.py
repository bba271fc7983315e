"""The monitoring plan: what is watched at each stage, above which limit, who is told, and what happens then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from components import words
from components.deployment.faults.declaration import Stage
from components.deployment.monitors import BY_CODE, MONITORS
from components.deployment.monitors.declaration import FALSE_ALARMS, Monitor
from components.deployment.plan import Plan
from components.deployment.records import WATCHED, Metric, Watched
from components.deployment.world import World
from components.project.records import Record
from components.stats.estimate import Estimate
from components.stats.intervals import poisson_rate, wilson

STAGE_OF: dict[Stage, Watched] = {
    "route": "server load",
    "validate": "input",
    "preprocess": "preprocessing",
    "model": "model output",
    "postprocess": "model output",
    "decision": "model output",
    "label": "label",
}
ELSEWHERE: dict[str, Watched] = {"M04": "input", "M09": "server load", "M10": "server load"}
"""Monitors whose place in the plan isn't that of the stage at which the rehearsal counts them."""
MONTH = 365.25 / 12 * 24 * 60
"""Minutes in a month."""


def start_from(
    plan: Plan, in_place: Sequence[str], usual: dict[str, tuple[Estimate, str]], today: date, codes: Sequence[str] = tuple(BY_CODE)
) -> dict[str, Metric]:
    """Return a row for each monitor of the rehearsal, by its code: those in place as they are, the others planned.

    `usual` gives the shares that were measured, with where; else the monitor's common one stands.
    """
    return {
        monitor.code: _row(plan, monitor, monitor.code in in_place, usual.get(monitor.code), today)
        for monitor in MONITORS
        if monitor.code in codes
    }


def _row(plan: Plan, monitor: Monitor, there: bool, measured: tuple[Estimate, str] | None, today: date) -> Metric:
    share, source = measured or (Estimate(World(plan).usual_of(monitor.watches)), "a common figure, to be measured")
    usual = share.value or 0.0
    looked_at = max(1, int(plan.requests_per_window * monitor.sample))
    limit = min(monitor.limit(plan.requests_per_window, monitor.sample, usual) / looked_at, 1.0)
    method = "one is enough" if monitor.stops and not usual else f"at most one false alarm in {words.count(1 / FALSE_ALARMS)} windows"
    return Metric(
        metric=monitor.title,
        stage=ELSEWHERE.get(monitor.code, STAGE_OF[monitor.stage]),
        state="in place" if there else "planned",
        definition=monitor.says,
        baseline=usual,
        baseline_n=share.n,
        baseline_from=source,
        threshold=round(limit, 6),
        method=method,
        window_minutes=plan.window_minutes,
        every_minutes=plan.window_minutes,
        least_sample=min(30, looked_at),
        severity="stop" if monitor.stops else "page",
        action="roll back at once" if monitor.stops else "look, and roll back if a fault is found",
        monitor=monitor.code,
        because="The rehearsal says which faults it notices.",
        since=today if there else None,
    )


def requests_in(row: Metric, plan: Plan) -> int:
    """Return how many requests a row looks at in one of its windows."""
    monitor = BY_CODE.get(row.monitor)
    seen = (monitor.sample if monitor else 1.0) * (plan.label_coverage if row.stage == "label" else 1.0)
    return max(int(plan.requests_per_window * seen * row.window_minutes / plan.window_minutes), 0)


def false_alarms(row: Metric, plan: Plan) -> Estimate:
    """Return how many alarms about nothing a row raises in a month.

    Counted in a quiet time where there was one. Else, for a share: a window of n requests that show the sign as often as the baseline
    says goes beyond the limit with a Binomial chance; the interval holds the baseline's own (Wilson), where it was measured.
    """
    if row.counted is not None:
        return Estimate(**row.counted)
    if row.threshold is None:
        return Estimate(None, why="It has no limit yet.")
    if row.unit != "share" or row.baseline is None:
        return Estimate(None, why="It takes a quiet time to count in.")
    looks, n = MONTH / row.every_minutes, requests_in(row, plan)
    if n < row.least_sample:
        return Estimate(0.0, why=f"No verdict: {words.count(n)} requests a window, {words.count(row.least_sample)} are needed.")
    measured = wilson(row.baseline * row.baseline_n, row.baseline_n) if row.baseline_n else None
    ends = (measured.low, measured.high) if measured else (None, None)
    value, *limits = (None if share is None else looks * _beyond(row, n, share) for share in (row.baseline, *ends))
    low, high = sorted(limits) if None not in limits else (None, None)  # type: ignore[type-var]
    return Estimate(value, low, high, row.baseline_n)


def _beyond(row: Metric, n: int, share: float) -> float:
    from scipy.stats import binom

    assert row.threshold is not None
    if row.direction == "above":
        return float(binom.sf(np.floor(row.threshold * n + 1e-9), n, share))
    return float(binom.cdf(np.ceil(row.threshold * n - 1e-9) - 1, n, share))


def counted_in(row: Metric, values: Sequence[float]) -> Estimate:
    """Count the false alarms of a quiet time: one value a window in order; windows in a row beyond the limit are one alarm.

    Returns
    -------
    Estimate
        Alarms a month with the exact Poisson interval of their number.
    """
    if row.threshold is None or not len(values):
        return Estimate(None, why="It has no limit yet." if row.threshold is None else "The quiet time has no windows.")
    given = np.asarray(values, dtype=float)
    beyond = given > row.threshold if row.direction == "above" else given < row.threshold
    begun = int((beyond & ~np.concatenate([[False], beyond[:-1]])).sum())
    return poisson_rate(begun, len(given) * row.window_minutes / MONTH)


def in_all(rows: Iterable[Metric], plan: Plan) -> Estimate:
    """Return the false alarms a month of all rows in place; limits where every row has some, added as if the worst came together."""
    found = [false_alarms(row, plan) for row in rows if row.watching]
    known = [one for one in found if one.value is not None]
    if not known:
        return Estimate(None, why="Nothing in place has a limit and a baseline.")
    bounded = all(one.low is not None and one.high is not None for one in known)
    low, high = (sum(getattr(one, end) for one in known) if bounded else None for end in ("low", "high"))
    unmeasured = sum(one.low is None for one in known)
    why = "" if bounded else f"No interval: {words.counted(unmeasured, 'baseline')} still to be measured."
    return Estimate(round(sum(one.value or 0.0 for one in known), 1), low, high, len(known), why)


@dataclass(frozen=True)
class Watching:
    """The plan as it stands: rows by id."""

    rows: dict[str, Metric]
    plan: Plan

    def of(self, stage: Watched) -> dict[str, Metric]:
        """Rows of a stage that aren't retired."""
        return {id_: row for id_, row in self.rows.items() if row.stage == stage and row.state != "retired"}

    @property
    def bare(self) -> list[Watched]:
        """Stages that nothing in place watches."""
        return [stage for stage in WATCHED if not any(row.watching for row in self.of(stage).values())]

    @property
    def monitors(self) -> list[str]:
        """Codes of the monitors that rows in place stand for."""
        return [code for code in BY_CODE if any(row.watching and row.monitor == code for row in self.rows.values())]

    @property
    def answer(self) -> str:
        """The sentence that answers “how will we know?”."""
        watching = sum(row.watching for row in self.rows.values())
        if not watching:
            return "Nothing is watched yet."
        expected = in_all(self.rows.values(), self.plan)
        alarms = f", with {per_month(expected)} about nothing" if expected.value is not None else ""
        bare = f"; nothing watches {words.listed(self.bare)}" if self.bare else ""
        return f"{words.counted(watching, 'metric')} in place{alarms}{bare}."

    @property
    def coverage(self) -> pd.DataFrame:
        """By stage: stage, in place, planned."""
        return pd.DataFrame(
            [
                {
                    "stage": stage,
                    "in place": sum(row.watching for row in self.of(stage).values()),
                    "planned": sum(row.state == "planned" for row in self.of(stage).values()),
                }
                for stage in WATCHED
            ]
        )

    @property
    def changes(self) -> pd.DataFrame:
        """Metrics adopted and retired with the reasons, the newest first."""
        rows = [
            {"when": when, "metric": row.metric, "what": what, "why": why}
            for row in self.rows.values()
            for when, what, why in ((row.since, "adopted", row.because), (row.until, "retired", row.retired_because))
            if when
        ]
        frame = pd.DataFrame(rows, columns=["when", "metric", "what", "why"])
        return frame.sort_values("when", ascending=False, kind="stable").reset_index(drop=True)


def per_month(expected: Estimate) -> str:
    """Write a number of alarms a month."""
    value = expected.value or 0.0
    if 0 < value < 0.1:
        return "fewer than .1 alarms a month"
    return f"{words.counted(value, 'alarm') if value >= 10 or not value else f'{words.decimal(value, 1)} alarms'} a month"


def table(records: Iterable[Record[Metric]], plan: Plan, finds: dict[str, str]) -> pd.DataFrame:
    """Return the plan as a table; `finds` says by code which faults a monitor notices."""
    rows = []
    for record in sorted(records, key=lambda one: (WATCHED.index(one.body.stage), one.seq)):
        row = record.body
        expected = false_alarms(row, plan)
        rows.append(
            {
                "stage": row.stage,
                "metric": row.metric,
                "state": row.state,
                "definition": row.definition,
                "slice": row.slice or "all",
                "baseline": row.baseline,
                "alarm": f"{row.direction} {row.threshold:g}" if row.threshold is not None else "",
                "method": row.method,
                "window, minutes": row.window_minutes,
                "least sample": row.least_sample,
                "every, minutes": row.every_minutes,
                "severity": row.severity,
                "owner": row.owner,
                "channel": row.channel,
                "runbook": row.runbook,
                "action": row.action,
                "faults it notices (simulated)": finds.get(row.monitor, ""),
                "false alarms a month": None if expected.value is None else round(expected.value, 3),
                "low": None if expected.low is None else round(expected.low, 3),
                "high": None if expected.high is None else round(expected.high, 3),
                "review": row.review.isoformat() if row.review else "",
                "retired because": row.retired_because,
            }
        )
    return pd.DataFrame(rows)
