import pytest

CODE = "T17"


def test_fires_on_names_and_on_a_column_that_counts_the_rows(check):
    found = check(CODE, {"name": [f"name {n}" for n in range(50)], "order": range(7, 57), "x": [n % 3 for n in range(50)]})
    assert sorted(found.firing) == ["name", "order"]
    assert found.rows("order") == 50
    assert len(found.concerned("name")) == 50


def test_is_silent_on_long_text_on_repetitions_and_on_the_key(check):
    found = check(
        CODE,
        {"text": [f"a long text that says a lot, number {n}, and more" for n in range(50)], "t": ["a", "b"] * 25, "id": range(50)},
        id="id",
    )
    assert found.status == "passed"
    assert check(CODE, {"n": [0, *range(1, 49), 1]}).status == "not applicable"


@pytest.mark.parametrize("columns", [{"t": ["a", "b"]}, {"x": [n / 3 for n in range(30)]}])
def test_does_not_apply_to_few_rows_and_to_measurements(check, columns):
    assert check(CODE, columns).status == "not applicable"
