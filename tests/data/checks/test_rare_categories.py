import pandas as pd

CODE = "T11"


def test_fires_on_few_rows_and_on_a_small_share(check):
    found = check(CODE, {"x": ["a"] * 96 + ["b"] * 4})
    assert found.firing == ["x"]
    assert found.figure("x") == 1
    assert found.concerned("x") == [97, 98, 99, 100]
    assert check(CODE, {"x": ["a"] * 993 + ["b"] * 7}).rows("x") == 7


def test_is_silent_on_common_categories_and_words_for_missing(check):
    assert check(CODE, {"x": ["a"] * 50 + ["b"] * 50}).status == "passed"
    assert check(CODE, {"x": ["a"] * 98 + ["n/a"] * 2}).status == "passed"


def test_does_not_apply_to_names_numbers_and_the_label(check):
    assert check(CODE, {"x": [f"name {n}" for n in range(100)]}).status == "not applicable"
    assert check(CODE, pd.DataFrame({"x": [1] * 99 + [2]})).status == "not applicable"
    assert check(CODE, {"x": ["a"] * 99 + ["b"]}, label="x").status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"x": ["a"]}).status == "not applicable"
