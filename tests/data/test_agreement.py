"""Agreement: published values, independent packages, intervals that cover, and clear sentences."""

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

from components.data.agreement import agreement
from components.data.agreement_details import cohen
from components.data.disagreement import alpha_estimate
from components.data.weighted import weighted
from components.errors import BadInput
from components.stats.label_counts import label_counts

# Krippendorff (2011), the 4 observers × 12 units example; * is missing
MATRIX = ["1 2 3 3 2 1 4 1 2 * * *", "1 2 3 3 2 2 4 1 2 5 * 3", "* 3 3 3 2 3 4 2 2 5 1 *", "1 2 3 3 2 4 4 1 2 5 1 *"]


def long(matrix, names="abcdefghijklmnopqrstuvwxyz"):
    """Turn annotators × items, with NaN where missing, into a long table."""
    rows = [(item, names[a], value) for a, row in enumerate(matrix) for item, value in enumerate(row) if not pd.isna(value)]
    return pd.DataFrame(rows, columns=["item", "annotator", "label"])


def published():
    return [[np.nan if cell == "*" else float(cell) for cell in row.split()] for row in MATRIX]


@pytest.mark.parametrize(("level", "value"), [("nominal", 0.7434), ("ordinal", 0.8154), ("interval", 0.8491), ("ratio", 0.7974)])
def test_krippendorffs_own_example(level, value):
    found = agreement(long(published()), level)
    assert found.alpha.value == pytest.approx(value, abs=5e-5)
    assert found.alpha.low < value < found.alpha.high


designs = st.integers(0, 10_000).map(np.random.default_rng)


def random_design(rng):
    """A crowd's labels with a quarter of them missing, annotators × items, or nothing where nobody can be compared."""
    annotators, items, labels = rng.integers(2, 7), rng.integers(3, 40), rng.integers(2, 7)
    truth = rng.integers(1, labels + 1, items)
    matrix = np.where(rng.random((annotators, items)) < rng.uniform(0.1, 0.9), truth, rng.integers(1, labels + 1, (annotators, items)))
    matrix = np.where(rng.random(matrix.shape) < 0.25, np.nan, matrix)
    pairable = matrix[:, (~np.isnan(matrix)).sum(axis=0) >= 2]
    return matrix if len(np.unique(pairable[~np.isnan(pairable)])) > 1 else None


def test_alpha_is_the_one_of_the_krippendorff_package_on_500_designs():
    rng, compared = np.random.default_rng(500), 0
    while compared < 500:
        matrix = random_design(rng)
        if matrix is None:
            continue
        coded = label_counts(long(matrix), numeric=True)
        for level in ("nominal", "ordinal", "interval", "ratio"):
            found = alpha_estimate(coded.counts, coded.labels.astype(float), level).value
            assert found == pytest.approx(krippendorff.alpha(matrix, level_of_measurement=level), abs=1e-9), level
        compared += 1


def test_fleiss_and_cohen_are_those_of_statsmodels_on_500_designs():
    """Fleiss on designs that are complete, which the package needs; Cohen on the items that two annotators share."""
    rng, compared = np.random.default_rng(501), 0
    while compared < 500:
        matrix = random_design(rng)
        if matrix is None:
            continue
        two = matrix[:2][:, ~np.isnan(matrix[:2]).any(axis=0)].astype(int)
        whole = np.where(np.isnan(matrix), 1, matrix)
        if two.shape[1] < 2 or len(np.unique(two)) < 2 or len(np.unique(whole)) < 2:
            continue
        table = np.zeros((7, 7))
        np.add.at(table, (two[0], two[1]), 1)
        assert cohen(two[0], two[1], 7) == pytest.approx(cohens_kappa(table, return_results=False), abs=1e-9)
        counts = label_counts(long(whole)).counts
        assert weighted(label_counts(long(whole)), "identity").fleiss.value == pytest.approx(fleiss_kappa(counts), abs=1e-9)
        compared += 1


def test_the_prevalence_paradox_is_explained():
    rows = [[0.0] * 98 + [0.0, 1.0], [0.0] * 98 + [1.0, 0.0]]
    found = agreement(long(rows))
    assert found.percent.value == pytest.approx(0.98)
    assert found.alpha.value == pytest.approx(-0.005, abs=0.01)
    assert found.ac1.value == pytest.approx(0.98, abs=0.005)
    assert "chance alone" in found.why


def test_alpha_that_weighs_distances_is_told_from_ac1_in_other_words():
    near = long([[1.0, 2, 3, 4, 5] * 6, [1.0, 2, 3, 5, 4] * 6])
    assert "how far labels lie apart" in agreement(near, "interval").why
    assert "apart" not in agreement(near).why


