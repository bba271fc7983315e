"""The pace of a table along a column of times."""

import numpy as np
import pandas as pd
import pytest

from components.data.drift.over_time import over_time, periods
from components.errors import BadInput


def table(months=12, rows=400, rate=0.03, seed=0):
    """A category of which a share goes over to a newer one each month, a number that stands still, text, a key."""
    rng = np.random.default_rng(seed)
    parts, shares = [], np.array([1.0])
    for month in range(months):
        if month:
            shares = np.append(shares * (1 - rate), rate)
        day = pd.Timestamp("2025-01-01") + pd.DateOffset(months=month)
        parts.append(
            pd.DataFrame(
                {
                    "when": day + pd.to_timedelta(rng.integers(0, 27, rows), "D"),
                    "kind": rng.choice([f"k{n}" for n in range(len(shares))], rows, p=shares / shares.sum()),
                }
            )
        )
    frame = pd.concat(parts, ignore_index=True)
    return frame.assign(id=range(len(frame)))


def test_a_known_pace_is_found_and_the_key_is_left_out():
    found = over_time(table(), "when")
    assert found.unit == "quarter"
    assert len(found.starts) == 4
    assert sum(found.rows) == 4800
    assert set(found.moved["column"]) == {"kind"}
    assert found.pace.rate.value == pytest.approx(0.03, abs=0.008)
    assert found.pace.rate.low < 0.03 < found.pace.rate.high


def test_a_column_that_stands_still_halves_the_pace_of_the_whole():
    rng = np.random.default_rng(1)
    frame = table().assign(still=lambda t: rng.normal(size=len(t)))
    both = over_time(frame, "when")
    assert both.pace.rate.value == pytest.approx(over_time(table(), "when").pace.rate.value / 2, rel=0.35)
    moved = both.moved.set_index(["column", "period"])["moved"]
    assert moved["still", both.starts[-1]] < 0.1 < moved["kind", both.starts[-1]]


def test_periods_are_as_long_as_four_of_them_allow():
    hours = pd.DataFrame({"t": pd.date_range("2026-01-01", periods=2000, freq="h")})
    assert periods(hours, "t")[0] == "week"
    text = pd.DataFrame({"t": ["2020-05-01", "nonsense", None] * 30 + ["2021-05-01", "2022-05-01", "2023-05-01"] * 30})
    unit, places, starts = periods(text, "t")
    assert (unit, len(starts)) == ("year", 4)
    assert (places < 0).sum() == 60


def test_no_times_and_too_short_a_time_are_bad_input():
    with pytest.raises(BadInput, match="holds no times"):
        periods(pd.DataFrame({"t": ["a", "b"]}), "t")
    with pytest.raises(BadInput, match="within one period"):
        periods(pd.DataFrame({"t": pd.to_datetime(["2020-01-01 10:00"] * 50)}), "t")
    with pytest.raises(BadInput, match="No column can be compared"):
        over_time(table()[["when", "id"]], "when")
