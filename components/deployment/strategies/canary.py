"""Canary: the new version decides for a small share of the requests, which grows step by step or is pulled back."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from components.deployment.plan import Plan

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Traffic:
    """What happened in every window of every run, as if nothing had been stopped; arrays are runs × windows.

    Attributes
    ----------
    shares : array, windows
        The canary's share of the traffic.
    canary_requests, canary_failures, stable_failures : array
    """

    shares: Array
    canary_requests: Array
    canary_failures: Array
    stable_failures: Array


class Canary:
    """Routes each request at random: to the new version with the share of the step, else to the current one."""

    name: ClassVar[str] = "canary"
    title: ClassVar[str] = "Canary"

    @staticmethod
    def shares(plan: Plan) -> Array:
        """Return the canary's share in each window."""
        return np.repeat([step.share for step in plan.steps], [step.windows for step in plan.steps])

    @classmethod
    def draw(cls, plan: Plan, runs: int, rng: np.random.Generator) -> Traffic:
        """Draw all windows of all runs.

        Notes
        -----
        A request is a canary's failure with probability `w p ρ`, a control's failure with `(1 - w) p`, a canary's success with
        `w (1 - pρ)`: one multinomial a window, drawn as three binomials one after the other.
        """
        shares = cls.shares(plan)
        bad = plan.failure_rate * plan.risk_ratio
        size = (runs, len(shares))
        canary_bad, stable_bad, canary_good = shares * bad, (1 - shares) * plan.failure_rate, shares * (1 - bad)
        failures = rng.binomial(plan.requests_per_window, canary_bad, size)
        rest = plan.requests_per_window - failures
        stable = rng.binomial(rest, stable_bad / (1 - canary_bad))
        good = rng.binomial(rest - stable, np.clip(canary_good / (1 - canary_bad - stable_bad), 0, 1))
        return Traffic(shares, (failures + good).astype(float), failures.astype(float), stable.astype(float))
