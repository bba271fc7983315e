"""A round against the one before: paired on the same items, held against resampling by hand."""

import numpy as np
import pandas as pd
import pytest

from components.data.agreement import agreement
from components.data.rulebook.comparison import change_of_alpha, compared, compared_sentence, discard_rate

PEOPLE = "abcde"
RNG = np.random.default_rng(7)


def judged(noise, items=60, bad=0.35):
    truth = RNG.random(items) < bad
    rows = [(f"i{item}", person, "bad" if truth[item] ^ (RNG.random() < noise) else "good") for item in range(items) for person in PEOPLE]
    return pd.DataFrame(rows, columns=["item", "annotator", "label"])


def plain_alpha(bad):
    """Krippendorff's α of two labels, every item judged by all; `bad` counts one of them."""
    m, n = len(PEOPLE), len(PEOPLE) * len(bad)
    observed = (2 * bad * (m - bad)).sum() / (m - 1)
    return 1 - (n - 1) * observed / (2 * bad.sum() * (n - bad.sum()))


def test_the_change_is_that_of_the_two_alphas_and_its_interval_that_of_drawing_items():
    before, after = judged(0.3), judged(0.05)
    items = sorted(set(before["item"]))
    found = change_of_alpha(before, after, items)
    alphas = [agreement(table).alpha.value for table in (before, after)]
    assert found.value == pytest.approx(alphas[1] - alphas[0])
    rng = np.random.default_rng(1)
    codes = [
        table.assign(bad=table["label"] == "bad").pivot_table(index="item", values="bad", aggfunc="sum")["bad"] for table in (before, after)
    ]
    draws = []
    for _ in range(400):
        drawn = rng.integers(0, len(items), len(items))
        once = [plain_alpha(part.loc[items].to_numpy()[drawn]) for part in codes]
        draws.append(once[1] - once[0])
    low, high = np.quantile(draws, [0.025, 0.975])
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.06)


def test_missing_labels_are_no_category_and_items_of_one_round_alone_do_not_count():
    before, after = judged(0.2), judged(0.2)
    after = pd.concat([after, pd.DataFrame([("new", "a", "bad"), ("new", "b", "good")], columns=["item", "annotator", "label"])])
    unsure = pd.DataFrame([("i0", "f", None)], columns=["item", "annotator", "label"])
    items = sorted(set(before["item"]))
    assert change_of_alpha(pd.concat([before, unsure]), after, items).value == pytest.approx(change_of_alpha(before, after, items).value)
    found = compared(before, after, {"i0", "i1", "i2", "new"}, (set(), set()))
    assert (found.affected.n, found.controls.n) == (3, 57)


def test_harm_on_the_controls_is_judged_from_the_interval():
    before = judged(0.1)
    touched = {f"i{place}" for place in range(20)}
    kept = compared(before, before, touched, ({"bad"}, {"bad"}))
    assert kept.harmless is True
    assert kept.controls.value == 0
    broken = compared(before, judged(0.4), touched, ({"bad"}, {"bad"}))
    assert broken.harmless is False
    few = compared(before[before["item"].isin({"i0", "i30"})], before, touched, ({"bad"}, {"bad"}))
    assert few.harmless is None


def test_where_all_agree_in_both_rounds_the_limit_is_the_rule_of_threes():
    same = judged(0.0)
    found = change_of_alpha(same, same, sorted(set(same["item"])))
    assert found.value == 0
    assert found.low < -0.05
    assert "rule of three" in found.why


def test_the_discard_rate_is_by_majority():
    rows = [("a", p, "bad") for p in "xyz"] + [("b", "x", "bad"), ("b", "y", "good"), ("b", "z", "good"), ("c", "x", None)]
    found = discard_rate(pd.DataFrame(rows, columns=["item", "annotator", "label"]), {"bad"})
    assert (found.value, found.n) == (0.5, 2)
    assert discard_rate(pd.DataFrame([("c", "x", None)], columns=["item", "annotator", "label"]), {"bad"}).value is None


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.2, 0.6, "the change helped"), (-0.6, -0.2, "made it worse"), (-0.1, 0.5, "can't be told")],
)
def test_the_sentence_follows_the_interval(low, high, said):
    affected = {"value": (low + high) / 2, "low": low, "high": high, "n": 30, "why": "", "level": 0.95}
    assert said in compared_sentence({"affected": affected}, 1)


def test_the_sentence_says_why_nothing_can_be_said():
    affected = {"value": None, "low": None, "high": None, "n": 1, "why": "Too few items that both rounds had.", "level": 0.95}
    assert compared_sentence({"affected": affected}, 1) == "Against round 1, nothing can be said yet: too few items that both rounds had."
