"""Canary: the new version decides for a small share of the requests, which grows step by step or is pulled back."""

from dataclasses import replace
from typing import ClassVar

import numpy as np

from components.deployment.plan import Plan
from components.deployment.seen import Array, Counts, Rates, Seen
from components.deployment.units import draw_units, failures


class Canary:
    """Routes each request, session or user at random: to the new version with the share of the step, else to the current one."""

    name: ClassVar[str] = "canary"
    title: ClassVar[str] = "Canary"
    says: ClassVar[str] = "The new version decides for a few requests at first, then for more."
    exposes: ClassVar[bool] = True

    @staticmethod
    def draw(plan: Plan, share: float, rates: Rates, runs: int, rng: np.random.Generator) -> Seen:
        """Draw the failures of the canary and of the control in windows of one share.

        Notes
        -----
        A request is a canary's failure with probability `w p'` and a control's failure with `(1 - w) p`: one Binomial for the
        failures of a window, another for how many of them are the canary's.
        """
        if plan.together > 1:
            return draw_units(plan.unit, share, rates, runs, rng)
        canary, control = share * rates.new, (1 - share) * rates.old
        failures = rng.binomial(rates.requests, canary + control, (runs, len(canary)))
        of_canary = rng.binomial(failures, canary / (canary + control))
        return Seen(of_canary, failures - of_canary, np.full(len(canary), share))

    @staticmethod
    def add_requests(plan: Plan, share: float, rates: Rates, seen: Seen, rng: np.random.Generator) -> Seen:
        """Draw how many requests either version answered; those that nobody failed are shared out by chance."""
        if seen.requests is not None:
            return seen
        rest = rates.requests - seen.canary - seen.stable
        good = rng.binomial(rest, _chance_of_good_canary(np.asarray(share), rates))
        return replace(seen, requests=seen.canary + good, stable_requests=seen.stable + rest - good)

    @staticmethod
    def failing(plan: Plan, requests: Counts, rate: Array, part: Array, shape: tuple[int, int], rng: np.random.Generator) -> Counts:
        """Draw the failures among a part of the requests, whole units of them."""
        if plan.together == 1:
            return rng.binomial(requests, rate * part, shape)
        return failures(plan.unit, rng.binomial(requests // plan.together, part, shape), np.broadcast_to(rate, shape), rng)[0]

    @staticmethod
    def expected_requests(plan: Plan, share: Array, rates: Rates, canary: Counts, stable: Counts) -> Array:
        """Return how many requests the canary is expected to have had."""
        if plan.together > 1:
            return np.broadcast_to(rates.requests * share, canary.shape)
        result: Array = canary + (rates.requests - canary - stable) * _chance_of_good_canary(share, rates)
        return result


def _chance_of_good_canary(share: Array, rates: Rates) -> Array:
    """Return the chance that a request which didn't fail was the canary's."""
    good, other = share * (1 - rates.new), (1 - share) * (1 - rates.old)
    total = good + other
    return np.asarray(np.where(total > 0, good / np.where(total > 0, total, 1), 0.0))
