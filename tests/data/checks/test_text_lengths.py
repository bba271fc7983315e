import pytest

CODE = "T15"
NAMES = [f"name {'x' * (n % 9)}" for n in range(100)]


def test_fires_on_text_that_was_cut_off_or_ran_together(check):
    found = check(CODE, {"t": [*NAMES, "n" * 400, "n" * 900], "n": range(102)})
    assert found.firing == ["t"]
    assert found.concerned("t") == [101, 102]
    assert found.figure("t") == pytest.approx(2 / 102)


def test_is_silent_on_usual_lengths_and_where_most_have_the_same(check):
    assert check(CODE, {"t": NAMES}).status == "passed"
    assert check(CODE, {"t": ["same"] * 99 + ["longer than that"]}).status == "not applicable"


@pytest.mark.parametrize("columns", [{"n": [1, 2]}, {"t": ["a", "bbbbbbbbbbbbbbbb"]}, {"t": [None, "NA", ""]}])
def test_does_not_apply_to_numbers_and_a_handful_of_rows(check, columns):
    assert check(CODE, columns).status == "not applicable"
