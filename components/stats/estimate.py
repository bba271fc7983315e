"""A number with how sure it is."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval, or the reason why there is none.

    Attributes
    ----------
    value : float or None
        The point estimate; None where it is not defined.
    low, high : float or None
        Limits of the interval at `level`; None where no interval can be given.
    n : int or None
        How many independent units (items, rows, runs) it rests on.
    why : str
        Why the value or the interval is missing or special; empty when there is nothing to say.
    level : float
        Confidence level of the interval.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    why: str = ""
    level: float = 0.95

    def to_json(self) -> dict[str, Any]:
        """Return `{"value", "low", "high"}`, the form that the shell prints."""
        return {"value": self.value, "low": self.low, "high": self.high}

    def to_dict(self) -> dict[str, Any]:
        """Return every field, so that `Estimate(**d)` reads it back."""
        return asdict(self)
