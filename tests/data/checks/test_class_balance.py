import numpy as np
import pytest

CODE = "L02"


@pytest.mark.parametrize(("rare", "status"), [(10, "passed"), (4, "warned")])
def test_a_class_under_a_tenth_of_its_fair_share_fires(check, rare, status):
    found = check(CODE, {"label": ["a"] * (100 - rare) + ["b"] * rare}, label="label")
    assert found.status == status
    assert found.rows("label") == rare
    assert found.figure("label") == pytest.approx(2 * rare / 100)
    if status == "warned":
        assert found.concerned("label") == list(range(101 - rare, 101))


def test_numbers_and_truths_can_be_classes(check):
    assert check(CODE, {"label": [0] * 99 + [1]}, label="label").status == "warned"
    assert check(CODE, {"label": [True] * 99 + [False]}, label="label").status == "warned"


def test_a_word_for_missing_is_no_class(check):
    assert check(CODE, {"label": ["a"] * 50 + ["b"] * 50 + ["N/A"]}, label="label").status == "passed"


@pytest.mark.parametrize("label", [np.linspace(0, 1, 200), np.arange(200), ["a"] * 200])
def test_does_not_apply_to_quantities_and_one_class(check, label):
    assert check(CODE, {"label": label}, label="label").status == "not applicable"


def test_does_not_apply_without_label(check):
    assert check(CODE, {"x": [1, 2]}).status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"label": ["a"]}, label="label").status == "not applicable"
