"""What one phase measured and another starts from."""

from dataclasses import dataclass

from components import words
from components.deployment.plan import Plan
from components.deployment.records import ROLLOUT, RolloutPlan
from components.modelling.records import Leaderboard
from components.project.data_sets import DataSet, DataVersion
from components.project.store import Store

HIGHEST = 0.5
COMMON = "a common start, nothing measured yet"


@dataclass(frozen=True)
class Measured:
    """A figure that was measured, and where."""

    value: float
    source: str


def failure_rate(store: Store, project_id: str) -> Measured | None:
    """Return how often the best quick model is wrong, from the newest leaderboard that measured accuracy.

    None where there is no such leaderboard, or where the rate is no start for a rollout: 0, or more than half of all decisions.
    """
    boards = [board for board in store.all(project_id, Leaderboard) if board.body.metric == "accuracy" and board.body.best]
    if not boards:
        return None
    board = max(boards, key=lambda record: record.seq)
    best = board.body.best
    assert best is not None
    accuracy = float(best.estimate["value"])
    rate = round(1 - accuracy, 4)
    if not 0 < rate <= HIGHEST:
        return None
    simulated = " (simulated)" if board.body.simulated else ""
    return Measured(rate, f"1 - accuracy of {best.title}, {words.percent(accuracy)}{_where(store, project_id, board.id)}{simulated}")


def planned_rollout(store: Store, project_id: str) -> RolloutPlan:
    """Return the rollout that the team has saved; else one that starts from what was measured, or from common figures."""
    saved = store.get(project_id, RolloutPlan, ROLLOUT)
    if saved:
        return saved.body
    measured = failure_rate(store, project_id)
    return (
        RolloutPlan(plan=Plan(failure_rate=measured.value), source=measured.source) if measured else RolloutPlan(plan=Plan(), source=COMMON)
    )


def _where(store: Store, project_id: str, version_id: str) -> str:
    version = store.get(project_id, DataVersion, version_id)
    data_set = store.get(project_id, DataSet, version.body.data_set) if version else None
    return f", on {data_set.body.name}, version {version.body.number}" if version and data_set else ""
