"""The project's own error rate over time, and when it reaches the target if it goes on like this."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components import words
from components.project.target import Target
from components.scoping.assessment.records import ErrorMeasurement
from components.scoping.pasted import Taken, number_in, require_text, table_rows, taken
from components.scoping.prior_work import converted
from components.stats.intervals import wilson

DRAWS = 4000
LEAST_DATES = 3
FURTHEST_YEARS = 10
YEAR = 365.25
SMALLEST = 1e-9
STEEPEST = 100.0
HEADINGS = {
    **dict.fromkeys(("date", "measured on", "day", "month", "when"), "date"),
    **dict.fromkeys(("error", "error rate", "errors", "rate", "error, %"), "error"),
    **dict.fromkeys(("n", "items", "size", "sample", "items it was measured on"), "n"),
    **dict.fromkeys(("note", "notes", "comment"), "note"),
}


@dataclass(frozen=True)
class Projection:
    """When a target is reached if the error goes on falling as it did.

    Attributes
    ----------
    state : str
        "reached", "projected", "not on this trend", or "too few".
    likely, earliest, latest : date or None
        Where the fitted line meets the target, and the middle 95 % of the draws; `latest` is None where it has no end.
    reached : float
        Share of the draws that meet the target within ten years of the last measurement.
    a_year : float or None
        By which share the error falls a year on the line; negative where it rises.
    points : DataFrame
        date, error, n, low, high (Wilson), in the order of time.
    curve : DataFrame
        date, value, low, high: the line with the middle 95 % of what one would measure.
    """

    target: float
    state: str
    points: pd.DataFrame
    curve: pd.DataFrame
    likely: date | None = None
    earliest: date | None = None
    latest: date | None = None
    reached: float = 0.0
    a_year: float | None = None

    @property
    def sentence(self) -> str:
        """Answer “when do we reach the target?”."""
        wanted = f"the target of {words.percent(self.target)} errors"
        if self.state == "too few":
            return f"{words.counted(len(self.points), 'measurement')}: too few for a trend."
        if self.state == "reached":
            return f"{wanted.capitalize()} was reached on {_day(self.points['date'].iloc[-1])}."
        if self.state == "not on this trend":
            return f"Not on this trend: {wanted} is out of reach{self._why_not}."
        late = _day(self.latest) if self.latest else "never"
        return f"{wanted.capitalize()} is met about {_day(self.likely)}, at 95 % between {_day(self.earliest)} and {late}."

    @property
    def _why_not(self) -> str:
        if self.a_year is not None and self.a_year <= 0:
            return ", for the error doesn't fall"
        return f", for only {words.percent(self.reached, 0)} of the draws reach it within {FURTHEST_YEARS} years"

    @property
    def method(self) -> str:
        """Say how that was found, and what it is worth."""
        if self.state == "too few":
            return f"A line through the logarithm of the error needs measurements on {LEAST_DATES} days at least."
        fall = ""
        if self.a_year is not None:
            verb, size = ("falls", self.a_year) if self.a_year >= 0 else ("rises", -self.a_year)
            fall = f" The error {verb} by {words.percent(size, 0)} a year." if size <= 1 else " The error more than doubles in a year."
        how = f"A straight line through the logarithm of {words.counted(len(self.points), 'error rate')}; interval by {DRAWS:,} draws."
        never = f" In {words.percent(1 - self.reached, 0)} of them it is never reached." if 1 - self.reached > 0 and self.likely else ""
        return f"{how}{fall}{never}{self._far}"

    @property
    def _far(self) -> str:
        first, last = self.points["date"].iloc[0], self.points["date"].iloc[-1]
        further = self.likely is not None and (self.likely - last) > (last - first)
        return " That is further ahead than the history is long, so take it as a guess." if further else ""


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else words.MISSING


def target_error(target: Target | None) -> float | None:
    """Return a target as an error rate, None where it is none."""
    wanted = converted(target.value, target.metric, "error") if target else None
    return wanted if wanted is not None and 0 < wanted < 1 else None


def project(history: Sequence[ErrorMeasurement], target: float, seed: int = 0) -> Projection:
    """Project a history of error rates to the date on which a target is reached.

    Parameters
    ----------
    history : sequence of ErrorMeasurement
        In any order; at least three days. A rate of 0 counts as half an error where its n is known, and is left out else.
    target : float
        The error rate to reach, between 0 and 1.
    seed : int
        Seed of the draws.

    Returns
    -------
    Projection
        `state` is "reached" where the last measurement is at the target already, "too few" on fewer than three days, and "not on
        this trend" where the line doesn't fall, or most draws don't meet the target within ten years.

    Notes
    -----
    Model: log error = a + b · time + noise, by least squares. A draw takes σ² = SSE ÷ χ² with m − 2 degrees of freedom, but at least
    what counting n items gives, mean of (1 − e) ÷ (n · e); then a and b from their normal distribution given σ, and the noise of one
    more measurement. The draw meets the target where a + b · t + noise = log target. That is the prediction interval of the
    regression, read at the target: the share of draws that meet it by t is the probability that a measurement at t is at the target.

    References
    ----------
    Gelman, A. et al. (2013). Bayesian Data Analysis, 3rd ed., section 14.2.
    """
    points = _points(history)
    used = points[points["log"].notna()]
    x = np.array([(day - points["date"].iloc[0]).days / YEAR for day in used["date"]]) if len(used) else np.empty(0)
    if len(points) and float(points["error"].iloc[-1]) <= target and set(points["date"]):
        state = "reached"
    else:
        state = "too few" if len(set(x.tolist())) < LEAST_DATES else "projected"
    shown = points.drop(columns="log")
    if state != "projected" and len(set(x.tolist())) < LEAST_DATES:
        return Projection(target, state, shown, pd.DataFrame(columns=["date", "value", "low", "high"]))
    fit = _Fit(x, used["log"].to_numpy(dtype=np.float64), _counting(used), seed)
    first, last = points["date"].iloc[0], points["date"].iloc[-1]
    a_year = 1 - math.exp(min(fit.slope, STEEPEST))
    if state == "reached":
        return Projection(target, state, shown, fit.curve(first, last), a_year=a_year, reached=1.0)
    end = (last - first).days / YEAR + FURTHEST_YEARS
    met = fit.met(math.log(target))
    reached = float((met <= end).mean())
    likely = (math.log(target) - fit.at_zero) / fit.slope if fit.slope < 0 else math.inf
    if likely > end or reached < 0.5:
        return Projection(target, "not on this trend", shown, fit.curve(first, last, ahead=0.5), reached=reached, a_year=a_year)
    now = (last - first).days / YEAR
    low, high = np.quantile(met, [0.025, 0.975], method="inverted_cdf")
    likely_on, earliest, latest = [_date(first, max(one, now)) if one <= end else None for one in (likely, low, high)]
    curve = fit.curve(first, latest or _date(first, min(end, max(2 * likely, now))) or last)
    return Projection(target, "projected", shown, curve, likely_on, earliest, latest, reached, a_year)


def _points(history: Sequence[ErrorMeasurement]) -> pd.DataFrame:
    rows = []
    for one in sorted(history, key=lambda each: each.measured_on):
        share = wilson(one.error_rate * one.n, one.n) if one.n else None
        error = one.error_rate or (0.5 / one.n if one.n else 0.0)
        limits = (share.low, share.high) if share else (None, None)
        rows.append((one.measured_on, one.error_rate, one.n, *limits, math.log(max(error, SMALLEST)) if error else math.nan))
    frame = pd.DataFrame(rows, columns=["date", "error", "n", "low", "high", "log"])
    return frame.astype({"error": "float64", "low": "float64", "high": "float64", "log": "float64"})


def _counting(points: pd.DataFrame) -> float:
    """Return the variance that counting n items alone gives the logarithm of an error rate, on average; 0 where no n is known."""
    errors, number = np.exp(points["log"].to_numpy(dtype=np.float64)), points["n"].to_numpy(dtype=np.float64)
    known = np.isfinite(number)
    return float(np.mean((1 - errors[known]) / (number[known] * errors[known]))) if known.any() else 0.0


def _date(first: date, years: float) -> date:
    return first + timedelta(days=round(years * YEAR))


class _Fit:
    """A line through the logarithms of error rates, and draws of where it may lie."""

    def __init__(self, x: NDArray[np.float64], y: NDArray[np.float64], counting: float, seed: int) -> None:
        self.middle = float(x.mean())
        centred, freedom = x - self.middle, len(x) - 2
        spread = float(centred @ centred)
        self.slope = float(centred @ y) / spread
        self.level = float(y.mean())
        left = y - self.level - self.slope * centred
        rng = np.random.default_rng(seed)
        sigma = np.sqrt(np.maximum(float(left @ left) / rng.chisquare(freedom, DRAWS), counting))
        self.levels = self.level + sigma * rng.standard_normal(DRAWS) / math.sqrt(len(x))
        self.slopes = self.slope + sigma * rng.standard_normal(DRAWS) / math.sqrt(spread)
        self.noise = sigma * rng.standard_normal(DRAWS)

    @property
    def at_zero(self) -> float:
        """The line on the first day."""
        return self.level - self.slope * self.middle

    def met(self, wanted: float) -> NDArray[np.float64]:
        """Return when each draw meets a value, in years; infinity where it never does."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found = self.middle + (wanted - self.levels - self.noise) / self.slopes
        result: NDArray[np.float64] = np.where(self.slopes < 0, found, np.inf)
        return result

    def curve(self, first: date, last: date, ahead: float = 0.0) -> pd.DataFrame:
        """Return the line and the middle 95 % of what one would measure, from the first day to the last and a share beyond."""
        days = max((last - first).days, 1) * (1 + ahead)
        times = np.linspace(0, days / YEAR, 48)
        drawn = self.levels + self.slopes * (times[:, None] - self.middle) + self.noise
        low, high = np.quantile(drawn, [0.025, 0.975], axis=1)
        line = self.level + self.slope * (times - self.middle)
        rows: dict[str, Any] = {"date": [_date(first, one) for one in times]}
        value, low, high = (np.exp(np.minimum(one, 0.0)) for one in (line, low, high))
        return pd.DataFrame({**rows, "value": value, "low": low, "high": high})


