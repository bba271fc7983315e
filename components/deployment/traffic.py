"""How much traffic comes in each window, how much of it can be answered, and how long answers take."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.deployment.plan import Plan

DAY = 1440
"""Minutes in a day."""
QUANTILES = (0.5, 0.95, 0.99)


@dataclass(frozen=True, eq=False)
class Traffic:
    """Requests of some windows from the first on; every array has one value a window. Where requests stick together, whole units come.

    The day swings as a sine around the mean, and every so many windows there is a burst. Servers share their load evenly between
    versions, so capacity meets both alike.
    """

    plan: Plan
    windows: int

    @property
    def requests(self) -> NDArray[np.int64]:
        """Requests of both versions together."""
        plan, number = self.plan, np.arange(self.windows)
        mean = plan.requests_per_window * (1 + plan.daily_swing * np.sin(2 * np.pi * number * plan.window_minutes / DAY))
        if plan.burst_every:
            mean = np.where((number + 1) % plan.burst_every == 0, mean * plan.burst, mean)
        each = plan.together
        return np.maximum(np.rint(mean / each), 1).astype(np.int64) * each

    @property
    def load(self) -> NDArray[np.float64]:
        """Requests as a share of what can be answered; nothing where capacity isn't limited."""
        room = (self.plan.capacity or 0) * self.plan.replicas
        return self.requests / room if room else np.zeros(self.windows)

    @property
    def unanswered(self) -> NDArray[np.float64]:
        """Share of the requests beyond the capacity: they get no decision, which is a bad one."""
        return np.where(self.load > 1, 1 - 1 / np.maximum(self.load, 1), 0.0)

    @property
    def slow(self) -> NDArray[np.float64]:
        """Share of the answers that take longer than the objective.

        Each replica has a queue of its own, and requests are shared out evenly. Of a queue with one server and exponential times
        (M/M/1), an answer takes longer than t with chance exp(-t (1 - load) / s), s being the mean service time.
        """
        if not self.plan.capacity:
            return np.zeros(self.windows)
        return np.exp(-self.plan.latency_objective_ms * np.maximum(1 - self.load, 0) / self.plan.service_ms)

    def latency(self) -> pd.DataFrame:
        """Return by window: window, requests, load, unanswered, slow, and the latency's p50, p95 and p99 in ms (none when overloaded)."""
        free = 1 - self.load
        frame = pd.DataFrame({"window": np.arange(1, self.windows + 1), "requests": self.requests, "load": self.load})
        frame = frame.assign(unanswered=self.unanswered, slow=self.slow)
        for share in QUANTILES:
            quantile = -np.log1p(-share) * self.plan.service_ms / np.where(free > 0, free, np.nan)
            frame[f"p{round(100 * share)}"] = quantile
        return frame


def load_answer(table: pd.DataFrame) -> str:
    """Say how near the capacity is, and what is lost and slow."""
    peak = table.loc[table["load"].idxmax()]
    over = table[table["unanswered"] > 0]
    lost = float((table["requests"] * table["unanswered"]).sum())
    if len(over):
        windows, first = words.counted(len(over), "window"), int(over["window"].iloc[0])
        return f"Beyond the capacity in {windows}, first in window {first}: {words.counted(lost, 'request')} get no decision."
    slow = words.percent(float((table["requests"] * table["slow"]).sum() / table["requests"].sum()))
    used, tail = words.percent(float(peak["load"]), 0), words.count(peak["p95"])
    return f"At most {used} of the capacity is used, in window {int(peak['window'])}: p95 {tail} ms; {slow} of all answers are slow."
