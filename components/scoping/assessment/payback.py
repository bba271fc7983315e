"""What an idea brings a period by its cost matrix, and when it has paid for itself."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.errors import BadInput
from components.scoping.assessment.records import PERIODS, Economics, Outcome
from components.scoping.flip import number
from components.stats.estimate import Estimate
from components.stats.triangular import triangular

DRAWS = 10_000
MOST_PERIODS = 240
Draws = NDArray[np.float64]


@dataclass(frozen=True)
class Payback:
    """Expected value and payback of an idea.

    Attributes
    ----------
    missing : list of str
        What is missing; then there is no value at all.
    net : Estimate
        Value a period less running cost: at the likely values, with the middle 95 % of the draws.
    periods : Estimate
        Build cost ÷ net value, without a value where it never pays back; `high` is None where that has no end.
    never : float
        Share of the draws in which it never pays back.
    drawn_net, drawn_build : arrays
        The draws.
    """

    title: str
    unit: str
    period: str
    missing: list[str]
    net: Estimate
    periods: Estimate
    never: float
    build: float
    unaccounted: float
    drawn_net: Draws
    drawn_build: Draws

    @property
    def per(self) -> str:
        """The period in words, such as “a month”."""
        return PERIODS[self.period]

    @property
    def net_text(self) -> str:
        """Write the net value a period."""
        return _money(self.net, self.unit, self.per)

    @property
    def payback_text(self) -> str:
        """Write the payback in words: never infinity."""
        if self.missing:
            return f"incomplete: {words.listed(self.missing, most=9)} missing"
        if self.periods.value is None:
            return "never pays back"
        if self.periods.value == 0:
            return "pays back at once"
        low = _number(self.periods.low or 0.0)
        high = "never" if self.periods.high is None else _number(self.periods.high)
        noun = self.period if self.periods.value == 1 else f"{self.period}s"
        return f"pays back in {_number(self.periods.value)} {noun} [{low}, {high}]"

    @property
    def sentence(self) -> str:
        """Answer “is it worth it?”."""
        name = f"“{self.title}”"
        if self.missing:
            return f"Nobody knows yet what {name} is worth: {words.listed(self.missing, most=4)} missing."
        value = self.net.value or 0.0
        if value <= 0:
            costs = f"costs {_plain(-value, self.unit)} {self.per}" if value < 0 else f"brings nothing {self.per}"
            return f"{name} never pays back: it {costs} more than it brings." if value < 0 else f"{name} never pays back: it {costs}."
        return f"{name} brings {_plain(value, self.unit)} {self.per} and {self.payback_text}."

    @property
    def method(self) -> str:
        """Say how that was found."""
        if self.missing:
            return "Volume × Σ(share × worth) − running cost; payback is build cost ÷ that."
        never = f" In {words.percent(self.never, 0)} of the draws it never pays back." if self.never else ""
        rest = f" {words.percent(self.unaccounted)} of the decisions have no outcome: worth nothing." if self.unaccounted else ""
        limits = f" Net value {self.net_text}."
        return f"Volume × Σ(share × worth) − running cost, drawn {DRAWS:,} times from low, likely and high.{limits}{never}{rest}"


def payback(title: str, economics: Economics | None, outcomes: Sequence[Outcome], seed: int = 0) -> Payback:
    """Return expected value and payback of an idea.

    Parameters
    ----------
    economics : Economics, optional
        Volume and running cost a period, and build cost. A missing low or high is the likely value.
    outcomes : sequence of Outcome
        The cost matrix. What shares leave over is worth nothing; draws in which they exceed 1 are scaled to 1.
    seed : int
        Seed of the draws.

    Returns
    -------
    Payback
        Net = volume × Σ(share × worth) − running cost, and payback = build cost ÷ net, both at the likely values. A value that is
        missing makes it incomplete; a net of zero or less never pays back, whatever the build cost.

    Raises
    ------
    BadInput
        The likely shares of the outcomes add up to more than 1.
    """
    missing = _missing(economics, outcomes)
    unit, period = (economics.unit, economics.period) if economics else ("€", "month")
    nothing = Estimate(None, why="incomplete")
    if missing or economics is None:
        return Payback(title, unit, period, missing, nothing, nothing, 0.0, 0.0, 0.0, np.empty(0), np.empty(0))
    shares = [float(one.rate or 0.0) for one in outcomes]
    if sum(shares) > 1 + 1e-9:
        what = f"The outcomes' likely shares add up to {words.percent(sum(shares))}."
        raise BadInput(what, "Let them add up to 100 % at most.")
    worth = [float(one.value or 0.0) for one in outcomes]
    volume, running, build = float(economics.volume or 0.0), float(economics.running or 0.0), float(economics.build or 0.0)
    net = volume * sum(share * value for share, value in zip(shares, worth, strict=True)) - running
    drawn_net, drawn_build = _draws(economics, outcomes, seed)
    low, high = (float(one) for one in np.quantile(drawn_net, [0.025, 0.975]))
    periods = Estimate(None, why="never pays back")
    if net > 0:
        positive = drawn_net > 0
        drawn = np.where(positive, drawn_build / np.where(positive, drawn_net, 1.0), np.inf)
        first, last = (float(one) for one in np.quantile(drawn, [0.025, 0.975], method="inverted_cdf"))
        periods = Estimate(build / net, first if np.isfinite(first) else None, last if np.isfinite(last) else None)
    never = float((drawn_net <= 0).mean())
    left = max(0.0, 1 - sum(shares)) if 1 - sum(shares) > 1e-9 else 0.0
    return Payback(title, unit, period, [], Estimate(net, low, high), periods, never, build, left, drawn_net, drawn_build)


def _missing(economics: Economics | None, outcomes: Sequence[Outcome]) -> list[str]:
    names = {"volume": "volume", "running": "running cost", "build": "build cost"}
    found = [text for name, text in names.items() if economics is None or getattr(economics, name) is None]
    if not outcomes:
        found.append("outcomes")
    for one in outcomes:
        found += [f"{what} of “{one.name}”" for name, what in (("rate", "share"), ("value", "worth")) if getattr(one, name) is None]
    return found


def _draws(economics: Economics, outcomes: Sequence[Outcome], seed: int) -> tuple[Draws, Draws]:
    rng = np.random.default_rng(seed)

    def draw(low: float | None, likely: float | None, high: float | None) -> Draws:
        middle = float(likely or 0.0)
        return triangular(rng.random(DRAWS), middle if low is None else low, middle, middle if high is None else high)

    volume = draw(economics.volume_low, economics.volume, economics.volume_high)
    running = draw(economics.running_low, economics.running, economics.running_high)
    build = draw(economics.build_low, economics.build, economics.build_high)
    shares = np.array([draw(one.rate_low, one.rate, one.rate_high) for one in outcomes])
    worth = np.array([draw(one.value_low, one.value, one.value_high) for one in outcomes])
    shares = shares / np.maximum(shares.sum(axis=0), 1.0)
    return volume * (shares * worth).sum(axis=0) - running, build


def cumulated(found: Payback) -> pd.DataFrame:
    """Return what an idea has brought less what it cost, by the end of each period: period, value, low, high."""
    if found.missing or found.net.value is None:
        return pd.DataFrame(columns=["period", "value", "low", "high"])
    wanted = 2 * found.periods.value if found.periods.value else 12.0
    ends = int(min(max(np.ceil(wanted), 6), MOST_PERIODS))
    times = np.linspace(0, ends, min(ends, 60) + 1)
    drawn = times[:, None] * found.drawn_net - found.drawn_build
    low, high = np.quantile(drawn, [0.025, 0.975], axis=1)
    return pd.DataFrame({"period": times, "value": times * found.net.value - found.build, "low": low, "high": high})


def payback_table(found: Sequence[Payback]) -> pd.DataFrame:
    """Return all ideas with what they bring and when they have paid for themselves."""
    rows = [{"idea": one.title, "net value": words.MISSING if one.missing else one.net_text, "payback": one.payback_text} for one in found]
    return pd.DataFrame(rows, columns=["idea", "net value", "payback"])


def matrix_table(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """Return the cost matrix: an outcome a row."""
    rows = [
        {
            "outcome": one.name,
            "share, low": one.rate_low,
            "share, likely": one.rate,
            "share, high": one.rate_high,
            "worth, low": one.value_low,
            "worth, likely": one.value,
            "worth, high": one.value_high,
            "how we know": one.note,
        }
        for one in outcomes
    ]
    return pd.DataFrame(rows)


def _number(value: float) -> str:
    return f"{value:.1f}" if value < 100 else words.count(value)


def _plain(value: float, unit: str) -> str:
    return f"{number(value)} {unit}"


def _money(estimate: Estimate, unit: str, per: str) -> str:
    if estimate.value is None:
        return words.MISSING
    return f"{_plain(estimate.value, unit)} {per} [{number(estimate.low or 0.0)}, {number(estimate.high or 0.0)}]"