def test_where_nearly_nobody_agrees_prevalence_is_no_explanation():
    found = agreement(table((1, "a", "x"), (1, "b", "y"), (2, "b", "x")))
    assert "chance alone" not in found.why


def test_when_all_agree_the_lower_limit_is_the_rule_of_threes():
    found = agreement(long([[0.0, 1.0] * 15, [0.0, 1.0] * 15]))
    assert found.alpha.value == 1
    assert found.percent.low == pytest.approx(1 - 0.0950, abs=0.001)
    assert found.alpha.low == pytest.approx(1 - 0.0950 / 0.5, abs=0.001)
    assert "unanimous" in found.alpha.why


def test_everybody_giving_one_label_leaves_alpha_undefined():
    found = agreement(long([[1.0] * 10, [1.0] * 10]))
    assert found.alpha.value is None
    assert found.band is None
    assert "same label" in found.why


@pytest.mark.parametrize(("noise", "band"), [(0.0, "good"), (0.09, "tentative"), (0.5, "too low")])
def test_the_band_follows_the_lower_limit(noise, band):
    rng = np.random.default_rng(3)
    truth = rng.integers(0, 4, 300)
    matrix = [np.where(rng.random(300) < noise, rng.integers(0, 4, 300), truth).astype(float) for _ in range(3)]
    found = agreement(long(matrix))
    assert found.band == band
    limits = {"good": (0.8, 1.01), "tentative": (0.667, 0.8), "too low": (-1, 0.667)}[band]
    assert limits[0] <= found.alpha.low < limits[1]


def test_too_low_needs_both_alpha_and_ac1():
    rare = agreement(long([[0.0] * 98 + [0.0, 1.0], [0.0] * 98 + [1.0, 0.0]]))
    assert rare.band == "too low"
    assert not rare.too_low
    rng = np.random.default_rng(1)
    assert agreement(long(rng.integers(0, 3, (3, 60)).astype(float))).too_low


def test_the_interval_covers():
    """95 % intervals of α, from many samples of one population, hold its value about 95 times in 100."""
    rng = np.random.default_rng(7)

    def sample(items):
        truth = rng.integers(0, 3, items)
        return [np.where(rng.random(items) < 0.25, rng.integers(0, 3, items), truth).astype(float) for _ in range(4)]

    population = agreement(long(sample(30_000))).alpha.value
    intervals = [agreement(long(sample(100)), seed=trial).alpha for trial in range(200)]
    covered = np.mean([e.low <= population <= e.high for e in intervals])
    assert 0.90 <= covered <= 0.99


def test_details_by_label_pair_and_annotator():
    rows = [(item, name, "a" if item % 2 else "b") for item in range(40) for name in ("x", "y")]
    rows += [(item, "z", "a") for item in range(40)]
    found = agreement(pd.DataFrame(rows, columns=["item", "annotator", "label"]))
    assert found.per_annotator["annotator"].iloc[0] == "z"
    assert found.per_annotator.set_index("annotator").loc["z", "agrees"] == 0.5
    pair = found.per_pair.set_index(["first", "second"]).loc[("x", "y")]
    assert (pair["percent"], pair["cohen"]) == (1.0, 1.0)
    assert set(found.per_label["label"]) == {"a", "b"}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([(1, "a", "x"), (2, "a", "y")], "by one annotator"),
        ([(1, "a", "x"), (2, "b", "y")], "No item was labelled by two"),
    ],
)
def test_what_cannot_be_compared_is_said(rows, sentence):
    with pytest.raises(BadInput, match=sentence):
        agreement(pd.DataFrame(rows, columns=["item", "annotator", "label"]))


def table(*rows):
    return pd.DataFrame(rows, columns=["item", "annotator", "label"])


def every_number(found):
    """Every number that an agreement holds."""
    for estimate in (found.percent, found.cohen, found.fleiss, found.alpha, found.ac1):
        yield from (value for value in (estimate.value, estimate.low, estimate.high) if value is not None)


