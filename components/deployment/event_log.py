"""What happened in one rollout, window by window, in words: the ramp, faults, alarms about nothing, and what decided."""

from collections import defaultdict

import numpy as np
import pandas as pd

from components.deployment.alarms import NEVER, alarms_of
from components.deployment.monitors import BY_CODE
from components.deployment.outcome import Outcome
from components.deployment.plan import Plan
from components.deployment.world import World

NOTHING = "hold"


def event_log(outcome: Outcome, run: int) -> pd.DataFrame:
    """Return `Outcome.log` of a run (from 0) with all that happened in each window as its event; “hold” where nothing did."""
    log = outcome.log(run)
    happened: defaultdict[int, list[str]] = defaultdict(list)
    for said in (_ramp(log, outcome.plan), _faults(outcome.plan), _false_alarms(outcome, run, len(log))):
        for window, event in said:
            happened[window].append(event)
    for window, event in zip(log["window"], log["event"], strict=True):
        if event != NOTHING:
            happened[window].append(event)
    return log.assign(event=["; ".join(happened[window]) or NOTHING for window in log["window"]])


def _ramp(log: pd.DataFrame, plan: Plan) -> list[tuple[int, str]]:
    rises = log[log["share"].diff().fillna(1) != 0]
    what = "of the requests go to both" if plan.paired else "of the traffic"
    return [(int(row.window), f"{100 * row.share:g} % {what} from here on") for row in rises.itertuples()]


def _faults(plan: Plan) -> list[tuple[int, str]]:
    said = []
    for one in plan.faults:
        there = np.concatenate([[False], one.level(World(plan).windows) > 0])
        for place in np.flatnonzero(there[1:] != there[:-1]).tolist():
            verb = "begins" if there[place + 1] else "is over"
            said.append((place + 1, f"{one.code} {one.fault.title.lower()} {verb}"))
    return said


def _false_alarms(outcome: Outcome, run: int, windows: int) -> list[tuple[int, str]]:
    """Return the alarms while nothing was wrong, in the windows in which they were heard; the ramp's, before anybody was asked."""
    world, said = World(outcome.plan), []
    never = np.full(outcome.runs, NEVER)
    until = min(windows, int(outcome.asked_at[run]))
    for code in outcome.plan.monitors:
        monitor = BY_CODE[code]
        _, nothing = alarms_of(world, monitor, never, outcome.seed)
        heard = np.flatnonzero(nothing[run]) + 1 + world.delay(monitor)
        said += [(window, f"{code} {monitor.title.lower()} alarms about nothing") for window in heard.tolist() if window <= until]
    return said
