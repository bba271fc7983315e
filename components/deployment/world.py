"""What the requests of each window meet: failure rates of both versions, labels that come, and the signs that monitors count."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from components.deployment.faults.declaration import Array, Sign
from components.deployment.monitors import BY_CODE, Monitor
from components.deployment.monitors.declaration import FALSE_ALARMS
from components.deployment.parts import Injected
from components.deployment.plan import Plan
from components.deployment.reviews import looked_at
from components.deployment.seen import Counts, Rates
from components.deployment.traffic import Traffic

SLICE = 0.1
"""Share of the requests that fall into the worst slice, where the plan has no slices."""


@dataclass(frozen=True, eq=False)
class World:
    """The windows of a plan: of its ramp, of an approval, and those watched after promotion; every array has one value a window.

    A request meets each fault independently: of the decisions that would have been good, a fault turns the share `harm` × its
    strength bad, and the same holds for each sign. What is by slice has one row a slice; a request belongs to one by its share, so
    the whole traffic is a mean over them.
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
        return Rates(self.new[here], self.old[here], self.requests[here], self.labelled[here], self.both[here])

    @cached_property
    def new(self) -> Array:
        """Failure rate of the new version."""
        return self.shares @ self.new_by_slice

    @cached_property
    def old(self) -> Array:
        """Failure rate of the current version."""
        return self.shares @ self.old_by_slice

    @cached_property
    def both(self) -> Array:
        """Share of the requests that both versions get wrong, where both answer.

        `error_overlap` is the share of the rarer version's errors that the other makes too; where both are wrong more often than not,
        no fewer errors overlap than must.
        """
        new, old = self.new_by_slice, self.old_by_slice
        return self.shares @ np.maximum(self.plan.error_overlap * np.minimum(new, old), new + old - 1)

    @cached_property
    def disagreeing(self) -> Array:
        """Share of the requests that one version gets right and the other wrong, where both answer."""
        return self.new + self.old - 2 * self.both

    @cached_property
    def shares(self) -> Array:
        """Share of the requests in each slice; one slice that holds everything where the plan has none."""
        given = np.array([one.share for one in self.plan.slices] or [1.0])
        return np.asarray(given / given.sum())

    @cached_property
    def new_by_slice(self) -> Array:
        """Failure rate of the new version, slices × windows."""
        ratios = self.plan.risk_ratio * np.array([one.risk_ratio for one in self.plan.slices] or [1.0])
        return self._spared(1 - np.minimum(self._usual * ratios, 1.0), everything=True)

    @cached_property
    def old_by_slice(self) -> Array:
        """Failure rate of the current version, slices × windows."""
        return self._spared(1 - self._usual, everything=False)

    @cached_property
    def _usual(self) -> Array:
        """Failure rate of the current version in each slice, without any fault."""
        rates = [self.plan.failure_rate if one.failure_rate is None else one.failure_rate for one in self.plan.slices]
        return np.array(rates or [self.plan.failure_rate])

    def hits(self, one: Injected) -> NDArray[np.bool_]:
        """Say which slices a fault hits: the one that is named, else all; the smallest where it hits one by its nature."""
        names = [part.name for part in self.plan.slices] or [""]
        if one.slice:
            return np.array([name == one.slice for name in names])
        if "slice" in one.fault.signs:
            return np.asarray(np.arange(len(names)) == self.shares.argmin())
        return np.ones(len(names), dtype=np.bool_)

    def spoiling(self, one: Injected) -> Array:
        """Return which share of the good decisions a fault turns bad in each window, where it hits; a bad slice is bad as it is small."""
        harm = one.fault.harm
        if "slice" in one.fault.signs:
            harm = min(harm / float(self.shares @ self.hits(one)), 1.0)
        return np.minimum(one.level(self.windows) * harm, 1.0)

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

    def known(self, share: Array, *, fairly: bool = False) -> Array:
        """Share of the outcomes that become known while the new version has these shares of the requests.

        Parameters
        ----------
        fairly : bool
            Only what is a fair sample of all answers: disagreements alone are none.
        """
        review = self.plan.reviewed
        if review is None:
            return self.labelled
        if fairly and review.sample == "disagreements":
            return np.zeros(self.windows)
        return self.labelled * self.reviews(share) / np.maximum(self.requests * share, 1e-9)

    def reviews(self, share: Array) -> Array:
        """How many answers of a shadow are expected to be reviewed in each window, while both versions answer these shares."""
        review, answered = self.plan.reviewed, self.requests * share
        return looked_at(review, answered, answered * self.disagreeing) if review else np.zeros(self.windows)

    @cached_property
    def wrong(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """In which windows something is the matter with the new version."""
        worst = max((one.risk_ratio for one in self.plan.slices), default=1.0)
        there = np.full(self.windows, self.plan.risk_ratio * max(worst, 1.0) > 1) | (self.traffic.unanswered > 0)
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

    def showing(self, sign: Sign, *, everything: bool = True) -> Array:
        """Share of the new version's requests that show a sign; without faults that hit it alone, where not everything counts."""
        if sign == "wrong":
            return self.new
        if sign == "slice" and self.plan.slices:
            return np.asarray(self.shares[self.worst] * self.new_by_slice[self.worst])
        normal = SLICE * self.plan.failure_rate * self.plan.risk_ratio if sign == "slice" else self.usual_of(sign)
        spared = np.full((len(self.shares), self.windows), 1 - normal)
        for one in self.plan.faults:
            if everything or one.in_both:
                spared[self.hits(one)] *= 1 - np.minimum(one.level(self.windows) * one.fault.signs.get(sign, 0.0), 1.0)
        if sign == "overload":
            spared *= 1 - self.traffic.unanswered
        if sign == "slow":
            spared *= 1 - self.traffic.slow
        return np.asarray(self.shares @ (1 - spared))

    def usual_of(self, sign: Sign) -> float:
        """Share of the requests that show a sign when nothing is wrong."""
        normal = next((monitor.usual for monitor in BY_CODE.values() if monitor.watches == sign), 0.0)
        if normal is not None:
            return normal
        if sign == "slice" and self.plan.slices:
            return float(self.shares[self.worst] * self._usual[self.worst])
        return self.plan.failure_rate * (SLICE if sign == "slice" else 1.0)

    @cached_property
    def worst(self) -> int:
        """Number of the slice in which the new version is, at some time, most times as bad as the current one usually is."""
        return int((self.new_by_slice.max(axis=1) / np.maximum(self._usual, 1e-9)).argmax())

    def alarms(self, monitor: Monitor, share: Array) -> Array:
        """Chance of an alarm in each window, while the new version has these shares of the requests."""
        seen = share * monitor.sample
        if monitor.needs_labels:
            seen = seen * self.known(share, fairly=True)
        if monitor.watches == "slice" and self.plan.slices:
            quiet = np.ones(self.windows)
            for part, usual, new in zip(self.shares.tolist(), self._usual.tolist(), self.new_by_slice, strict=True):
                quiet *= 1 - monitor.chance(self.requests, seen * part, new, usual, FALSE_ALARMS / len(self.shares))
            chance = 1 - quiet
        else:
            chance = monitor.chance(self.requests, seen, self.showing(monitor.watches), self.usual_of(monitor.watches))
        return chance if monitor.watches == "silent" else np.where(self.muted, 0.0, chance)

    def delay(self, monitor: Monitor) -> int:
        """Windows from a sign until somebody acts on its alarm."""
        return monitor.delay + self.plan.detection_delay + (self.plan.label_delay if monitor.needs_labels else 0)

    def _spared(self, good: Array, *, everything: bool) -> Array:
        spared = good[:, None] * (1 - self.traffic.unanswered)
        for one in self.plan.faults:
            if everything or one.in_both:
                spared[self.hits(one)] *= 1 - self.spoiling(one)
        return 1 - spared
