"""Which of two models is better, and which of many."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

from components.errors import BadInput
from components.modelling.comparison import compare, rank
from components.modelling.predictions import guesses, likely_metric, scorable, with_truth

RNG = np.random.default_rng(11)


def models(n, only_first, only_second, both=0.7):
    """Truth and two models' predictions, with known chances of who is right alone."""
    kinds = RNG.choice(4, n, p=[both, only_first, only_second, 1 - both - only_first - only_second])
    truth = RNG.integers(0, 3, n)
    first, second = (np.where(np.isin(kinds, right), truth, (truth + 1) % 3) for right in ((0, 1), (0, 2)))
    return truth, first, second


def test_one_comparison_in_full():
    truth, first, second = models(500, 0.15, 0.05)
    found = compare(truth, first, second)
    a, b = (first == truth), (second == truth)
    assert found.difference.value == pytest.approx(a.mean() - b.mean())
    assert found.p_value == pytest.approx(mcnemar(pd.crosstab(a, b), exact=True).pvalue)
    assert found.verdict == "better"
    assert compare(truth, second, first).verdict == "worse"
    assert found.difference.low < found.difference.value < found.difference.high
    assert (found.n, found.first, found.second) == (500, a.mean(), b.mean())


def test_the_same_seed_gives_the_same_interval():
    truth, first, second = models(400, 0.1, 0.1)
    assert compare(truth, first, second, seed=3) == compare(truth, first, second, seed=3)


def test_error_is_lower_the_better():
    truth, first, second = models(500, 0.15, 0.05)
    found = compare(truth, first, second, metric="error")
    assert found.difference.value == pytest.approx(-compare(truth, first, second).difference.value)
    assert found.verdict == "better"


def test_two_that_never_differ_are_equivalent_only_where_there_are_enough_items():
    truth = np.arange(2000) % 3
    said = np.where(np.arange(2000) % 7, truth, 9)
    assert compare(truth, said, said).verdict == "equivalent"
    few = compare(truth[:50], said[:50], said[:50])
    assert few.verdict == "undecided"
    assert (few.difference.value, few.p_value) == (0, 1)
    assert few.difference.high > 0.01
    assert compare(truth[:50], said[:50], said[:50], margin=0.1).verdict == "equivalent"


@pytest.mark.parametrize(("n", "only_first", "only_second"), [(100, 0.05, 0.05), (200, 0.12, 0.06), (600, 0.1, 0.1)])
def test_the_interval_covers_and_equal_models_are_seldom_called_better(n, only_first, only_second):
    tries, held, better = 400, 0, 0
    for seed in range(tries):
        found = compare(*models(n, only_first, only_second), seed=seed)
        held += found.difference.low <= only_first - only_second <= found.difference.high
        better += found.verdict == "better"
    assert 0.93 <= held / tries <= 0.985
    if only_first == only_second:
        assert better / tries <= 0.025 + 2 * np.sqrt(0.025 * 0.975 / tries)


def test_a_metric_with_a_unit_covers_too():
    held, tries = 0, 150
    for seed in range(tries):
        truth = RNG.normal(size=120)
        found = compare(truth, truth + RNG.normal(0, 1, 120), truth + RNG.normal(0, 1.2, 120), seed=seed, metric="MAE")
        held += found.difference.low <= -0.2 * np.sqrt(2 / np.pi) <= found.difference.high
    assert held / tries >= 0.9


def test_many_models_are_ranked_and_every_pair_is_tested():
    truth = RNG.integers(0, 4, 800)
    said = {f"m{rate}": np.where(RNG.random(800) < rate / 100, truth, (truth + 1) % 4) for rate in (60, 95, 80, 79)}
    found = rank(truth, said)
    assert found.models["model"].tolist()[0] == "m95"
    assert found.models["value"].is_monotonic_decreasing
    assert len(found.pairs) == 6
    assert found.pairs["adjusted_p"].to_numpy() == pytest.approx(multipletests(found.pairs["p_value"], method="holm")[1])
    assert found.models["best"].sum() == pytest.approx(1)
    assert found.models["beside"].tolist() == ["", "better", "better", "better"]
    assert rank(truth, said, metric="error").models["model"].tolist() == found.models["model"].tolist()


def test_one_model_alone_is_scored():
    found = rank(["a", "b"], {"ours": ["a", "a"]})
    assert found.models[["value", "n"]].to_numpy().tolist() == [[0.5, 2]]
    assert not len(found.pairs)


@pytest.mark.parametrize(
    ("first", "said"),
    [(["a"], "The truth holds 2 items, “the first” predicts 1"), (["a", None], "“the first” has no prediction for 1 item")],
)
def test_bad_input_is_named(first, said):
    with pytest.raises(BadInput, match=said):
        compare(["a", "b"], first, ["a", "b"])


def test_too_many_or_no_models_are_refused():
    for many in (0, 61):
        with pytest.raises(BadInput, match="can't be ranked"):
            rank(["a", "b"], {str(number): ["a", "b"] for number in range(many)})


FRAME = pd.DataFrame({"item": [1, 2, 3], "gold": ["x", "y", "x"], "ours": ["x", "x", "x"], "one": ["x"] * 3})


@pytest.mark.parametrize(
    ("truth", "names", "said"),
    [
        ("truth", ["ours"], "no column “truth”"),
        ("gold", ["gold"], "“gold” can't be two things"),
        ("one", ["ours"], "Every item's truth is “x”"),
    ],
)
def test_a_table_that_cannot_be_scored(truth, names, said):
    with pytest.raises(BadInput, match=said):
        scorable(FRAME, truth, names)


def test_the_truth_can_come_from_the_data():
    data = pd.DataFrame({"id": ["3", "2", "1", "4"], "label": list("cba") + ["d"]})
    assert with_truth(FRAME.drop(columns="gold"), "item", data, "id", "label")["label"].tolist() == ["a", "b", "c"]
    with pytest.raises(BadInput, match="2 predictions are for items that the data don't hold, such as “2”"):
        with_truth(FRAME, "item", data[data["id"].isin(["1", "4"])], "id", "label")
    with pytest.raises(BadInput, match="The predictions hold “1” twice"):
        with_truth(FRAME.assign(item=1), "item", data, "id", "label")


def test_columns_are_guessed():
    assert guesses(FRAME) == ("item", "gold", ["ours", "one"])
    assert guesses(FRAME[["ours"]]) == ("", "", ["ours"])


@pytest.mark.parametrize(
    ("truth", "metric"),
    [
        (list("abcab"), "accuracy"),
        ([0, 1, 2, 0, 1], "accuracy"),
        ([True, False, True, True, False], "accuracy"),
        ([0.5, 1.0, 2.0, None, 1.0], "R²"),
        (list(range(30)), "R²"),
        ([f"this is line {number}" for number in range(5)], "WER"),
        (["a rather long class"] * 4 + ["another long class"], "accuracy"),
    ],
)
def test_what_predictions_are_first_scored_by_suits_the_truth(truth, metric):
    column = pd.Series(truth)
    assert likely_metric(column, {"ours": column}) == metric


def test_numbers_against_texts_are_no_numbers():
    assert likely_metric(pd.Series([0.5, 1.5]), {"ours": pd.Series(["low", "high"])}) == "accuracy"
