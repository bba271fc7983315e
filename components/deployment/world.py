"""What the requests of each window meet: failure rates of both versions, labels that come, and the signs that monitors count."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from components.deployment.faults.declaration import Array, Sign
from components.deployment.monitors import BY_CODE, Monitor
from components.deployment.plan import Plan
from components.deployment.seen import Counts, Rates
from components.deployment.traffic import Traffic

SLICE = 0.1
"""Share of the requests that fall into the worst slice."""


@dataclass(frozen=True, eq=False)
class World:
    """The windows of a plan: of its ramp, of an approval, and those watched after promotion; every array has one value a window.

    A request meets each fault independently: of the decisions that would have been good, a fault turns the share `harm` × its
    strength bad, and the same holds for each sign.
    """

    plan: Plan

    @property
    def windows(self) -> int:
        """Windows of the ramp and after it."""
        return self.plan.windows + self.plan.waiting + self.plan.watched

    @cached_property
    def traffic(self) -> Traffic:
        """How many requests come, and how many can be answered."""
        return Traffic(self.plan, self.windows)

    @cached_property
    def requests(self) -> Counts:
        """Requests of both versions together."""
        return self.traffic.requests

    def rates(self, here: slice) -> Rates:
        """Return what strategies draw some windows from."""
        return Rates(self.new[here], self.old[here], self.requests[here], self.labelled[here])

    @cached_property
    def new(self) -> Array:
        """Failure rate of the new version."""
        return self._spared(1 - self.plan.failure_rate * self.plan.risk_ratio, everything=True)

    @cached_property
    def old(self) -> Array:
        """Failure rate of the current version."""
        return self._spared(1 - self.plan.failure_rate, everything=False)

    @cached_property
    def harm(self) -> Array:
        """By how much the new version fails more often than the current one would without any fault; never below zero."""
        return np.maximum(self.new - self.plan.failure_rate, 0.0)

    @cached_property
    def labelled(self) -> Array:
        """Share of the outcomes that become known."""
        lost = np.ones(self.windows)
        for one in self.plan.faults:
            if "labels" in one.fault.mutes:
                lost *= 1 - np.minimum(one.level(self.windows) * one.fault.signs["no label"], 1.0)
        return self.plan.label_coverage * lost

    @cached_property
    def wrong(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """In which windows something is the matter with the new version."""
        there = np.full(self.windows, self.plan.risk_ratio > 1) | (self.traffic.unanswered > 0)
        for one in self.plan.faults:
            there |= one.level(self.windows) > 0
        return there

    @cached_property
    def muted(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """In which windows monitors are broken."""
        there = np.zeros(self.windows, dtype=bool)
        for one in self.plan.faults:
            if "monitors" in one.fault.mutes:
                there |= one.level(self.windows) > 0
        return there

    def showing(self, sign: Sign) -> Array:
        """Share of the new version's requests that show a sign."""
        if sign == "wrong":
            return self.new
        normal = SLICE * self.plan.failure_rate * self.plan.risk_ratio if sign == "slice" else self.usual_of(sign)
        spared = np.full(self.windows, 1 - normal)
        for one in self.plan.faults:
            spared *= 1 - np.minimum(one.level(self.windows) * one.fault.signs.get(sign, 0.0), 1.0)
        if sign == "overload":
            spared *= 1 - self.traffic.unanswered
        if sign == "slow":
            spared *= 1 - self.traffic.slow
        return 1 - spared

    def usual_of(self, sign: Sign) -> float:
        """Share of the requests that show a sign when nothing is wrong."""
        normal = next((monitor.usual for monitor in BY_CODE.values() if monitor.watches == sign), 0.0)
        if normal is not None:
            return normal
        return self.plan.failure_rate * (SLICE if sign == "slice" else 1.0)

    def alarms(self, monitor: Monitor, share: Array) -> Array:
        """Chance of an alarm in each window, while the new version has these shares of the requests."""
        seen = share * monitor.sample
        if monitor.needs_labels:
            seen = seen * self.labelled
        chance = monitor.chance(self.requests, seen, self.showing(monitor.watches), self.usual_of(monitor.watches))
        return chance if monitor.watches == "silent" else np.where(self.muted, 0.0, chance)

    def delay(self, monitor: Monitor) -> int:
        """Windows from a sign to its alarm."""
        return monitor.delay + (self.plan.label_delay if monitor.needs_labels else 0)

    def _spared(self, good: float, *, everything: bool) -> Array:
        spared = good * (1 - self.traffic.unanswered)
        for one in self.plan.faults:
            if everything or one.in_both:
                spared *= 1 - np.minimum(one.level(self.windows) * one.fault.harm, 1.0)
        return 1 - spared
