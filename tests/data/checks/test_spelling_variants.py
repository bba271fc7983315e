import pytest

CODE = "T05"


def test_fires_on_the_rarer_spelling(check):
    found = check(CODE, {"city": ["New York", "New York", "new york", "New-York", "Bern"]})
    assert found.firing == ["city"]
    assert found.rows("city") == 2
    assert found.concerned("city") == [3, 4]
    assert "New York" in found.results.loc["city", "note"]


def test_dates_with_other_signs_are_variants(check):
    assert check(CODE, {"day": ["2024-01-02", "2024/01/02", "2024.01.03"]}).rows("day") == 1


@pytest.mark.parametrize("cells", [["1.5", "15", "x"], ["-5", "5", "x"], ["1,000", "1.000", "x"], ["NA", "n/a", "x"], ["1-5", "15", "x"]])
def test_numbers_ranges_and_words_for_missing_are_no_variants(check, cells):
    assert check(CODE, {"x": cells}).status == "passed"


def test_counts_all_rows_where_there_are_thousands_of_spellings(check):
    found = check(CODE, {"x": [f"word{n}" for n in range(3000)] + [f"Word {n}" for n in range(3000)]})
    assert found.rows("x") == 3000


def test_does_not_apply_without_text(check):
    assert check(CODE, {"x": [1, 2]}).status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"x": ["word"]}).status == "passed"
