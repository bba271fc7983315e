import numpy as np
import pandas as pd
import pytest

CODE = "T08"


def numbers(rows, seed=0):
    rng = np.random.default_rng(seed)
    return pd.DataFrame({"a": rng.normal(size=rows), "b": rng.choice(["x", "y"], rows), "c": rng.integers(0, 9, rows)})


@pytest.mark.parametrize(("copies", "status"), [(10, "passed"), (100, "failed")])
def test_finds_injected_repetitions_exactly(check, copies, status):
    frame = numbers(1000)
    found = check(CODE, pd.concat([frame, frame.sample(copies, random_state=1)], ignore_index=True))
    assert found.status == status
    assert found.rows("") == copies
    assert found.figure("") == pytest.approx(copies / (1000 + copies))
    assert len(found.concerned("")) == 2 * copies


def test_missing_cells_are_equal_and_zero_is_zero(check):
    found = check(CODE, {"a": [np.nan, np.nan, 1.0, 2.0], "b": [None, None, "x", "y"], "z": [0.0, -0.0, 0.0, 0.0]})
    assert found.rows("") == 1
    assert sorted(found.concerned("")) == [1, 2]


def test_two_columns_that_are_always_equal_hide_nothing(check):
    frame = numbers(200)
    frame = frame.assign(again=frame["a"])
    assert check(CODE, pd.concat([frame, frame.head(20)], ignore_index=True)).rows("") == 20


def test_the_key_is_not_compared_whether_it_was_named_or_not(check):
    frame = pd.concat([numbers(100)] * 2, ignore_index=True)
    frame = frame.assign(id=range(200))
    assert check(CODE, frame, id="id").rows("") == 100
    unnamed = check(CODE, frame)
    assert unnamed.rows("") == 100
    assert "id" in unnamed.results.loc["", "note"]


def test_a_column_called_like_a_key_is_compared_where_it_repeats(check):
    assert check(CODE, {"id": [1, 1, 2], "x": ["a", "b", "b"]}).rows("") == 0


def test_other_labels_make_other_rows(check):
    assert check(CODE, {"x": [1, 1, 2], "label": ["a", "b", "b"]}, label="label").rows("") == 0


def test_only_a_label(check):
    assert check(CODE, {"label": ["a", "a", "b"]}, label="label").rows("") == 1


def test_does_not_apply_to_one_row(check):
    assert check(CODE, {"a": [1]}).status == "not applicable"
