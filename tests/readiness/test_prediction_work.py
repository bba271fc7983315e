"""Predictions that somebody brings: read, scored, compared, and compared again by another metric."""

import pandas as pd
import pytest

from components.errors import BadInput
from components.jobs.work import Work
from components.modelling.comparison_wording import comparison_answer, comparison_method, models_chart, pair_of, pair_sentence, shown_models
from components.modelling.records import ModelComparison, PredictionSet
from components.project.data_sets import DataSet, DataVersion
from components.project.tables import put_table
from components.readiness.prediction_work import again, score
from components.theme import LIGHT

N = 300
TRUTH = [str(place % 3) for place in range(N)]
FRAME = pd.DataFrame(
    {
        "item": [f"i{place}" for place in range(N)],
        "gold": TRUTH,
        "good": [true if place % 20 else "9" for place, true in enumerate(TRUTH)],
        "poor": [true if place % 3 else "9" for place, true in enumerate(TRUTH)],
        "twin": [true if place % 20 != 1 else "9" for place, true in enumerate(TRUTH)],
    }
)


@pytest.fixture
def work(store, files, settings, project):
    """A function that returns the work on a table of predictions."""

    def make(frame=FRAME, **params):
        given = {
            "name": "ours.csv",
            "file": files.put(frame.to_csv(index=False).encode()),
            "models": ["good", "poor", "twin"],
            "truth": "gold",
        }
        return Work(store, files, settings, project.id, {**given, **params}, "ana")

    return make


def saved(work, result):
    return (work.store.get(work.project_id, kind, result["prediction_set"]).body for kind in (PredictionSet, ModelComparison))


def test_scored_and_compared(work):
    task = work(item="item")
    brought, run = saved(task, score(task))
    assert (brought.name, brought.truth, brought.models, brought.data_version) == ("ours", "gold", ["good", "poor", "twin"], "")
    assert [one["model"] for one in run.models] == ["good", "twin", "poor"]
    assert comparison_answer(run) == "good leads with 95.0 %; twin can't be told from it."
    assert "3 pairs on the same items" in comparison_method(run)
    assert run.n == N


def test_of_numbers_the_first_score_is_that_of_the_quick_models(work):
    truth = [place / 7 for place in range(60)]
    frame = pd.DataFrame({"gold": truth, "near": [one + 0.1 for one in truth], "far": [8.5 - one for one in truth]})
    task = work(frame, models=["near", "far"])
    _, run = saved(task, score(task))
    assert run.metric == "R²"
    assert [one["model"] for one in run.models] == ["near", "far"]


def test_two_of_them_in_words_from_either_side(work):
    task = work()
    _, run = saved(task, score(task))
    there, back = pair_of(run, "good", "poor"), pair_of(run, "poor", "good")
    assert (there["verdict"], back["verdict"]) == ("better", "worse")
    assert back["low"] == -there["high"]
    assert pair_sentence(run, back).startswith("poor is worse than good: -28.3 points [")
    assert pair_of(run, "good", "nobody") is None
    assert shown_models(run)["against the best"].tolist() == ["leads", "not told apart", "worse"]
    assert models_chart(run, LIGHT, target=0.9).to_dict()["layer"]


def test_again_by_another_metric(work, store, project):
    task = work()
    id_ = score(task)["prediction_set"]
    task.params = {"prediction_set": id_, "metric": "recall", "positive": "0"}
    _, run = saved(task, again(task))
    assert run.metric == "recall"
    assert "positive class “0”" in run.convention
    assert run.models[0]["value"] == pytest.approx(0.95)


def test_the_truth_can_be_the_datas(work, store, files, project):
    frame = pd.DataFrame({"key": FRAME["item"], "label": TRUTH})
    store.save(project.id, DataSet(name="Ours", target="label", id_column="key"), person="ana", id="d")
    version = DataVersion(
        data_set="d", number=1, table=put_table(files, frame), source="x", rows=N, columns={"key": "text", "label": "text"}
    )
    store.save(project.id, version, person="ana", id="v")
    task = work(FRAME.drop(columns="gold"), truth="", item="item", data_version="v")
    brought, run = saved(task, score(task))
    assert (brought.truth, brought.data_version) == ("label", "v")
    assert run.models[0]["value"] == pytest.approx(0.95)
    stranger = work(FRAME.assign(item=[f"x{place}" for place in range(N)]), truth="", item="item", data_version="v")
    with pytest.raises(BadInput, match="300 predictions are for items that the data don't hold, such as “x0”"):
        score(stranger)


@pytest.mark.parametrize(
    ("frame", "params", "said"),
    [
        (FRAME, {"truth": "nothing"}, "There is no column “nothing”"),
        (FRAME, {"truth": ""}, "These predictions hold no truth"),
        (FRAME.assign(gold="1"), {}, "Every item's truth is “1”"),
        (FRAME.assign(poor=None), {}, "“poor” has no prediction for 300 items"),
        (FRAME, {"models": ["good", "gold"]}, "“gold” can't be two things at once"),
    ],
)
def test_nothing_is_saved_of_what_cannot_be_scored(work, frame, params, said):
    task = work(frame, **params)
    with pytest.raises(BadInput, match=said):
        score(task)
    assert task.store.all(task.project_id, PredictionSet) == []
