"""Quick models: scikit-learn's own figures, limits that cut off, and what can't be learnt is said."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_breast_cancer, load_diabetes
from sklearn.metrics import r2_score
from sklearn.model_selection import cross_validate
from threadpoolctl import threadpool_limits

from components.errors import BadInput
from components.modelling.quick_models import MODELS, QuickModel, models_for, problem, run, try_all
from components.modelling.quick_models.fitting import cross_validated, failed, fit
from components.modelling.quick_models.intervals import learnt_estimates, score_estimate
from components.modelling.quick_models.pipeline import pipeline

pytestmark = pytest.mark.xdist_group("models")


@pytest.fixture(scope="module")
def cancer():
    frame = load_breast_cancer(as_frame=True).frame.head(300)
    return frame.assign(kind=np.where(frame["mean radius"] > 14, "large", "small")).rename(columns={"target": "label"})


@pytest.fixture(scope="module")
def diabetes():
    return load_diabetes(as_frame=True).frame


@pytest.mark.parametrize("task", ["classification", "regression"])
def test_scores_are_those_of_cross_validate_with_the_same_folds(cancer, diabetes, task):
    frame, target = (cancer, "label") if task == "classification" else (diabetes, "target")
    made = problem(frame, target, seed=3)
    scoring = "accuracy" if task == "classification" else "r2"
    for model in models_for(task):
        with threadpool_limits(1):
            expected = cross_validate(pipeline(model, made, 3), made.features, made.target, cv=made.folds, scoring=scoring)["test_score"]
        assert cross_validated(model, made, 3).scores == pytest.approx(expected, abs=1e-12), model.name


def test_the_leaderboard_is_ordered_and_carries_intervals(cancer):
    board = run(cancer, "label")
    assert board["value"].is_monotonic_decreasing
    assert set(board["name"]) == {model.name for model in models_for("classification")}
    assert (board["low"] <= board["value"]).all()
    assert (board["value"] <= board["high"]).all()
    assert (board["fit_seconds"] > 0).all()
    assert board["value"].iloc[0] > 0.85


def _sleeps(made, seed):
    from tests.modelling.test_quick_models import Sleeper

    return Sleeper()


def _fails(made, seed):
    raise ValueError("no luck\nand more")


def _dies(made, seed):
    import os

    os.kill(os.getpid(), 9)


class Sleeper:
    def get_params(self, deep=True):
        return {}

    def fit(self, x, y):
        import time

        time.sleep(60)


def model(make):
    return QuickModel("odd", "Odd", "classification", make, "for the test")


def test_a_model_that_takes_too_long_is_cut_off_and_the_rest_goes_on(cancer):
    made = problem(cancer, "label")
    quick = models_for("classification")[0]
    slow, after = try_all(made, time_limit=3, models=(model(_sleeps), quick))
    assert slow.fitted.error == "Cut off after 3 s."
    assert slow.estimate.value is None
    assert after.estimate.value is not None


@pytest.mark.parametrize(("make", "sentence"), [(_fails, "ValueError: no luck"), (_dies, "killed before it finished")])
def test_a_model_that_fails_or_dies_says_so(cancer, make, sentence):
    assert sentence in fit(model(make), problem(cancer, "label"), 0, 30).error


def test_intervals_cover_a_new_sample_of_the_same_folds():
    """The interval of a cross-validated accuracy holds the accuracy on fresh rows about 95 times in 100."""
    rng = np.random.default_rng(5)
    covered = 0
    for trial in range(120):
        n = 200
        frame = pd.DataFrame({"x": rng.normal(size=n), "label": rng.integers(0, 2, n)})
        made = problem(frame, "label", seed=trial)
        right = rng.random(n) < 0.8
        predictions = np.where(right, made.target, np.where(made.target == "0", "1", "0"))
        scores = np.array([(predictions[test] == made.target[test]).mean() for _, test in made.folds])
        fitted = replace(failed(""), scores=scores, predictions=predictions)
        estimate = score_estimate(made, fitted, seed=trial)
        covered += estimate.low <= 0.8 <= estimate.high
    assert 0.89 <= covered / 120 <= 1.0


def frame(**columns):
    return pd.DataFrame(columns)


@pytest.mark.parametrize(
    ("table", "target", "sentence"),
    [
        (frame(x=[1.0, 2.0, 3.0], y=["a", "b", "a"]), "z", "no column “z”"),
        (frame(x=[1.0, 2.0, 3.0], y=["a", "a", "a"]), "y", "a single value"),
        (frame(x=[1.0, 2.0, 3.0], y=[np.nan, np.nan, np.nan]), "y", "missing in every row"),
        (frame(x=range(8), y=[f"name {i}" for i in range(8)]), "y", "text or a key, not a class"),
        (frame(x=[1.0] * 6, y=list("aabbab")), "y", "No column is left"),
        (frame(x=[1.0, 2.0, 3.0], y=[0.1, 0.7, 2.9]), "y", "too few to hold any back"),
        (frame(x=[1.0, 2.0, 3.0, 4.0], y=["a", "a", "a", "b"]), "y", "Only one class"),
        (frame(x=[1.0, 2.0], y=pd.to_datetime(["2024-01-01", "2024-02-01"])), "y", "is a time"),
    ],
)
def test_what_cannot_be_learnt_is_said(table, target, sentence):
    with pytest.raises(BadInput, match=sentence):
        problem(table, target)


def test_what_is_left_out_is_said():
    n = 40
    table = frame(
        id=range(100, 100 + n),
        text=[f"a long remark number {i}" for i in range(n)],
        size=[np.inf if i == 3 else float(i % 7) for i in range(n)],
        colour=["red", "blue"] * (n // 2),
        same=["x"] * n,
        y=["a", "b"] * 18 + [None, None, "c", "a"],
    )
    made = problem(table, "y")
    said = " ".join(made.notes)
    for part in (
        "2 rows without a target",
        "class with a single example left out: c",
        "id left out: it numbers the rows",
        "text read as text: its words",
    ):
        assert part in said
    assert "1 infinite cell treated as missing" in said
    assert list(made.features.columns) == ["text", "size", "colour"]
    assert made.texts == ("text",)
    assert "c" not in made.target


def test_folds_are_fewer_where_a_class_is_rare_and_that_is_said():
    made = problem(frame(x=np.arange(30.0) % 4, y=["a"] * 27 + ["b"] * 3), "y")
    assert len(made.folds) == 3
    assert "3 folds instead of 5" in " ".join(made.notes)


def test_groups_are_never_torn_and_more_folds_than_groups_are_said():
    groups = np.repeat(list("abcdefgh"), 10)
    table = frame(x=np.arange(80.0) % 9, who=groups, y=["a", "b"] * 40)
    made = problem(table, "y", group="who")
    assert made.order == "grouped"
    assert "keep groups together" in made.convention
    assert list(made.features.columns) == ["x"]
    for train, test in made.folds:
        assert not set(groups[train]) & set(groups[test])
    few = problem(table[table["who"].isin(["a", "b", "c"])], "y", group="who")
    assert len(few.folds) == 3
    assert "3 folds instead of 5: there are 3 groups in “who”." in few.notes
    with pytest.raises(BadInput, match="belong to one group"):
        problem(table[table["who"] == "a"], "y", group="who")
    regression = problem(table.assign(y=np.linspace(0, 1, 80)), "y", group="who")
    assert all(not set(groups[train]) & set(groups[test]) for train, test in regression.folds)


def test_folds_in_time_learn_from_what_came_before():
    when = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.random.default_rng(1).permutation(60), unit="D")
    table = frame(x=np.arange(60.0) % 7, day=when, who=np.repeat(list("abcdef"), 10), y=["a", "b"] * 30)
    made = problem(table, "y", time="day")
    assert made.order == "by time"
    for train, test in made.folds:
        assert when[train].max() < when[test].min()
    assert made.tested == 50
    assert "The oldest 10 rows are only learnt from." in made.notes
    fitted = cross_validated(models_for("classification")[0], made, 0)
    assert sum(one is None for one in fitted.predictions) == 10
    assert score_estimate(made, fitted).n == 50
    both = problem(table, "y", time="day", group="who")
    for train, test in both.folds:
        assert not set(table["who"].iloc[train]) & set(table["who"].iloc[test])
    with pytest.raises(BadInput, match="can be read as a time"):
        problem(table.assign(day="never"), "y", time="day")
    with pytest.raises(BadInput, match="no column “moment”"):
        problem(table, "y", time="moment")


def test_text_is_learnt_from_by_its_words_even_where_these_are_emoji():
    good, bad = (
        ["🙂 🙂 well done", "a fine day ☀️ today", "très bien 👍 merci"],
        ["😡 not again this", "a bad ☔ night out", "vraiment nul 👎 ça"],
    )
    texts = [f"{one} {number}" for number in range(12) for one in good + bad]
    made = problem(frame(remark=texts, y=(["good"] * 3 + ["bad"] * 3) * 12), "y")
    assert made.texts == ("remark",)
    for quick in one_of_each()[1:]:
        assert cross_validated(quick, made, 0).scores.mean() > 0.75, quick.name
    assert cross_validated(one_of_each()[0], made, 0).scores.mean() <= 0.5


def test_five_thousand_columns_are_learnt_from():
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.normal(size=(60, 5000))).add_prefix("c")
    made = problem(table.assign(y=np.where(table["c7"] > 0, "a", "b")), "y", folds=2)
    assert made.features.shape == (60, 5000)
    for quick in one_of_each()[:2]:
        assert np.isfinite(cross_validated(quick, made, 0).scores).all()


def _hoards(made, seed):
    import time

    return [bytearray(50_000_000) for _ in range(8)] and time.sleep(60)


def test_a_model_that_takes_too_much_memory_is_cut_off(cancer):
    assert "it took more than 100 MB" in fit(model(_hoards), problem(cancer, "label"), 0, 30, memory_limit=100).error


def test_probabilities_stand_beside_what_was_predicted(cancer):
    made = problem(cancer, "kind")
    for quick in one_of_each():
        found = cross_validated(quick, made, 0)
        right = found.predictions == made.target
        assert found.certainty[right] == pytest.approx(found.of_truth[right])
        assert (found.of_truth[~right] <= 0.5).all()


def test_a_model_is_asked_too_about_rows_that_it_learnt_from(cancer):
    made = problem(cancer, "kind")
    for quick in one_of_each():
        found = cross_validated(quick, made, 0)
        if quick.trivial:
            assert learnt_estimates(made, found) is None
            continue
        (train, _), (_, seen) = made.folds[1], made.folds[0]
        fitted = pipeline(quick, made, 0).fit(made.features.iloc[train], made.target[train])
        assert found.learnt[seen].tolist() == (fitted.predict(made.features.iloc[seen]) == made.target[seen]).tolist()
        accuracy, more = learnt_estimates(made, found)
        assert accuracy.n == more.n == made.tested
        assert accuracy.value - more.value == pytest.approx((found.predictions == made.target).mean(), abs=1e-12)
        assert more.low <= more.value <= more.high
    assert accuracy.value > 0.95


def test_in_time_only_rows_of_the_past_were_learnt_from(cancer):
    made = problem(cancer.assign(day=np.arange(len(cancer))), "kind", time="day")
    asked = ~np.isnan(cross_validated(next(one for one in models_for("classification") if one.scaled), made, 0).learnt)
    assert asked[np.concatenate([test for _, test in made.folds[:-1]])].all()
    assert not asked[made.folds[-1][1]].any()


def test_every_row_is_held_back_once_and_never_trained_on_then():
    made = problem(frame(x=np.arange(50.0) % 9, y=["a", "b"] * 25), "y")
    held = np.concatenate([test for _, test in made.folds])
    assert sorted(held) == list(range(50))
    assert all(not set(train) & set(test) for train, test in made.folds)


def test_names_are_unique_within_a_task():
    names = [(one.task, one.name) for one in MODELS]
    assert len(set(names)) == len(names)


def one_of_each():
    """The models between which preprocessing differs: none, scaled and sparse, few columns."""
    return [one for one in models_for("classification") if one.name in {"dummy_prior", "logistic_regression", "hist_gradient_boosting"}]


def numbered(count=60):
    return np.random.default_rng(2).permutation(np.arange(500, 500 + count))


@pytest.mark.parametrize(
    ("column", "note"),
    [
        (numbered(), "odd left out: it numbers the rows"),
        (np.sort(numbered())[::-1], "odd left out: it numbers the rows"),
        ([None] * 60, "odd left out: empty"),
        ([[1, 2]] * 60, "odd left out: lists or records"),
        ([{"a": 1}] * 60, "odd left out: lists or records"),
        (pd.array([True, False, None] * 20, dtype="boolean"), ""),
        (pd.Series([True, False, None] * 20, dtype=object), ""),
        (pd.Series([1, "one", 2.5] * 20, dtype=object), ""),
        (pd.Categorical(["a", "b", None] * 20), ""),
        (pd.array([1, None, 3] * 20, dtype="Int64"), ""),
        (np.random.default_rng(3).integers(0, 10**9, 60), ""),
    ],
)
def test_odd_columns_are_learnt_from_or_left_out_with_the_reason(column, note):
    made = problem(frame(odd=column, size=np.arange(60.0) % 7, y=["a", "b"] * 30), "y")
    assert note in " ".join(made.notes)
    assert ("odd" in made.features) == (not note)
    for quick in one_of_each():
        assert np.isfinite(cross_validated(quick, made, 0).scores).all()


def test_columns_without_names_are_called_by_their_number():
    table = pd.DataFrame(np.column_stack([np.arange(40) % 5, np.arange(40) % 3, np.arange(40) % 2]))
    assert list(problem(table, "2").features.columns) == ["0", "1"]


def test_a_target_that_is_not_finite_is_left_out_and_said():
    made = problem(frame(x=np.arange(60.0) % 7, y=[np.inf, -np.inf, np.nan, *np.linspace(0, 1, 57)]), "y")
    assert made.task == "regression"
    assert len(made.target) == 57
    assert "3 rows without a finite target left out." in made.notes


def test_intervals_of_r_squared_cover_what_the_same_predictions_reach_on_fresh_rows():
    """Predictions of known quality: the interval on 200 rows holds the R² of the population about 95 times in 100."""
    rng = np.random.default_rng(6)
    covered = 0
    for trial in range(150):
        signal = rng.normal(size=200)
        made = problem(frame(x=signal, y=signal + rng.normal(size=200)), "y", seed=trial)
        scores = np.array([r2_score(made.target[test], signal[test]) for _, test in made.folds])
        estimate = score_estimate(made, replace(failed(""), scores=scores, predictions=signal), seed=trial)
        covered += estimate.low <= 0.5 <= estimate.high
    assert 0.88 <= covered / 150 <= 1.0


@pytest.mark.parametrize("rows", [4, 10, 200])
def test_an_interval_of_r_squared_holds_its_own_value(rows):
    values = np.random.default_rng(rows).exponential(size=rows)
    made = problem(frame(x=np.arange(float(rows)) % 3, y=values), "y")
    for quick in models_for("regression"):
        estimate = score_estimate(made, cross_validated(quick, made, 0))
        assert estimate.low <= estimate.value <= estimate.high, quick.name


def test_the_interval_of_a_constant_is_not_below_its_value(diabetes):
    made = problem(diabetes, "target")
    mean = next(quick for quick in models_for("regression") if quick.name == "dummy_mean")
    estimate = score_estimate(made, cross_validated(mean, made, 0))
    assert estimate.low < estimate.value < estimate.high
