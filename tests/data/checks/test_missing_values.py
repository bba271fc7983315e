import numpy as np
import pytest

CODE = "T01"


def test_fires_on_empty_cells_and_on_words_for_missing(check):
    found = check(CODE, {"number": [1.0, np.nan, 3, 4], "text": ["a", "N/A", " ? ", None], "whole": ["a", "b", "c", "d"]})
    assert sorted(found.firing) == ["number", "text"]
    assert found.rows("number") == 1
    assert found.rows("text") == 3
    assert found.figure("text") == 0.75
    assert found.concerned("text") == [2, 3, 4]


@pytest.mark.parametrize(("missing", "status"), [(5, "passed"), (6, "failed")])
def test_five_in_a_hundred_pass_and_six_do_not(check, missing, status):
    found = check(CODE, {"x": [None] * missing + ["v"] * (100 - missing)})
    assert found.status == status
    assert found.rows("x") == missing


def test_says_the_worst_column_when_all_pass(check):
    found = check(CODE, {"a": [1.0] * 100, "b": [np.nan] + [1.0] * 99})
    assert found.status == "passed"
    assert list(found.results.index) == ["b"]


def test_leaves_a_missing_label_to_another_check(check):
    assert check(CODE, {"x": [1, 2], "label": ["a", None]}, label="label").status == "passed"


def test_one_row_and_a_column_without_any_value(check):
    assert check(CODE, {"x": [None]}).status == "failed"
    assert check(CODE, {"x": [1]}).status == "passed"
