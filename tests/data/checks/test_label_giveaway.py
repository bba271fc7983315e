import numpy as np
import pandas as pd
import pytest

CODE = "T13"
rng = np.random.default_rng(0)
LABELS = rng.choice(["no", "yes"], 400)


def test_fires_on_a_copy_of_the_label_in_words_and_in_numbers(check):
    noise = rng.normal(size=400)
    frame = pd.DataFrame(
        {"copy": ["y" if one == "yes" else "n" for one in LABELS], "number": (LABELS == "yes") * 10 + noise, "noise": noise}
    )
    found = check(CODE, frame.assign(label=LABELS), label="label")
    assert sorted(found.firing) == ["copy", "number"]
    assert found.figure("copy") == 1


def test_whether_a_cell_is_missing_can_give_it_away(check):
    boat = np.where(LABELS == "yes", rng.integers(1, 9, 400), np.nan)
    assert check(CODE, {"boat": boat, "label": LABELS}, label="label").firing == ["boat"]


def test_is_silent_on_noise_and_on_names(check):
    names = [f"name {n}" for n in range(400)]
    found = check(CODE, {"noise": rng.normal(size=400), "name": names, "id": range(400), "label": LABELS}, label="label")
    assert found.status == "passed"


def test_a_useful_feature_is_no_leak(check):
    assert check(CODE, {"x": (LABELS == "yes") + rng.normal(size=400), "label": LABELS}, label="label").status == "passed"


@pytest.mark.parametrize("label", [rng.normal(size=400), np.arange(400), ["same"] * 400])
def test_does_not_apply_to_quantities_and_to_one_class(check, label):
    assert check(CODE, {"x": rng.normal(size=400), "label": label}, label="label").status == "not applicable"


def test_does_not_apply_without_label(check):
    assert check(CODE, {"x": [1, 2]}).status == "not applicable"


def test_one_row(check):
    assert check(CODE, {"x": [1], "label": ["a"]}, label="label").status == "not applicable"


def test_whole_numbers_that_no_float_holds_are_binned_too(check):
    large = [2**63 - 1, 300, *range(398)]
    assert check(CODE, {"x": large, "label": LABELS}, label="label").status == "passed"
    assert check("T16", {"x": large, "y": large[::-1], "label": LABELS}, label="label").status == "warned"
