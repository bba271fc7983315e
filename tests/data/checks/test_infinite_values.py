import numpy as np

CODE = "T07"


def test_fires_on_both_infinities(check):
    found = check(CODE, {"x": [1.0, np.inf, -np.inf, np.nan], "y": [1.0, 2, 3, 4]})
    assert found.firing == ["x"]
    assert found.rows("x") == 2
    assert found.concerned("x") == [2, 3]


def test_is_silent_on_large_numbers_and_missing_ones(check):
    assert check(CODE, {"x": [1.7e308, np.nan]}).status == "passed"


def test_does_not_apply_to_whole_numbers_and_text(check):
    assert check(CODE, {"x": [1, 2], "t": ["inf", "b"]}).status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"x": [np.inf]}).firing == ["x"]