def read(name: str, text: str) -> Taken[ErrorMeasurement]:
    """Return the error rates in a CSV or a pasted table with the columns date, error, n.

    Raises
    ------
    BadInput
        It holds no such table.
    """
    require_text(name, text, "date, error, n")
    rows, unknown = table_rows(name, text, HEADINGS, ("date", "error"))
    return taken(ErrorMeasurement, rows, unknown, _measurement)


def _measurement(row: dict[str, Any]) -> ErrorMeasurement:
    if not row.get("date", "").strip():
        raise ValueError("the date is missing")
    if not row.get("error", "").strip():
        raise ValueError("the error rate is missing")
    error = number_in("error rate", row["error"])
    if not 0 <= error <= 1:
        raise ValueError(f"an error rate of {error:g} lies beyond 0 to 1: write 2.5 % as .025 or as 2.5 %")
    number = number_in("n", row["n"].replace(" ", "")) if row.get("n", "").strip() else None
    if number is not None and number != int(number):
        raise ValueError(f"the n “{row['n'][:40]}” isn't a whole number")
    day = row["date"].strip()
    day = f"{day}-01" if len(day) == len("2026-11") and day.count("-") == 1 else day
    whole = None if number is None else int(number)
    return ErrorMeasurement.model_validate({"measured_on": day, "error_rate": error, "n": whole, "note": row.get("note", "").strip()})
