"""The pace of change, on distributions whose pace is known."""

import numpy as np
import pytest

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
