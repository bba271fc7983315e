"""The pace of change, on distributions whose pace is known."""

import numpy as np
import pytest
from scipy import stats

from components.stats.pace import pace


def series(rate, periods, rows, seed):
    """Each month a share of the rows moves to a cell that is new, so that after k months 1 − (1 − rate)^k lie elsewhere."""
    shares = np.zeros((periods, periods))
    shares[0, 0] = 1
    for month in range(1, periods):
        shares[month] = (1 - rate) * shares[month - 1]
        shares[month, month] += rate
    return np.random.default_rng(seed).multinomial(rows, shares)


@pytest.mark.parametrize("rate", [0.02, 0.05])
def test_a_known_pace_is_found_within_its_interval(rate):
    found = [pace([series(rate, 8, 3000, seed)], np.arange(8.0)) for seed in range(30)]
    assert np.mean([one.rate.value for one in found]) == pytest.approx(rate, rel=0.15)
    assert np.mean([one.rate.low <= rate <= one.rate.high for one in found]) >= 0.8
    assert all(one.certain for one in found)
    life = np.log(2) / -np.log(1 - found[0].rate.value)
    assert found[0].half_life.value == pytest.approx(life)
    assert found[0].half_life.low < life < found[0].half_life.high


def test_a_world_that_stands_still_is_not_said_to_move():
    found = [pace([series(0.0, 8, 500, seed) for seed in range(5 * n, 5 * n + 5)], np.arange(8.0)) for n in range(40)]
    assert np.mean([one.certain for one in found]) <= 0.15
    assert np.median([one.rate.value for one in found]) < 0.004
    still = next(one for one in found if not one.certain)
    assert still.half_life.high is None


def test_two_points_give_a_pace_without_interval_and_one_gives_none():
    found = pace([np.array([[90, 10], [80, 20]])], np.array([0.0, 1.0]))
    assert found.rate.low is None
    assert found.rate.value > 0
    assert found.months_until(found.rate.value) == pytest.approx(1)
    with pytest.raises(ValueError, match="two points"):
        pace([np.array([[90, 10]])], np.array([0.0]))


def by_hand(counts, months):
    """The slope with its jackknife over points in time, written out from the definitions."""

    def beyond(before, after):
        p, q = before / before.sum(), after / after.sum()
        mixed = (before + after) / (before.sum() + after.sum())
        chance = np.sqrt(2 / np.pi * mixed * (1 - mixed) * (1 / before.sum() + 1 / after.sum())).sum() / 2
        squared = (np.abs(p - q).sum() / 2) ** 2 - chance**2
        return np.sign(squared) * np.sqrt(abs(squared))

    def slope(points):
        pairs = [(i, j) for i in points for j in points if i < j]
        lags = np.array([months[j] - months[i] for i, j in pairs])
        gone = np.array([-np.log(1 - min(np.mean([beyond(one[i], one[j]) for one in counts]), 0.99)) for i, j in pairs])
        return max((lags @ gone) / (lags @ lags), 0)

    points = list(range(len(months)))
    without = [slope([other for other in points if other != left]) for left in points]
    error = np.sqrt((len(points) - 1) / len(points) * np.square(np.array(without) - np.mean(without)).sum())
    reach = stats.t.ppf(0.975, len(points) - 1) * error
    return slope(points), max(slope(points) - reach, 0), slope(points) + reach


@pytest.mark.parametrize("months", [[0.0, 1.0, 3.0], [0.0, 1.0, 2.0, 5.0, 6.0]])
def test_the_pace_is_the_jackknife_written_out(months):
    counts = [series(0.1, len(months), 4000, seed) for seed in (1, 2)]
    found, (slope, low, high) = pace(counts, np.array(months)), by_hand(counts, np.array(months))
    assert (found.rate.value, found.rate.low, found.rate.high) == pytest.approx(tuple(1 - np.exp(-np.array([slope, low, high]))))
    assert found.rate.n == found.half_life.n == len(months)
    assert found.half_life.value == pytest.approx(np.log(2) / slope)
    assert found.half_life.low == pytest.approx(np.log(2) / high)
    assert found.half_life.high == (pytest.approx(np.log(2) / low) if low else None)
    assert bool(found.half_life.why) == (low == 0)
    pairs = [(i, j) for i in range(len(months)) for j in range(i + 1, len(months))]
    assert found.lags == [months[j] - months[i] for i, j in pairs]
    assert len(found.moved) == len(pairs)


def test_points_of_the_same_moment_are_not_compared_and_an_empty_point_has_not_moved():
    found = pace([np.array([[90, 10], [70, 30], [60, 40]])], np.array([0.0, 1.0, 1.0]))
    assert found.lags == [1, 1]
    assert pace([np.array([[90, 10], [0, 0]])], np.array([0.0, 1.0])).rate.value == 0
    at_once = pace([np.array([[90, 10], [10, 90]])], np.array([1.0, 1.0]))
    assert (at_once.rate.value, at_once.half_life.value, at_once.months_until(0.5)) == (0, None, None)


def test_two_points_say_why_they_have_no_interval():
    found = pace([np.array([[900, 100], [800, 200]])], np.array([0.0, 2.0]))
    assert found.rate.why == found.half_life.why == "Two points in time give no interval."
    assert (found.rate.n, found.half_life.n, found.lags) == (2, 2, [2.0])
    assert found.half_life.value == pytest.approx(np.log(2) / -np.log(1 - found.rate.value))
