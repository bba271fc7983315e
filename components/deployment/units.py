"""Windows in which whole sessions or users go to a version, and the requests of one end more or less alike."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from components.deployment.parts import Unit
from components.deployment.seen import Array, Counts, Rates, Seen


def draw_units(unit: Unit, share: float, rates: Rates, runs: int, rng: np.random.Generator) -> Seen:
    """Draw windows of one share; of a unit all outcomes become known or none."""
    units = rates.requests // unit.requests
    shape = (runs, len(units))
    of_canary = rng.binomial(units, share, shape)
    arms = ((of_canary, np.broadcast_to(rates.new, shape)), (units - of_canary, np.broadcast_to(rates.old, shape)))
    everything = (rates.labelled >= 1).all()
    shown, hidden = [], []
    for number, rate in arms:
        labelled = number if everything else rng.binomial(number, rates.labelled)
        shown.append((*failures(unit, labelled, rate, rng), unit.requests * labelled))
        rest = number - labelled
        hidden.append((*failures(unit, rest, rate, rng), unit.requests * rest) if not everything else (0, 0, 0))
    known = _seen(unit, share, shown)
    if everything:
        return known
    both = [tuple(one + other for one, other in zip(*arm, strict=True)) for arm in zip(shown, hidden, strict=True)]
    return replace(_seen(unit, share, both), known=known)


def failures(unit: Unit, units: Counts, rate: Array, rng: np.random.Generator) -> tuple[Counts, Counts]:
    """Draw the failures of so many units, and the sum over units of their squares.

    A share `correlation` of the units ends alike, so that two requests of one are correlated by just as much. Of the others the number
    of failures is Binomial: from no failure on, those that have as many as that are drawn of those that have at least as many.
    """
    from scipy.special import bdtrc

    alike = rng.binomial(units, unit.correlation)
    failed = rng.binomial(alike, rate)
    total, squares, rest = unit.requests * failed, unit.requests**2 * failed, units - alike
    at_least = np.ones(rate.shape[1])
    for number in range(unit.requests + 1):
        more = bdtrc(number, unit.requests, rate[0])
        chance = np.where(at_least > 0, 1 - more / np.where(at_least > 0, at_least, 1), 1.0)
        here = rest if number == unit.requests else rng.binomial(rest, np.clip(chance, 0, 1))
        at_least = more
        total, squares, rest = total + number * here, squares + number**2 * here, rest - here
        if not rest.any():
            break
    return total, squares


def _seen(unit: Unit, share: float, arms: Sequence[tuple[Counts, ...]]) -> Seen:
    (canary, squares, requests), (stable, stable_squares, stable_requests) = arms
    weight = np.full(canary.shape[1], share)
    seen = Seen(canary, stable, weight, None, requests, stable_requests, unit=unit.requests)
    return replace(seen, canary_squares=squares, stable_squares=stable_squares)
