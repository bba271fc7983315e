import numpy as np
import pandas as pd

CODE = "T03"


def test_fires_on_every_kind_of_column(check):
    day = pd.Timestamp("2024-01-01")
    found = check(CODE, {"n": [7, 7], "f": [0.5, np.nan], "t": ["a", "a"], "b": [True, True], "d": [day, day], "ok": [1, 2]})
    assert sorted(found.firing) == ["b", "d", "f", "n", "t"]
    assert found.concerned("n") == [1, 2]


def test_is_silent_when_values_differ(check):
    assert check(CODE, {"n": [1, 2], "t": ["a", "A"]}).status == "passed"


def test_an_empty_column_is_not_a_single_value(check):
    assert check(CODE, {"n": [np.nan, np.nan], "t": [None, None]}).status == "passed"


def test_does_not_apply_to_one_row(check):
    assert check(CODE, {"n": [1]}).status == "not applicable"
