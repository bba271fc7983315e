import numpy as np
import pytest

from components.data.checks import outliers

CODE = "T10"


def test_fires_beyond_one_percent(check):
    values = np.arange(100, dtype=float)
    values[:3] = 1e6
    found = check(CODE, {"x": values})
    assert found.firing == ["x"]
    assert found.concerned("x") == [1, 2, 3]
    assert found.figure("x") == pytest.approx(0.03)


def test_is_silent_on_normal_numbers_and_on_a_few_far_ones(check):
    rng = np.random.default_rng(0)
    assert check(CODE, {"x": rng.normal(size=1000), "y": [1e9] * 5 + list(rng.normal(size=995))}).status == "passed"


def test_infinite_and_missing_cells_do_not_move_the_fences(check):
    values = np.arange(100, dtype=float)
    values[:40], values[40] = np.nan, np.inf
    assert check(CODE, {"x": values}).status == "passed"


def test_does_not_apply_to_text_the_label_and_a_constant_middle(check):
    assert check(CODE, {"x": ["a", "b"]}).status == "not applicable"
    assert check(CODE, {"x": [1, 2]}, label="x").status == "not applicable"
    assert check(CODE, {"x": [0] * 98 + [1, 9]}).status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"x": [1.0]}).status == "not applicable"


def test_many_rows_are_measured_a_column_at_a_time_and_found_as_well(check, monkeypatch):
    columns = {"x": [*range(100), 10_000], "y": range(101)}
    together = check(CODE, columns)
    monkeypatch.setattr(outliers, "MOST_TOGETHER", 10)
    alone = check(CODE, columns)
    assert (alone.firing, alone.rows("x"), alone.concerned("x")) == (together.firing, 1, [101])