@settings(max_examples=150)
@given(
    st.dictionaries(st.tuples(st.integers(0, 6), st.sampled_from("abcd")), st.sampled_from(["1", "2", "3", "NA", None]), min_size=1),
    st.sampled_from(["nominal", "ordinal", "interval", "ratio"]),
)
def test_whatever_is_brought_is_measured_in_finite_numbers_or_refused_in_a_sentence(answers, level):
    frame = table(*[(item, annotator, label) for (item, annotator), label in answers.items()])
    try:
        found = agreement(frame, level)
    except BadInput as refused:
        assert refused.what.endswith("."), refused  # noqa: PT017 - whether it is refused depends on the draw
        return
    assert np.isfinite(list(every_number(found))).all()
    for estimate in (found.percent, found.cohen, found.fleiss, found.alpha, found.ac1):
        assert estimate.value is not None or estimate.why
        assert estimate.low is None or estimate.low <= estimate.high
    assert found.percent.low is None or 0 <= found.percent.low <= found.percent.value <= found.percent.high <= 1


@settings(max_examples=40)
@given(designs)
def test_names_and_order_don_t_matter(rng):
    matrix = rng.integers(0, 3, (3, 25)).astype(float)
    matrix[rng.random(matrix.shape) < 0.2] = np.nan
    frame = long(matrix)
    renamed = frame.sample(frac=1, random_state=1)
    renamed = renamed.assign(item="image " + renamed["item"].astype(str), label=renamed["label"].map({0.0: "z", 1.0: "y", 2.0: "x"}))
    one, two = agreement(frame), agreement(renamed)
    for measure in ("percent", "fleiss", "alpha", "ac1"):
        assert getattr(one, measure).value == pytest.approx(getattr(two, measure).value, abs=1e-12)


def test_the_same_seed_gives_the_same_interval_and_another_one_nearly_the_same():
    rng = np.random.default_rng(2)
    frame = long(rng.integers(0, 2, (3, 400)).astype(float))
    one, same, other = (agreement(frame, seed=seed).alpha for seed in (5, 5, 6))
    assert one == same
    assert one.low != other.low
    assert one.low == pytest.approx(other.low, abs=0.03)


@pytest.mark.parametrize("spelling", ["", "NA", "nan", "null", "None", None, np.nan])
def test_a_missing_label_changes_nothing_however_it_is_spelt(spelling):
    rows = [(item, name, "xy"[(item + shift) % 2 if item % 4 == 0 else item % 2]) for item in range(12) for shift, name in enumerate("ab")]
    without, with_missing = agreement(table(*rows)), agreement(table(*rows, (0, "c", spelling), (99, "a", spelling)))
    assert with_missing.alpha == without.alpha
    assert (with_missing.items, with_missing.annotators, with_missing.judgements) == (12, 2, 24)


def test_one_item_has_values_but_no_band():
    found = agreement(table((1, "a", "x"), (1, "b", "y"), (1, "c", "x")))
    assert found.percent.value == pytest.approx(1 / 3)
    assert found.band is None
    assert "Too few items" in found.why


def test_no_two_alike_has_the_rule_of_threes_upper_limit():
    found = agreement(long([[0.0, 1.0] * 15, [1.0, 0.0] * 15]))
    assert (found.percent.value, found.percent.low) == (0.0, 0.0)
    assert found.percent.high == pytest.approx(0.0950, abs=0.001)


def test_cohen_is_for_two_and_says_so_for_more():
    three = agreement(long([[0.0, 1.0, 1.0], [0.0, 1.0, 0.0], [0.0, 1.0, 1.0]]))
    assert three.cohen.value is None
    assert "two annotators" in three.cohen.why


def test_levels_differ_where_labels_lie_apart():
    near = agreement(long([[1.0, 2, 3, 4, 5] * 6, [1.0, 2, 3, 5, 4] * 6]), "interval").alpha.value
    names = agreement(long([[1.0, 2, 3, 4, 5] * 6, [1.0, 2, 3, 5, 4] * 6]), "nominal").alpha.value
    assert near > names + 0.2


def test_huge_numbers_do_not_overflow():
    matrix = np.array([[1.0, 9, 2, 8], [1, 9, 3, 8]])
    large, small = (agreement(long(matrix * scale), "interval").alpha.value for scale in (1e300, 1))
    assert large == pytest.approx(small, abs=1e-12)


def test_ratio_needs_labels_that_are_not_below_zero():
    with pytest.raises(BadInput, match="below zero"):
        agreement(table((1, "a", -1), (1, "b", 1), (2, "a", 2), (2, "b", 2)), "ratio")


def test_ordinal_with_many_labels_is_nearly_what_few_give():
    """Beyond 30 labels distances are taken from all labels together; the value is the same."""
    rng = np.random.default_rng(4)
    truth = rng.integers(0, 45, 400)
    matrix = [np.clip(truth + rng.integers(-3, 4, 400), 0, 44).astype(float) for _ in range(3)]
    expected = krippendorff.alpha(np.array(matrix), level_of_measurement="ordinal")
    found = agreement(long(matrix), "ordinal").alpha
    assert found.value == pytest.approx(expected, abs=1e-9)
    assert found.low < expected < found.high


