CODE = "T02"


def test_fires_on_two_spellings(check):
    found = check(CODE, {"x": ["a", "N/A", "unknown", "b", None]})
    assert found.firing == ["x"]
    assert found.figure("x") == 3
    assert found.concerned("x") == [2, 3, 5]


def test_upper_and_lower_case_are_two_spellings(check):
    assert check(CODE, {"x": ["a", "na", "NA"]}).firing == ["x"]


def test_is_silent_on_one_spelling(check):
    assert check(CODE, {"x": ["a", "N/A", "N/A"]}).status == "passed"
    assert check(CODE, {"x": ["a", None, None]}).status == "passed"


def test_does_not_apply_without_text(check):
    assert check(CODE, {"x": [1, 2]}).status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"x": ["NA"]}).status == "passed"
