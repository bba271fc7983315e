"""Reviews of a shadow: people look at some of the answers, and only what they looked at is known."""

from dataclasses import replace

import numpy as np

from components.deployment.pairs import chances
from components.deployment.parts import Review
from components.deployment.plan import Plan
from components.deployment.seen import Array, Counts, Rates, Seen


def draw_reviewed(plan: Plan, review: Review, share: float, rates: Rates, runs: int, rng: np.random.Generator) -> Seen:
    """Draw the discordant pairs of some windows, with those that reviewers looked at as what is known.

    They look at as many as they have time for: of all that both versions answered, or of those alone on which the versions disagree.
    Which ones is chance, so that among the disagreements neither version is favoured.
    """
    only_new, only_old, both = chances(rates)
    discordant = only_new + only_old
    of_new = np.where(discordant > 0, only_new / np.where(discordant > 0, discordant, 1), 0.0)
    weight = np.full(len(discordant), 0.5)

    def pairs(number: Counts) -> Seen:
        canary = rng.binomial(number, of_new)
        return Seen(canary, number - canary, weight, paired=True)

    random = review.sample == "random"
    waiting = rng.binomial(rates.requests, share * (1.0 if random else discordant), (runs, len(discordant)))
    looked = np.minimum(waiting, review.capacity)
    if (rates.labelled < 1).any():
        looked = rng.binomial(looked, rates.labelled)
    known, hidden = (pairs(rng.binomial(part, discordant) if random else part) for part in (looked, waiting - looked))
    seen = Seen(known.canary + hidden.canary, known.stable + hidden.stable, weight, paired=True)
    if plan.counting:
        known = replace(known, both=np.zeros_like(looked), requests=looked, stable_requests=looked)
        if random:
            alike = looked - known.canary - known.stable
            known = replace(known, both=rng.binomial(alike, np.clip(both / np.maximum(1 - discordant, 1e-12), 0, 1)))
    return replace(seen, known=known)


def looked_at(review: Review, answered: Array | float, disagreements: Array) -> Array:
    """Return how many of the answers of each window are expected to be looked at, given those of both versions and those that differ."""
    return np.asarray(np.minimum(review.capacity, answered if review.sample == "random" else disagreements))
