"""Requests that both versions answer: who was wrong alone, who was wrong with the other."""

from dataclasses import replace
from typing import ClassVar

import numpy as np

from components.deployment.plan import Plan
from components.deployment.seen import Array, Counts, Rates, Seen


def chances(rates: Rates) -> tuple[Array, Array, Array]:
    """Return the chances that only the new version is wrong, that only the current one is, and that both are."""
    return rates.new - rates.both, rates.old - rates.both, rates.both


class Paired:
    """What shadow and blue-green have in common: while they are compared, the new version decides nothing."""

    exposes: ClassVar[bool] = False

    @staticmethod
    def draw(plan: Plan, share: float, rates: Rates, runs: int, rng: np.random.Generator) -> Seen:
        """Draw the discordant pairs of windows in which a share of the requests is answered by both versions.

        Where both versions are equally good, a discordant pair is as likely the one's fault as the other's: the gate weighs them ½.
        """
        only_new, only_old, _ = chances(rates)
        discordant = only_new + only_old
        drawn = rng.binomial(rates.requests, share * discordant, (runs, len(discordant)))
        of_new = rng.binomial(drawn, np.where(discordant > 0, only_new / np.where(discordant > 0, discordant, 1), 0.0))
        return Seen(of_new, drawn - of_new, np.full(len(discordant), 0.5), paired=True)

    @staticmethod
    def add_requests(plan: Plan, share: float, rates: Rates, seen: Seen, rng: np.random.Generator) -> Seen:
        """Draw the requests that both answered, and those of them that both got wrong, the discordant pairs being known."""
        only_new, only_old, both = chances(rates)
        discordant = seen.canary + seen.stable
        left = 1 - share * (only_new + only_old)
        drawn = rng.binomial(rates.requests - discordant, np.clip(share * both / left, 0, 1))
        right = np.clip(share * (1 - only_new - only_old - both) / (left - share * both), 0, 1)
        requests = discordant + drawn + rng.binomial(rates.requests - discordant - drawn, right)
        return replace(seen, both=drawn, requests=requests, stable_requests=requests)

    @staticmethod
    def failing(plan: Plan, requests: Counts, rate: Array, part: Array, shape: tuple[int, int], rng: np.random.Generator) -> Counts:
        """Draw the failures among a part of the requests."""
        return rng.binomial(requests, rate * part, shape)

    @staticmethod
    def expected_requests(plan: Plan, share: Array, rates: Rates, canary: Counts, stable: Counts) -> Array:
        """Return zero: the new version decides nothing while it is compared."""
        return np.zeros(canary.shape)
