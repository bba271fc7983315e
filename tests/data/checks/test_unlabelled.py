CODE = "L03"


def test_fires_on_an_empty_label_and_on_words_for_it(check):
    found = check(CODE, {"x": [1, 2, 3, 4], "label": ["a", None, "N/A", "b"]}, label="label")
    assert found.status == "failed"
    assert found.rows("label") == 2
    assert found.concerned("label") == [2, 3]


def test_fires_on_an_empty_number(check):
    assert check(CODE, {"label": [1.0, None, 2.0]}, label="label").rows("label") == 1


def test_is_silent_when_every_row_has_one(check):
    assert check(CODE, {"label": ["a", "b"]}, label="label").status == "passed"


def test_does_not_apply_without_label(check):
    assert check(CODE, {"x": [None]}).status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"x": [1], "label": [None]}, label="label").status == "failed"
