"""What the monitoring plan starts from: shares that the other phases measured, the pace of change, and what each monitor notices."""

from components import words
from components.data.drift.wording import cadence
from components.data.records import CheckRun, DriftRun
from components.deployment.records import ROLLOUT, RolloutPlan
from components.project.store import Store
from components.readiness.evidence import failure_rate
from components.readiness.gaps import COVERED, Gaps
from components.readiness.starting import source
from components.stats.estimate import Estimate

SIGNS = {"T01": "M03", "T08": "M04"}
"""Checks of data whose figure is the usual share of what a monitor counts."""


def measured_usual(store: Store, project_id: str) -> dict[str, tuple[Estimate, str]]:
    """Return the shares that were measured, with where, by the code of the monitor that counts them."""
    found: dict[str, tuple[Estimate, str]] = {}
    for record in sorted(store.all(project_id, CheckRun), key=lambda one: one.seq):
        run = record.body
        for check, monitor in SIGNS.items():
            rows = [
                int(result["rows"])
                for result in run.results
                if result["code"] == check and result["status"] in {"failed", "warned", "passed"}
            ]
            if rows and run.rows:
                where = f"measured: {words.count(max(rows))} of {words.count(run.rows)} rows, check {check}"
                found[monitor] = Estimate(min(max(rows) / run.rows, 1.0), n=run.rows), where
    saved, rate = store.get(project_id, RolloutPlan, ROLLOUT), failure_rate(store, project_id)
    if saved:
        found["M14"] = Estimate(saved.body.plan.failure_rate), f"the rollout's failure rate: {saved.body.source}"[:300]
    elif rate:
        found["M14"] = rate.estimate, source(rate)
    return found


def pace(store: Store, project_id: str) -> list[str]:
    """Return how often to look, retrain and collect again, from the newest drift that was followed over time."""
    runs = sorted(store.all(project_id, DriftRun), key=lambda one: one.seq)
    return next((said for record in reversed(runs) if (said := cadence(record.body))), [])


def finds(gaps: Gaps) -> dict[str, str]:
    """Say which faults each monitor notices in most runs, and how fast (median), by its code; simulated."""
    matrix, said = gaps.matrix, {}
    for code, rows in matrix[matrix["share"] >= COVERED].groupby("monitor", sort=False):
        best = rows.sort_values("late")
        said[str(code)] = words.listed([f"{row.title.lower()} ({words.counted(row.late, 'window')})" for row in best.itertuples()], most=8)
    return said


def unwatched(gaps: Gaps, monitors: list[str]) -> list[str]:
    """Return, in small letters, the faults of the catalogue that no monitor of these notices in most runs."""
    matrix = gaps.matrix
    seen = set(matrix.loc[matrix["monitor"].isin(monitors) & (matrix["share"] >= COVERED), "title"])
    return [title.lower() for title in dict.fromkeys(matrix["title"]) if title not in seen]
