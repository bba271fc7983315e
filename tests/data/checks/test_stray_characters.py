import pytest

CODE = "T06"


@pytest.mark.parametrize("cell", [" yes", "yes ", "y\x07s", "caf\ufffd", "\ufeffyes", "cafÃ©", "â€œyes", "yes\x7f"])
def test_fires(check, cell):
    found = check(CODE, {"x": ["yes", cell, "no"]})
    assert found.firing == ["x"]
    assert found.concerned("x") == [2]


@pytest.mark.parametrize("cell", ["yes", "two words", "Ångström", "a\nb", "手書き", "Año", "“yes”", ""])
def test_is_silent_on_what_people_write(check, cell):
    assert check(CODE, {"x": [cell, "no"]}).status == "passed"


def test_does_not_apply_without_text(check):
    assert check(CODE, {"x": [1, 2]}).status == "not applicable"


def test_one_row_and_no_value(check):
    assert check(CODE, {"x": [" a"]}).firing == ["x"]
    assert check(CODE, {"x": ["a"]}).status == "passed"
