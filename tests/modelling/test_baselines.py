"""What must be beaten: comparable results ranked, the others apart with the reason."""

import pytest
from pydantic import ValidationError

from components.modelling.baselines import comparison, metric_of, people_band
from components.modelling.charts import baselines_chart
from components.modelling.records import Baseline, Entry, HumanLevelRun, Leaderboard, ModelComparison
from components.modelling.wording import baselines_answer, board_notes, on_another_scale, people_answer, progress_answer
from components.stats.estimate import Estimate
from components.theme import LIGHT


def entry(title, value, trivial=False, error=""):
    estimate = Estimate(value, None if value is None else value - 0.01, None if value is None else value + 0.01, 500)
    return Entry(name=title, title=title, trivial=trivial, estimate=estimate.to_dict(), fit_seconds=1, memory_megabytes=1, error=error)


def board(*entries, metric="accuracy"):
    return Leaderboard(
        data_version="v",
        target="y",
        task="classification",
        metric=metric,
        convention="Mean.",
        folds=5,
        seed=0,
        n=500,
        notes=[],
        models=list(entries),
        planned=len(entries),
        finished=True,
    )


def run(value=0.98, low=0.97, high=0.99):
    accuracy = Estimate(value, low, high, 100).to_dict()
    return HumanLevelRun(label_set="l", accuracy=accuracy, per_annotator=[], ties=0, items=100, judgements=300, against="gold")


def test_comparable_results_are_ranked_and_the_best_is_marked():
    mine = Baseline(name="Rules", value=0.96, n=400, comparable=True)
    table = comparison(board(entry("Boosting", 0.95), entry("Guess", 0.1, trivial=True)), [mine])
    assert list(table["name"]) == ["Rules", "Boosting", "Guess"]
    assert list(table["role"]) == ["highlight", "other", "other"]
    assert table["low"].iloc[0] < 0.96 < table["high"].iloc[0]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"comparable": False}, "other data"),
        ({"comparable": False, "why_not": "no test set named"}, "no test set named"),
        ({"metric": "F1"}, "its metric is F1"),
        ({"status": "failed to reproduce"}, "failed to reproduce"),
        ({"direction": "lower"}, "of its accuracy, lower is better"),
    ],
)
def test_what_cannot_be_compared_stands_apart_with_the_reason(changes, reason):
    better = Baseline(**{"name": "Claim", "value": 0.999, "comparable": True, "n": 100, **changes})
    table = comparison(board(entry("Boosting", 0.95)), [better])
    assert list(table["name"]) == ["Boosting", "Claim"]
    assert table["role"].iloc[1] == "not comparable"
    assert table["note"].iloc[1] == reason


def test_a_model_that_failed_is_not_ranked():
    table = comparison(board(entry("Boosting", 0.95), entry("Broken", None, error="Cut off")))
    assert list(table["name"]) == ["Boosting"]


def test_people_are_no_benchmark_on_structured_data():
    band, why = people_band(True, board(entry("Boosting", 0.95)), run())
    assert band is None
    assert "no benchmark for structured data" in why


def test_people_and_models_need_the_same_metric():
    band, why = people_band(False, board(entry("Ridge", 0.5), metric="R²"), run())
    assert band is None
    assert "R²" in why
    assert people_band(False, board(entry("Boosting", 0.95)), run())[0].value == 0.98
    assert people_band(False, None, None)[1] == "How good people are isn't measured yet."


def test_the_answer_names_the_best_and_people():
    answer = baselines_answer(board(entry("Gradient boosting", 0.972)), "Gradient boosting", 0.972, Estimate(0.984))
    assert answer == "97.2 %, reached by gradient boosting. People reach 98.4 %."


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (Estimate(0.999, 0.995, 1.0), "beyond them"),
        (Estimate(0.9, 0.88, 0.92), "not there yet"),
        (Estimate(0.985, 0.96, 0.995), "can't be told from them"),
    ],
)
def test_whether_we_are_there_follows_from_the_intervals(model, said):
    ours = Entry(name="m", title="m", trivial=False, estimate=model.to_dict(), fit_seconds=1, memory_megabytes=1)
    assert said in people_answer(run(), ours)


