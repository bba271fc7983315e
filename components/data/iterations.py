"""What another round of collecting is worth, from the rounds that were made."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from components import words
from components.data.records import Iteration
from components.stats.estimate import Estimate
from components.stats.power_law import PowerLaw, power_law

STEPS_AHEAD = 1.0
"""The next round is taken to add as much as the rounds so far did on average."""


@dataclass(frozen=True)
class Worth:
    """The curve through the rounds of one metric, and what the next one brings: its size, the value it may reach, hours."""

    metric: str
    higher: bool
    curve: PowerLaw | None
    last: Iteration
    size: int
    next_value: Estimate | None
    hours: float | None
    why: str

    @property
    def gain(self) -> float | None:
        """How much better the next round's value is than the last one's, above zero where it is better."""
        if self.next_value is None or self.next_value.value is None:
            return None
        return (self.next_value.value - self.last.value) * (1 if self.higher else -1)

    @property
    def sentence(self) -> str:
        """The answer to “is another round worth it?”."""
        if self.next_value is None or self.gain is None:
            return self.why
        low, high = self.next_value.low, self.next_value.high
        certain = (low is not None and low > self.last.value) if self.higher else (high is not None and high < self.last.value)
        to = f"{words.decimal(self.next_value.value, 3)} {words.interval(self.next_value, digits=3)}".strip()
        price = f" for about {words.counted(self.hours, 'hour')}" if self.hours else ""
        doubt = "" if certain or low is None else "; it may bring nothing"
        more = words.counted(self.size - self.last.size, "row")
        return f"Another {more} would bring {self.metric} from {words.decimal(self.last.value, 3)} to {to}{price}{doubt}."


def worth(rounds: Sequence[Iteration]) -> Worth | None:
    """Return what another round is worth; None before the first one. Rounds with the metric of the newest one count."""
    if not rounds:
        return None
    last = rounds[-1]
    same = [one for one in rounds if one.metric.strip().lower() == last.metric.strip().lower() and one.direction == last.direction]
    higher = last.direction == "higher"
    sizes = [one.size for one in same]
    errors = [1 - one.value if higher else one.value for one in same]
    hours = [one.hours for one in same if one.hours is not None]
    price = float(np.mean(hours)) if hours else None
    grown = (max(sizes) - min(sizes)) / max(len(set(sizes)) - 1, 1)
    size = round(last.size + STEPS_AHEAD * max(grown, 1))
    why = ""
    if len(set(sizes)) < 2:
        why = "Two rounds of different size tell how the metric grows; note the next one when you have it."
    elif min(errors) <= 0 or max(errors) > 1 and higher:
        why = f"A curve needs a metric below its best value; {last.metric} is at or beyond it."
    if why:
        return Worth(last.metric, higher, None, last, size, None, price, why)
    curve = power_law(sizes, errors)
    error = curve.at(size)
    value = Estimate(_flipped(error.value), _flipped(error.high), _flipped(error.low), error.n, error.why) if higher else error
    return Worth(last.metric, higher, curve, last, size, value, price, "")


def _flipped(error: float | None) -> float | None:
    return None if error is None else 1 - error


def table(rounds: Sequence[Iteration]) -> pd.DataFrame:
    """Return the rounds as a table for people."""
    return pd.DataFrame(
        [
            {"round": number, "what": one.what, "rows": one.size, "hours": one.hours, one.metric: one.value, "next": one.learnt}
            for number, one in enumerate(rounds, start=1)
        ]
    )
