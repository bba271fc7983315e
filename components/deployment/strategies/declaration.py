"""What a strategy is: who answers a request while both versions are compared, and whose answer counts."""

from typing import ClassVar, Protocol

import numpy as np

from components.deployment.plan import Plan
from components.deployment.seen import Array, Counts, Rates, Seen


class Strategy(Protocol):
    """One way to roll out; a class in a file of its own, listed in `STRATEGIES`."""

    name: ClassVar[str]
    title: ClassVar[str]
    says: ClassVar[str]
    exposes: ClassVar[bool]
    """Whether the new version decides while it is being compared."""

    @staticmethod
    def draw(plan: Plan, share: float, rates: Rates, runs: int, rng: np.random.Generator) -> Seen:
        """Draw the failures of the new and of the current version in windows of one share, by their failure rates."""

    @staticmethod
    def add_requests(plan: Plan, share: float, rates: Rates, seen: Seen, rng: np.random.Generator) -> Seen:
        """Draw how many requests each version answered, the failures being known."""

    @staticmethod
    def failing(plan: Plan, requests: Counts, rate: Array, part: Array, shape: tuple[int, int], rng: np.random.Generator) -> Counts:
        """Draw the failures of the new version, runs × windows, while it decides for a part of the requests and nothing is compared."""

    @staticmethod
    def expected_requests(plan: Plan, share: Array, rates: Rates, canary: Counts, stable: Counts) -> Array:
        """Return how many requests the new version is expected to have decided, the failures being known."""
