"""Where to work next: headroom by slice, typed in and measured, and slices that are found."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import hypergeom

from components import naming
from components.errors import BadInput
from components.modelling.slice_search import _more_than_chance, find
from components.modelling.slice_wording import certainty, gain_text, shown_table, where_answer
from components.modelling.slices import NG, Judged, headroom, measured

RNG = np.random.default_rng(21)


def test_ngs_table():
    found = headroom(NG).set_index("slice")
    assert (100 * found["headroom"]).to_dict() == pytest.approx(
        {"Clean speech": 0.6, "Car noise": 0.16, "People noise": 0.6, "Low bandwidth": 0}, abs=1e-12
    )
    assert found["rank"].to_dict() == {"Clean speech": 1, "People noise": 1, "Car noise": 3, "Low bandwidth": 4}
    assert found["first"].to_dict() == pytest.approx({"Clean speech": 0.5, "People noise": 0.5, "Car noise": 0, "Low bandwidth": 0})
    assert found["low"].isna().all()
    assert where_answer(headroom(NG)) == "Clean speech and People noise: .6 points each. Car noise isn’t worth it."


def test_counts_give_intervals_that_narrow():
    few, many = (headroom(NG.assign(n=times, people_n=times, of=4 * times)) for times in (100, 10_000))
    for one in (few, many):
        assert (one["low"] <= one["headroom"]).all()
        assert (one["headroom"] <= one["high"]).all()
        assert (one["low"] >= 0).all()
    assert ((many["high"] - many["low"]) < (few["high"] - few["low"])).all()
    assert few["first"].sum() == pytest.approx(1)
    assert "not sure" in certainty(few)


def test_importance_and_ease_decide_the_order():
    found = headroom(NG.assign(importance=[1, 5, 3, 3], ease=[1, 5, 3, 5])).set_index("slice")
    assert found["rank"].idxmin() == "People noise"
    assert found.loc["Car noise", "priority"] == pytest.approx(0.0016 * 25 / 9)
    assert found.loc["Car noise", "rank"] < found.loc["Clean speech", "rank"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"model": [94, 89, 87, 70]}, "“Clean speech” has “94” as model, which is no share"),
        ({"share": [0.6, None, 0.3, 0.06]}, "“Car noise” has “nan” as share"),
        ({"slice": ["a", "a", "b", "c"]}, "Two slices are called “a”"),
        ({"slice": ["a", " ", "b", "c"]}, "A slice has no name"),
    ],
)
def test_what_cannot_be_ranked_is_named(change, said):
    with pytest.raises(BadInput, match=said):
        headroom(NG.assign(**change))
    with pytest.raises(BadInput, match="There is no column “human”"):
        headroom(NG.drop(columns="human"))
    with pytest.raises(BadInput, match="There are no slices"):
        headroom(NG[:0])


def items(n=3000):
    """Items of two slices; the model is weak on the rare one, people are good on both."""
    rare = RNG.random(n) < 0.2
    right = RNG.random(n) < np.where(rare, 0.7, 0.95)
    people = np.where(RNG.random(n) < 0.5, 3, 0)
    return rare, Judged(right, RNG.binomial(people, 0.97).astype(float), people.astype(float))


def test_measured_on_items():
    rare, judged = items()
    found = measured(pd.DataFrame({"rare": rare, "common": ~rare}), judged).set_index("slice")
    assert found.loc["rare", "share"] == pytest.approx(rare.mean())
    assert found.loc["rare", "model"] == pytest.approx(judged.right[rare].mean())
    assert found.loc["rare", "human"] == pytest.approx(judged.people_right[rare].sum() / judged.people[rare].sum())
    for row in found.itertuples():
        assert row.headroom == pytest.approx(row.share * max(0, row.human - row.model))
        assert row.low <= row.headroom <= row.high
        assert row.both_right + row.only_people + row.only_model + row.both_wrong == row.people
    assert found["rank"].to_dict() == {"rare": 1, "common": 2}
    assert found.loc["rare", "first"] > 0.9


def test_the_interval_of_headroom_covers():
    held, truth = 0, 0.2 * (0.97 - 0.7)
    for seed in range(60):
        rare, judged = items(800)
        row = measured(pd.DataFrame({"rare": rare}), judged, seed=seed).iloc[0]
        held += row["low"] <= truth <= row["high"]
    assert held >= 52


def test_a_slice_on_which_everything_is_right_still_has_an_interval():
    judged = Judged(np.ones(30, dtype=bool), np.ones(30), np.ones(30))
    row = measured(pd.DataFrame({"all": np.ones(30, dtype=bool)}), judged).iloc[0]
    assert (row["headroom"], row["gap"]) == (0, 0)
    assert row["gap_low"] < 0 < row["gap_high"]


def test_people_who_were_not_asked_leave_a_slice_without_headroom():
    rare, judged = items(400)
    only_common = Judged(judged.right, np.where(rare, 0, judged.people_right), np.where(rare, 0, judged.people))
    found = measured(pd.DataFrame({"rare": rare, "common": ~rare}), only_common).set_index("slice")
    assert np.isnan(found.loc["rare", "headroom"])
    assert found.loc["rare", "rank"] == 2
    assert gain_text(found.loc["rare"]) == "People were not asked about it."
    assert len(shown_table(found.reset_index())) == 2


def test_a_typed_level_and_the_share_in_production_take_their_place():
    rare, judged = items(400)
    factors = pd.DataFrame({"importance": [5.0], "ease": [3.0], "share": [0.5]}, index=["rare"])
    row = measured(pd.DataFrame({"rare": rare}), judged, level=0.99, factors=factors).iloc[0]
    assert (row["share"], row["human"], row["importance"]) == (0.5, 0.99, 5)


def noise(n, seed):
    rng = np.random.default_rng(seed)
    features = pd.DataFrame({"a": rng.normal(size=n), "b": rng.choice(list("xyz"), n), "c": rng.integers(0, 5, n), "d": rng.normal(size=n)})
    return features, rng


def test_a_slice_that_is_worse_is_found():
    features, rng = noise(2000, 1)
    wrong = rng.random(2000) < np.where((features["b"] == "x") & (features["a"] > 0.5), 0.5, 0.08)
    first = find(features, wrong)[0]
    assert {"column": "b", "operator": "is", "value": "x"} in first.clauses
    assert any(one["column"] == "a" and one["operator"] == "above" for one in first.clauses)
    assert first.error > 0.3
    assert first.error > first.elsewhere
    assert first.p_value <= 0.05


def test_on_noise_hardly_anything_is_found():
    false = 0
    for seed in range(100):
        features, rng = noise(400, seed)
        false += bool(find(features, rng.random(400) < 0.15, seed))
    assert false <= 9  # 5 % of 100, and two standard errors


@pytest.mark.parametrize("wrong", [np.zeros(500, dtype=bool), np.ones(500, dtype=bool)])
def test_nothing_is_found_where_nothing_differs(wrong):
    assert find(noise(500, 3)[0], wrong) == []


def test_names_texts_and_few_items_are_no_place_to_search():
    features = pd.DataFrame({"name": [f"item {place}" for place in range(500)], "one": 1})
    assert find(features, RNG.random(500) < 0.3) == []
    assert find(noise(30, 1)[0], RNG.random(30) < 0.3) == []


@pytest.mark.parametrize(("hits", "size", "everything", "all_hits"), [(5, 10, 100, 20), (0, 10, 100, 20), (10, 10, 50, 12), (3, 40, 45, 5)])
def test_the_tail_is_the_hypergeometrics(hits, size, everything, all_hits):
    expected = hypergeom.sf(hits - 1, everything, all_hits, size)
    assert _more_than_chance(hits, size, all_hits, everything) == pytest.approx(expected)


def test_names_beside_dots_never_run_into_each_other_on_a_phone():
    rng = np.random.default_rng(3)
    places = [(float(x), float(y)) for x, y in rng.random((14, 2))]
    names = [f"Slice {number}" for number in range(14)]
    boxes = []
    for (x, y), one in zip(places, naming.beside(places, names).itertuples(), strict=True):
        length = 0.55 * 17 * len(one.written)
        start = 300 * x - 12 - length if one.left else 300 * x + 12
        boxes += [(start, start + length, 300 * one.down)] * bool(one.written)
        assert one.moved == (abs(one.down - y) * 300 > 17 / 2)
    pairs = [(one, other) for place, one in enumerate(boxes) for other in boxes[:place]]
    assert len(boxes) == 14
    dots = [(300 * x, 300 * y) for x, y in places]
    assert not any(one[0] < x < one[1] and abs(one[2] - y) < 8 for one in boxes for x, y in dots)  # noqa: PLR2004
    assert all(one[1] <= other[0] or one[0] >= other[1] or abs(one[2] - other[2]) >= 17 for one, other in pairs)
