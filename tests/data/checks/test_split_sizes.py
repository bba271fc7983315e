import pytest

CODE = "S03"


@pytest.mark.parametrize(("test", "status"), [(5, "passed"), (4, "warned")])
def test_a_split_under_five_percent_fires(check, test, status):
    found = check(CODE, {"x": range(100), "split": ["train"] * (100 - test) + ["test"] * test}, split="split")
    assert found.status == status
    assert found.rows("split") == test
    assert found.figure("split") == test / 100
    assert found.concerned("split") == list(range(101 - test, 101))


def test_does_not_apply_to_one_split_or_none(check):
    assert check(CODE, {"split": ["train", "train"]}, split="split").status == "not applicable"
    assert check(CODE, {"split": [None, None]}, split="split").status == "not applicable"
    assert check(CODE, {"x": [1, 2]}).status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"split": ["train"]}, split="split").status == "not applicable"
