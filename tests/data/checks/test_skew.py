import numpy as np
import pytest

CODE = "T12"


def test_fires_when_one_number_is_all(check):
    values = np.zeros(1000)
    values[7] = 1e6
    found = check(CODE, {"x": values, "y": np.arange(1000)})
    assert found.firing == ["x"]
    centred = values - values.mean()
    assert found.figure("x") == pytest.approx((centred**3).mean() / (centred**2).mean() ** 1.5)
    assert found.concerned("x")[0] == 8


def test_is_silent_on_a_lognormal_and_on_huge_equal_numbers(check):
    rng = np.random.default_rng(0)
    assert check(CODE, {"x": rng.lognormal(size=1000), "y": np.full(1000, 1e300), "z": [np.inf, np.nan] * 500}).status == "passed"


def test_does_not_apply_to_text(check):
    assert check(CODE, {"x": ["a", "b"]}).status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"x": [1.0]}).status == "not applicable"
