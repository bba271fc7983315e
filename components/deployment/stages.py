"""A request's way in one window of one run: how many came through each stage, and what could be seen there."""

import numpy as np
import pandas as pd

from components import words
from components.deployment.faults.declaration import STAGES
from components.deployment.monitors import BY_CODE, MONITORS, Monitor
from components.deployment.outcome import Outcome
from components.deployment.plan import Plan
from components.deployment.stage_times import errors_by_stage, stage_times
from components.deployment.world import World

TRIES = 500
PERCENTILES = (0.5, 0.95)


def stages(outcome: Outcome, run: int, window: int) -> pd.DataFrame:
    """Return the new version's requests of a window, stage by stage.

    Parameters
    ----------
    outcome : Outcome
    run : int
        From 0.
    window : int
        From 1, at most the one in which the run ended.

    Returns
    -------
    DataFrame
        Columns stage, requests (that reached it), errors (bad decisions that arose there), p50 ms and p95 ms (how long requests take
        there, none for labels and where more came than could be answered), signs (what was counted there, with how many are usual),
        alarms (of monitors in place). The counts fit what the monitors did in that run: one that alarmed has counted more than its
        limit; and as many answers are slower than the objective as were counted.
    """
    world = World(outcome.plan)
    row = outcome.log(run).iloc[window - 1]
    requests, failed = int(row["canary requests"]), int(row["canary failures"])
    share, rng = float(row["share"]), np.random.default_rng([outcome.seed, run, window])
    labelled = int(rng.binomial(requests, world.known(np.full(world.windows, share))[window - 1]))
    errors = errors_by_stage(world, window, failed, np.random.default_rng([outcome.seed, run, window, 1]))
    rows, slow = [], 0
    for stage in STAGES:
        here = requests if stage != "label" else labelled
        signs, alarms = [], []
        for monitor in MONITORS:
            if monitor.stage != stage:
                continue
            limit = monitor.limit(int(world.requests[window - 1]), share * monitor.sample, world.usual_of(monitor.watches))
            alarmed = _alarmed(outcome, world, run, window, monitor)
            showing = float(world.showing(monitor.watches)[window - 1])
            looked = min(here, max(1, round(here * monitor.sample))) if here else 0
            count = min(failed, here) if monitor.watches == "wrong" else _count(looked, showing, limit, alarmed, rng)
            slow = count if monitor.watches == "slow" else slow
            usual = world.usual_of(monitor.watches) * looked
            if count or alarmed:
                signs.append(f"{words.count(count)} {monitor.watches} (usual {words.decimal(usual, 1)})")
            if alarmed:
                alarms.append(f"{monitor.code} {monitor.title.lower()}")
        signs_here, alarms_here = ", ".join(signs) or "none", ", ".join(alarms)
        rows.append({"stage": stage, "requests": here, "errors": errors[stage], "signs": signs_here, "alarms": alarms_here})
    table = pd.DataFrame(rows)
    times = stage_times(world, window, requests, slow, np.random.default_rng([outcome.seed, run, window, 2])) or {}
    for place, share in enumerate(PERCENTILES):
        taken = [round(float(np.quantile(times[stage], share)), 1) if stage in times else None for stage in STAGES]
        table.insert(3 + place, f"p{round(100 * share)} ms", pd.Series(taken, dtype="Float64"))
    return table


def way_answer(way: pd.DataFrame, plan: Plan) -> str:
    """Say where the time goes and where errors arise, of what `stages` gives."""
    came, failed = int(way["requests"].iloc[0]), int(way["errors"].sum())
    if not came:
        return "No request of this window came to the new version."
    worst = way.loc[way["errors"].idxmax()]
    most = "all" if worst["errors"] == failed else words.count(worst["errors"])
    arose = f", {most} of them at “{worst['stage']}”" if failed > 1 else f", at “{worst['stage']}”" if failed else ""
    said = f"{words.counted(came, 'request')}, {words.counted(failed, 'bad decision')}{arose}."
    known = way[way["p95 ms"].notna()]
    if not len(known):
        return f"{said} More came than could be answered: whoever waits, waits without end."
    slowest = known.loc[known["p95 ms"].idxmax()]
    allowed = f"an answer may take {plan.latency_objective_ms:g} ms in all"
    return f"{said} “{slowest['stage'].capitalize()}” takes longest: p95 {words.count(slowest['p95 ms'])} ms; {allowed}."


def _alarmed(outcome: Outcome, world: World, run: int, window: int, monitor: Monitor) -> bool | None:
    """Say whether a monitor in place alarmed about this window; None where it isn't in place, and nobody knows."""
    if monitor.code not in outcome.plan.monitors:
        return None
    whose = int(outcome.noticed_by[run])
    if whose < 0 or BY_CODE[outcome.plan.monitors[whose]] is not monitor:
        return False
    return int(outcome.ended[run]) - world.delay(monitor) == window


def _count(looked: int, showing: float, limit: int, alarmed: bool | None, rng: np.random.Generator) -> int:
    """Draw how many of the requests show a sign, given what the monitor did."""
    drawn = rng.binomial(looked, showing, TRIES)
    fitting = drawn if alarmed is None else drawn[(drawn > limit) == alarmed]
    return int(fitting[0]) if len(fitting) else min(limit + 1, looked) if alarmed else min(limit, looked)
