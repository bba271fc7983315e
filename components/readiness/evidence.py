"""What one phase measured and another starts from."""

from components.deployment.plan import Plan
from components.deployment.records import ROLLOUT, RolloutPlan
from components.deployment.starting import Taken, started
from components.modelling.records import Leaderboard
from components.project.store import Store
from components.readiness.starting import BOARD, error_rates, source

COMMON = "a common start, nothing measured yet"
HARM = 2.0


def failure_rate(store: Store, project_id: str) -> Taken | None:
    """Return how often the best quick model is wrong, from the newest leaderboard that measured accuracy.

    None where there is no such leaderboard, or where the rate is no start for a rollout: 0, or more than half of all decisions.
    """
    boards = [board for board in store.all(project_id, Leaderboard) if board.body.metric == "accuracy" and board.body.best]
    if not boards:
        return None
    board = max(boards, key=lambda record: record.seq)
    best = board.body.best
    return error_rates(store, project_id).get(f"{BOARD}:{board.id}:{best.name}") if best else None


def planned_rollout(store: Store, project_id: str) -> RolloutPlan:
    """Return the rollout that the team has saved; else one that starts from what was measured, or from common figures."""
    saved = store.get(project_id, RolloutPlan, ROLLOUT)
    if saved:
        return saved.body
    measured = failure_rate(store, project_id)
    if measured is None:
        return RolloutPlan(plan=Plan(), source=COMMON)
    plan, harm = started(Plan(), HARM, {"current": measured})
    return RolloutPlan(plan=plan, harm=harm, source=source(measured), taken={"current": measured})