def test_there_is_no_fifth_level():
    with pytest.raises(ValueError, match="level must be one of"):
        agreement(table((1, "a", 1), (1, "b", 1)), "royal")


def test_confusion_names_what_is_mixed_up_most():
    found = agreement(long([list("nnbnc"), list("bnbbb")]))
    assert found.confusion.iloc[0].tolist() == ["b", "n", 2, pytest.approx(2 / 3)]
    assert len(found.confusion) == 2


def test_pairs_of_a_large_crowd_are_those_who_labelled_most(monkeypatch):
    monkeypatch.setattr("components.data.agreement_details.MOST_ANNOTATORS", 2)
    rows = [(item, name, "x" if item % 3 else "y") for item in range(9) for name in "ab"] + [(0, "c", "y"), (1, "d", "x")]
    assert agreement(table(*rows)).per_pair[["first", "second"]].to_numpy().tolist() == [["a", "b"]]


def test_per_pair_is_cohen_of_the_shared_items():
    rng = np.random.default_rng(9)
    matrix = rng.integers(0, 3, (3, 60)).astype(float)
    matrix[rng.random(matrix.shape) < 0.3] = np.nan
    found = agreement(long(matrix)).per_pair.set_index(["first", "second"])
    for (a, first), (b, second) in ((("a", matrix[0]), ("b", matrix[1])), (("b", matrix[1]), ("c", matrix[2]))):
        both = ~np.isnan(first) & ~np.isnan(second)
        counts = np.zeros((3, 3))
        np.add.at(counts, (first[both].astype(int), second[both].astype(int)), 1)
        assert found.loc[(a, b), "cohen"] == pytest.approx(cohens_kappa(counts).kappa, abs=1e-9)
        assert found.loc[(a, b), "items"] == both.sum()


def test_a_label_that_nobody_mistakes_has_the_rule_of_threes_limit():
    found = agreement(long([list("aabb") * 10 + ["c", "d"] * 10, list("aabb") * 10 + ["d", "c"] * 10])).per_label.set_index("label")
    share = 40 / 120
    assert found.loc["a", "alpha"] == 1
    assert found.loc["a", "low"] == pytest.approx(1 - (1 - 0.05 ** (1 / 60)) / (2 * share * (1 - share)), abs=1e-9)
    assert found.loc["c", "high"] < 1


def test_few_items_of_another_label_are_said():
    rare = [[0.0] * 37 + [1.0, 1.0, 0.0], [0.0] * 37 + [1.0, 0.0, 1.0]]
    assert "Only 3 items of 40 hold another label than “0”" in agreement(long(rare)).why
    assert "hold another label" not in agreement(long([[0.0, 1.0] * 20, [0.0, 1.0] * 19 + [1.0, 0.0]])).why


def test_few_shared_items_are_said():
    rows = [(item, "a", "xy"[item % 2]) for item in range(90)] + [(item, "b", "xy"[item % 2]) for item in range(80, 120)]
    found = agreement(table(*rows))
    assert (found.shared, found.disputed) == (10, 0)
    assert "Only 10 of 120 items have two labels" in found.why


@pytest.mark.parametrize(
    ("labels", "said"),
    [(["Cat", "cat ", "dog"], "“Cat” and “cat” count as two labels"), (["3", "cat", "cat"], "Labels mix numbers and words (“3”, “cat”)")],
)
def test_labels_that_may_not_be_meant_are_said(labels, said):
    rows = [(item, who, labels[(item + (who == "b" and item % 7 == 0)) % 3]) for item in range(60) for who in "ab"]
    assert said in agreement(table(*rows)).why


def test_labels_of_two_types_are_one_label_where_they_say_the_same():
    rows = [(item, who, [1, "1", 1.0, "1.0"][n] if item % 3 else "2") for item in range(30) for n, who in enumerate("abcd")]
    found = agreement(table(*rows))
    assert list(found.coded.labels) == ["1", "2"]
    assert found.percent.value == 1


def test_a_column_in_which_nearly_every_cell_differs_is_asked_about():
    rows = [(item, who, f"note {item}{who if item % 5 == 0 else ''}") for item in range(40) for who in "ab"]
    assert "is that the column of labels?" in agreement(table(*rows)).why
    assert "is that" not in agreement(table(*[(item, who, f"note {item}") for item in range(9) for who in "ab"])).why
