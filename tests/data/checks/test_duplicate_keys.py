CODE = "T09"


def test_fires_on_shared_and_missing_keys(check):
    found = check(CODE, {"key": ["a", "b", "a", None, "c"], "x": range(5)}, id="key")
    assert found.status == "failed"
    assert found.rows("key") == 2
    assert sorted(found.concerned("key")) == [1, 3, 4]


def test_is_silent_when_every_row_has_its_own(check):
    assert check(CODE, {"key": [1, 2, 3]}, id="key").status == "passed"


def test_does_not_apply_without_key(check):
    assert check(CODE, {"key": [1, 1]}).status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"key": [1]}, id="key").status == "passed"
