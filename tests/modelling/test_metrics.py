"""Every metric against scikit-learn, and its convention in words."""

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics as theirs

from components.errors import BadInput
from components.modelling.metrics import BY_CODE, METRICS, metric_of, sides

RNG = np.random.default_rng(5)
TRUTH = pd.Series(RNG.choice(list("abc"), 400, p=[0.6, 0.3, 0.1]))
SAID = TRUTH.where(RNG.random(400) < 0.7, RNG.choice(list("abcd"), 400))
Y = pd.Series(RNG.normal(5, 2, 300))
P = Y + RNG.normal(0, 1, 300)
EXPECTED = {
    "accuracy": lambda: theirs.accuracy_score(TRUTH, SAID),
    "error": lambda: 1 - theirs.accuracy_score(TRUTH, SAID),
    "balanced accuracy": lambda: theirs.recall_score(TRUTH, SAID, labels=list("abc"), average="macro"),
    "macro F1": lambda: theirs.f1_score(TRUTH, SAID, average="macro"),
    "precision": lambda: theirs.precision_score(TRUTH, SAID, labels=["b"], average=None)[0],
    "recall": lambda: theirs.recall_score(TRUTH, SAID, labels=["b"], average=None)[0],
    "F1": lambda: theirs.f1_score(TRUTH, SAID, labels=["b"], average=None)[0],
    "MAE": lambda: theirs.mean_absolute_error(Y, P),
    "RMSE": lambda: theirs.root_mean_squared_error(Y, P),
    "R²": lambda: theirs.r2_score(Y, P),
}


def scored(code, truth, said, positive=None):
    metric = metric_of(code)
    both = sides(metric, truth, {"ours": said}, positive)["ours"]
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(metric.value(metric.figures(both).sum(axis=0)[None, :])[0])


@pytest.mark.parametrize("code", EXPECTED)
def test_as_scikit_learn_has_it(code):
    truth, said = (Y, P) if BY_CODE[code].kind == "numbers" else (TRUTH, SAID)
    assert scored(code, truth, said, "b") == pytest.approx(EXPECTED[code](), abs=1e-12)


def test_texts_are_normalised():
    assert scored("WER", pd.Series(["A b.", "c"]), pd.Series(["a b", "d"])) == pytest.approx(1 / 3)
    assert scored("CER", pd.Series(["Ab", "c"]), pd.Series(["ab", "d"])) == pytest.approx(1 / 3)


def test_every_metric_is_listed_once_and_written_out():
    assert len(BY_CODE) == len(METRICS) >= 12
    assert {*EXPECTED, "WER", "CER"} == set(BY_CODE)
    for metric in METRICS:
        sentence = metric.convention("yes")
        assert metric.direction in sentence
        assert metric.range in sentence
        assert metric.averaging in sentence
        assert ("“yes”" in sentence) == metric.needs_positive


def test_whole_numbers_and_their_texts_are_one_label():
    assert scored("accuracy", pd.Series([1, 2, 3]), pd.Series(["1", "2.0", "4"])) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("code", "truth", "said", "positive", "expected"),
    [
        ("accuracy", [1, None, 2], [1, 1, 2], None, "The truth is missing for 1 item, row 2"),
        ("accuracy", [1, 2, 2], [1, None, None], None, "“ours” has no prediction for 2 items, such as row 2"),
        ("accuracy", ["a", "b"], ["a", "NA"], None, "“ours” has no prediction for 1 item, row 2"),
        ("MAE", [1.0, 2.0], ["1", "cat"], None, "“ours” holds “cat” in row 2"),
        ("F1", ["a", "b"], ["a", "b"], None, "needs a positive class"),
        ("F1", ["a", "b"], ["a", "b"], "c", "No item's truth is “c”"),
        ("macro F1", range(300), range(300), None, "300 classes are too many"),
    ],
)
def test_what_cannot_be_scored_is_named(code, truth, said, positive, expected):
    with pytest.raises(BadInput, match=expected):
        scored(code, pd.Series(truth), pd.Series(said), positive)


def test_an_unknown_metric_is_refused_with_those_there_are():
    with pytest.raises(BadInput, match=r"no metric “auc”.*accuracy, error"):
        metric_of("auc")
    assert metric_of(" macro f1 ").code == "macro F1"
