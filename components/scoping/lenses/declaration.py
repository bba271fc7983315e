"""What a way of ranking ideas declares: the factors it asks for, and how they become one score."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from components.project.rounds import Choice, Question

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Lens:
    """A way of ranking. `score` maps factor names to arrays of one shape and returns a score of that shape; higher comes first."""

    code: str
    title: str
    formula: str
    source: str
    factors: tuple[Question, ...]
    score: Callable[[Mapping[str, Values]], Values]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the factors."""
        return tuple(factor.name for factor in self.factors)

    def factor(self, name: str) -> Question:
        """Return the factor of this name."""
        return next(factor for factor in self.factors if factor.name == name)

    @property
    def divisors(self) -> tuple[str, ...]:
        """Names of the factors that must be above zero: a score divides by them."""
        ones = {name: np.ones(1) for name in self.names}
        with np.errstate(divide="ignore", invalid="ignore"):
            return tuple(name for name in self.names if not np.isfinite(self.score({**ones, name: np.zeros(1)}))[0])


def choices(words: Mapping[float, str]) -> list[Choice]:
    """Return the answers that can be chosen."""
    return [Choice(value=value, word=word) for value, word in words.items()]


FIVE = choices({1: "1 very low", 2: "2 low", 3: "3 medium", 4: "4 high", 5: "5 very high"})
FIBONACCI = choices({float(value): str(value) for value in (1, 2, 3, 5, 8, 13, 21)})
