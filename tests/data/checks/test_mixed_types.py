import pytest

CODE = "T04"


def test_fires_on_a_few_words_among_numbers(check):
    found = check(CODE, {"x": [str(n) for n in range(95)] + ["five", "six", "s7", "8x", "n9"]})
    assert found.firing == ["x"]
    assert found.rows("x") == 5
    assert found.concerned("x") == [96, 97, 98, 99, 100]


def test_fires_on_a_few_numbers_among_words(check):
    found = check(CODE, {"x": ["word"] * 98 + ["1", "-2.5e3"]})
    assert found.firing == ["x"]
    assert found.concerned("x") == [99, 100]


@pytest.mark.parametrize("words", [0, 1, 11, 50])
def test_is_silent_on_one_type_a_single_accident_and_on_a_mixture(check, words):
    assert check(CODE, {"x": ["word"] * words + ["1"] * (100 - words)}).status == "passed"


def test_missing_cells_are_no_words(check):
    assert check(CODE, {"x": ["N/A"] * 5 + ["1"] * 95 + ["05"]}).status == "passed"


def test_does_not_apply_without_text(check):
    assert check(CODE, {"x": [1.5, 2]}).status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"x": ["word"]}).status == "passed"