def test_what_was_measured_by_another_metric_is_named_and_not_drawn():
    claim = Baseline(name="Claim", value=0.31, metric="F1")
    table = comparison(board(entry("Boosting", 0.95)), [claim])
    assert on_another_scale(table, "accuracy") == "Not on this scale: Claim (F1 .31)."
    drawn = baselines_chart(table, LIGHT).to_json()
    assert "Boosting" in drawn
    assert "Claim" not in drawn
    assert on_another_scale(table.head(1), "accuracy") == ""


def test_how_far_a_leaderboard_is_and_what_it_lacks_is_said():
    half = board(entry("Boosting", 0.95), entry("Broken", None, error="Cut off after 3 s.")).model_copy(
        update={"planned": 5, "finished": False, "notes": ["2 rows without a target left out."]}
    )
    assert progress_answer(half, running=True) == "2 of 5 quick models are done; best so far 95.0 %."
    assert progress_answer(half, running=False) == "Stopped after 2 of 5 quick models; best so far 95.0 %."
    assert board_notes(half, running=True) == ["Broken: Cut off after 3 s.", "2 rows without a target left out."]
    assert board_notes(half) == board_notes(half, running=True)
    assert board_notes(board(entry("Boosting", 0.95))) == []


def limits(drawn):
    return next(layer["encoding"]["x"]["scale"]["domain"] for layer in drawn.to_dict()["layer"] if "x" in layer["encoding"])


def test_the_scale_shows_what_learnt_something_and_until_then_what_guesses():
    claim = Baseline(name="Claim", value=0.99, why_not="no test set named")
    guesses, boosting = entry("Guess", 0.1, trivial=True), entry("Boosting", 0.95)
    assert limits(baselines_chart(comparison(board(guesses), [claim]), LIGHT))[0] < 0.1
    assert 0.8 < limits(baselines_chart(comparison(board(guesses, boosting), [claim]), LIGHT))[0] < 0.95


@pytest.mark.parametrize("value", [97.2, -0.1])
def test_an_accuracy_is_a_share(value):
    with pytest.raises(ValidationError, match="97.2 % as .972"):
        Baseline(name="Claim", value=value, metric=" Accuracy ")
    assert Baseline(name="Claim", value=value, metric="mean error").value == value


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_a_source_is_an_address_on_the_web(link):
    with pytest.raises(ValidationError, match="https"):
        Baseline(name="x", value=1.0, link=link)


def test_an_interval_that_was_entered_is_kept_and_has_to_hold_the_value():
    mine = Baseline(name="Rules", value=0.96, low=0.9, high=0.97, n=400, comparable=True)
    row = comparison(board(entry("Boosting", 0.95)), [mine]).iloc[0]
    assert (row["low"], row["high"]) == (0.9, 0.97)
    with pytest.raises(ValidationError, match="interval has to hold the value"):
        Baseline(name="Rules", value=0.96, low=0.97)


def test_less_is_better_where_the_metric_says_so():
    rows = [Baseline(name=name, value=value, metric="WER", direction="lower", comparable=True) for name, value in (("a", 0.2), ("b", 0.1))]
    assert metric_of(None, rows) == ("WER", True)
    table = comparison(None, rows)
    assert list(table["name"]) == ["b", "a"]
    assert table["role"].iloc[0] == "highlight"
    assert baselines_chart(table, LIGHT, metric="WER", lower=True).to_dict()["layer"]
    assert metric_of(None, []) == ("accuracy", False)


def compared(n=500, metric="accuracy"):
    models = [
        {"model": f"m{number}", "value": 0.97 - number / 100, "low": 0.95, "high": 0.98, "n": n, "best": 1, "beside": ""}
        for number in range(12)
    ]
    return ModelComparison(prediction_set="p", metric=metric, convention="", n=n, models=models, pairs=[])


@pytest.mark.parametrize(
    ("run", "role", "why"),
    [
        (compared(), "highlight", ""),
        (compared(n=90), "not comparable", "on 90 items"),
        (compared(metric="F1"), "not comparable", "its metric is F1"),
    ],
)
def test_predictions_that_were_brought_are_ranked_on_the_same_items_by_the_same_metric(run, role, why):
    table = comparison(board(entry("Boosting", 0.95)), [], [run]).set_index("name")
    assert (table.loc["m0", "role"], table.loc["m0", "note"]) == (role, why)
    assert "m11" not in table.index
