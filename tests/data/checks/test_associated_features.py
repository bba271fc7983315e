import numpy as np
import pytest

CODE = "T16"
rng = np.random.default_rng(0)
NOISE = rng.normal(size=200)
KINDS = rng.choice(["a", "b", "c"], 200)


def test_fires_once_for_each_feature_that_repeats_an_earlier_one(check):
    columns = {
        "x": NOISE,
        "cubed": -(NOISE**3),
        "kind": KINDS,
        "other words": np.char.add(KINDS, "!"),
        "number of kind": [ord(kind) * 10.0 for kind in KINDS],
        "free": rng.normal(size=200),
    }
    found = check(CODE, columns)
    assert sorted(found.firing) == ["cubed", "number of kind", "other words"]
    assert found.figure("cubed") == pytest.approx(1)
    assert "“x”" in found.results.loc["cubed", "note"]


def test_missing_cells_are_left_out(check):
    twice = np.where(np.arange(200) % 3 == 0, np.nan, 2 * NOISE)
    assert check(CODE, {"x": NOISE, "twice": twice}).firing == ["twice"]


def test_is_silent_on_what_is_only_alike(check):
    assert check(CODE, {"x": NOISE, "y": NOISE + rng.normal(size=200), "k": KINDS, "j": rng.choice(["u", "v"], 200)}).status == "passed"


@pytest.mark.parametrize(
    ("columns", "plan"), [({"x": [1, 2], "y": [1, 2]}, {}), ({"x": NOISE}, {}), ({"x": NOISE, "y": NOISE}, {"structured": False})]
)
def test_does_not_apply(check, columns, plan):
    assert check(CODE, columns, **plan).status == "not applicable"
