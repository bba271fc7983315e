"""The smallest change of one factor that would put the second idea first."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from components import words
from components.scoping.lenses import Lens

STEPS = 80
FURTHEST = 1e6


@dataclass(frozen=True)
class Flip:
    """One factor of one idea, as it is and as it would have to be for the top two to be level; `change` is relative, without sign."""

    idea: str
    factor: str
    now: float
    needed: float

    @property
    def change(self) -> float:
        """How far that is, as a share of what it is now."""
        return abs(self.needed / self.now - 1) if self.now else FURTHEST

    def sentence(self, lens: Lens, names: Mapping[str, str]) -> str:
        """Say what would have to change."""
        title = lens.factor(self.factor).title.lower()
        share = words.percent(abs(self.needed / self.now - 1), 0) if self.now else "from nothing"
        way = "more" if self.needed > self.now else "less"
        return f"{share} {way} {title} of “{names[self.idea]}” ({number(self.now)} → {number(self.needed)}) would make the top two level."


def number(value: float) -> str:
    """Write a factor."""
    return words.count(value) if abs(value) >= 100 else words.decimal(value, 2)


def flips(values: Mapping[str, Mapping[str, float]], first: str, second: str, lens: Lens) -> list[Flip]:
    """Return, for each factor of the top two that can do it alone, the value at which they are level; the smallest change first.

    Parameters
    ----------
    values : mapping
        Idea to factor to value, complete for both ideas.
    """
    scores = {idea: _score(values[idea], lens) for idea in (first, second)}
    found = []
    for idea, other in ((first, second), (second, first)):
        for name in lens.names:
            needed = _solve(values[idea], name, scores[other], lens)
            if needed is not None:
                found.append(Flip(idea, name, float(values[idea][name]), needed))
    return sorted(found, key=lambda flip: round(flip.change, 9))  # equal changes stay in the order of the factors


def _score(values: Mapping[str, float], lens: Lens) -> float:
    return float(lens.score({name: np.array([values[name]], dtype="float64") for name in lens.names})[0])


def _solve(values: Mapping[str, float], name: str, wanted: float, lens: Lens) -> float | None:
    """Return the value of a factor within its limits at which the score is as wanted; every lens rises or falls steadily in each factor."""
    low, high = _limits(lens, name, values[name])

    def off(value: float) -> float:
        return _score({**values, name: value}, lens) - wanted

    at_low, at_high = off(low), off(high)
    if not np.isfinite([at_low, at_high]).all() or at_low * at_high > 0 or at_low == at_high:
        return None
    for _ in range(STEPS):
        middle = (low + high) / 2
        if (off(middle) > 0) == (at_high > 0):
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _limits(lens: Lens, name: str, now: float) -> tuple[float, float]:
    factor = lens.factor(name)
    if factor.choices:
        every = [choice.value for choice in factor.choices]
        return min(every), max(every)
    return max(factor.low or 0.0, now / 1000, 1e-9), max(now, 1e-9) * 1000
