import pandas as pd
import pytest

from components.data.description import advice, balance, column_types, guess, likely_target


def test_column_types():
    frame = pd.DataFrame(
        {
            "n": [1, 2],
            "f": [0.5, None],
            "b": [True, False],
            "bn": pd.array([True, None], dtype="boolean"),
            "bo": pd.Series([True, None], dtype=object),
            "d": pd.to_datetime(["2024-01-01", None]),
            "c": ["a", "b"],
            "e": [None, None],
        }
    )
    kinds = column_types(frame)
    assert kinds == {
        "n": "number",
        "f": "number",
        "b": "boolean",
        "bn": "boolean",
        "bo": "boolean",
        "d": "time",
        "c": "category",
        "e": "category",
    }


def test_many_different_words_are_text():
    assert column_types(pd.DataFrame({"t": [f"name {n}" for n in range(100)]})) == {"t": "text"}


def test_guesses_of_a_table():
    found = guess(pd.DataFrame({"PassengerId": range(20), "id": range(20), "Survived": [0, 1] * 10, "split": ["train"] * 20}))
    assert (found.structured, found.target, found.id_column, found.split_column) == (True, "Survived", "id", "split")
    assert "numbers" in found.why


def test_guesses_of_images_and_of_text():
    assert guess(pd.DataFrame({"path": ["a.png", "b.png"], "label": [0, 1]}), images=True).structured is False
    found = guess(pd.DataFrame({"review": [f"{n} " + "a long sentence about something " * 4 for n in range(80)]}))
    assert found.structured is False
    assert "review" in found.why


def test_a_key_that_repeats_is_no_key():
    assert guess(pd.DataFrame({"id": [1, 1, 1, 2]})).id_column is None


@pytest.mark.parametrize(("structured", "words"), [(True, "not advisable"), (False, "human level is a benchmark")])
def test_advice_fits_the_kind(structured, words):
    assert words in advice(structured)


def test_balance():
    table = balance(pd.DataFrame({"y": ["a", "b", "a", None]}), "y")
    assert list(table["name"]) == ["a", "b"]
    assert list(table["count"]) == [2, 1]
    assert table["share"].sum() == pytest.approx(1)


def test_a_column_that_counts_the_rows_is_the_key():
    frame = pd.DataFrame({"size": [5] * 30, "order": range(7, 37), "odd": range(0, 60, 2)})
    assert guess(frame).id_column == "order"
    assert guess(frame.head(10)).id_column is None
    assert guess(frame.drop(columns="order")).id_column is None


def test_the_last_column_is_likely_what_is_predicted_where_it_is_a_few_words_or_two_values():
    size = pd.Series(range(60), name="size")
    for last, likely in (
        (["yes", "no"] * 30, True),
        (list("abc") * 20, True),
        ([0, 1] * 30, True),
        ([True, False] * 30, True),
        ([0, 1, 2] * 20, False),
        (["yes"] * 60, False),
        ([f"name {number}" for number in range(60)], False),
        (["rare", "once"] + ["often"] * 58, False),
        ([0.5 * number for number in range(60)], False),
    ):
        assert likely_target(pd.DataFrame({"size": size, "last": last})) == ("last" if likely else None)
    assert likely_target(pd.DataFrame({"size": size, "split": ["train", "test"] * 30})) is None
    assert likely_target(pd.DataFrame({"size": size, "shop_id": [1, 2] * 30})) is None
    assert likely_target(pd.DataFrame({"only": ["yes", "no"] * 30})) is None
