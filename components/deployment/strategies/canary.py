"""Canary: the new version decides for a small share of the requests, which grows step by step or is pulled back."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from components.deployment.plan import Plan

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


class Canary:
    """Routes each request at random: to the new version with the share of the step, else to the current one."""

    name: ClassVar[str] = "canary"
    title: ClassVar[str] = "Canary"

    @staticmethod
    def failures(plan: Plan, share: float, size: tuple[int, int], rng: np.random.Generator) -> tuple[Counts, Counts]:
        """Draw the failures of the canary and of the control in windows of one share, each runs × windows.

        Notes
        -----
        A request is a canary's failure with probability `w p ρ` and a control's failure with `(1 - w) p`: one Binomial for the
        failures of a window, another for how many of them are the canary's.
        """
        canary, control = _chances(plan, share)
        failures = rng.binomial(plan.requests_per_window, canary + control, size)
        of_canary = rng.binomial(failures, canary / (canary + control))
        return of_canary, failures - of_canary

    @staticmethod
    def expected_requests(plan: Plan, share: float, canary: Counts, stable: Counts) -> Array:
        """Return how many requests the canary is expected to have had, its failures and the control's being known."""
        rest = plan.requests_per_window - canary - stable
        result: Array = canary + rest * _chance_of_good_canary(plan, share)
        return result

    @staticmethod
    def requests(plan: Plan, share: float, canary: Counts, stable: Counts, rng: np.random.Generator) -> Counts:
        """Draw how many requests the canary had, its failures and the control's being known."""
        rest = plan.requests_per_window - canary - stable
        drawn: Counts = canary + rng.binomial(rest, _chance_of_good_canary(plan, share))
        return drawn


def _chances(plan: Plan, share: float) -> tuple[float, float]:
    return share * plan.failure_rate * plan.risk_ratio, (1 - share) * plan.failure_rate


def _chance_of_good_canary(plan: Plan, share: float) -> float:
    """Return the chance that a request which didn't fail was the canary's."""
    good = share * (1 - plan.failure_rate * plan.risk_ratio)
    return min(max(good / (good + (1 - share) * (1 - plan.failure_rate)), 0.0), 1.0)
