"""What human level can and cannot say; models on the same panels as people."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.errors import BadInput
from components.modelling.charts import bias_chart, bias_table
from components.modelling.human_bounds import bias_variance, convention, implied_accuracy, measured_bias_variance, without_noise
from components.modelling.human_level import human_level
from components.modelling.human_level_run import human_level_run
from components.modelling.panels import on_the_same_panels
from components.modelling.wording import noise_table, panels_sentences, people_answer, people_method
from components.project.data_sets import LabelSet
from components.stats.estimate import Estimate
from components.theme import LIGHT

RNG = np.random.default_rng(8)


def long(matrix):
    """Turn items × annotators into a long table."""
    frame = pd.DataFrame(matrix)
    return frame.reset_index(names="item").melt("item", var_name="annotator", value_name="label").dropna()


def test_ngs_errors():
    found = bias_variance(0.106, 0.108, 0.148)
    assert (100 * found.avoidable_bias, 100 * found.variance) == (pytest.approx(0.2), pytest.approx(4.0))
    assert "work on variance" in found.sentence
    assert "work on bias" in bias_variance(0.01, 0.08, 0.09).sentence
    assert "work on either" in bias_variance(0.019, 0.083, 0.15).sentence
    assert "no longer the ceiling" in bias_variance(0.05, 0.04, 0.06).sentence
    with pytest.raises(BadInput, match="The error of training is 10.8"):
        bias_variance(0.1, 10.8, 0.2)


def test_measured_bias_and_variance_carry_their_intervals_and_decide():
    people, learnt = Estimate(0.98, 0.97, 0.99, 150), Estimate(0.975, 0.966, 0.982, 1800)
    found = measured_bias_variance(people, learnt, Estimate(0.05, 0.04, 0.06, 1800))
    assert (found.avoidable_bias, found.variance) == pytest.approx((0.005, 0.05), abs=1e-12)
    assert found.sentence.startswith("Avoidable bias .5 points [-.7, 1.8], variance 5.0 points [4.0, 6.0]: work on variance")
    assert "work on bias" in measured_bias_variance(people, Estimate(0.8, 0.78, 0.82, 900), Estimate(0.01, 0.0, 0.02, 900)).sentence
    assert found.sentence != measured_bias_variance(people, learnt, Estimate(0.01, 0.0, 0.02, 900)).sentence
    assert "can't be told" in measured_bias_variance(people, learnt, Estimate(0.01, 0.0, 0.02, 900)).sentence
    assert measured_bias_variance(people, Estimate(None), Estimate(0.01)) is None
    drawn = bias_chart(found, LIGHT).to_dict()
    assert bias_table(found)["low"].tolist() == pytest.approx([-0.7288, 4.0], abs=0.01)
    assert drawn["layer"]


@given(st.floats(0.6, 1), st.integers(2, 20))
def test_agreement_implies_the_accuracy_it_came_from(accuracy, classes):
    wrong = (1 - accuracy) / (classes - 1)
    agreement = accuracy**2 + (classes - 1) * wrong**2
    assert implied_accuracy(agreement, classes) == pytest.approx(accuracy, abs=1e-6)


def test_people_who_agree_less_than_chance_imply_nothing():
    assert implied_accuracy(0.4, 2) is None


@given(st.floats(0.5, 1), st.floats(0.7, 1), st.integers(2, 10))
def test_noisy_gold_is_undone(accuracy, gold, classes):
    wrong = (1 - gold) / (classes - 1)
    seen = accuracy * gold + (1 - accuracy) * wrong
    assert without_noise(Estimate(seen), gold, classes).value == pytest.approx(accuracy, abs=1e-9)


def test_gold_no_better_than_chance_corrects_nothing():
    with pytest.raises(BadInput, match="can't correct anything"):
        without_noise(Estimate(0.9), 0.5, 2)


def test_the_convention_trap_of_the_reference():
    labels = long(np.where(np.random.default_rng(1).random((4000, 60)) < 0.7, "y", "x"))
    found = convention(labels)
    assert found.agreement.value == pytest.approx(0.58, abs=0.005)
    assert found.majority.value == pytest.approx(0.70, abs=0.005)
    assert found.trap
    assert "58." in found.sentence
    assert "look at the rulebook" in found.sentence
    careful = convention(long(np.tile(["x", "y"], (5, 50)).T))
    assert (careful.agreement.value, careful.trap) == (1, False)
    with pytest.raises(BadInput, match="No item was judged by two people"):
        convention(long([["x"], ["y"]]))


def judged(people=5, items=300, right=0.9):
    truth = RNG.integers(0, 4, items)
    said = np.where(RNG.random((items, people)) < right, truth[:, None], (truth[:, None] + 1) % 4)
    return truth, long(said)


def by_hand(labels, predictions, gold):
    """People's and the model's accuracy on the same panels, counted one by one."""
    people, model, n = 0, 0, 0
    said = dict(predictions.to_numpy())
    for row in labels.itertuples():
        others = labels[(labels["item"] == row.item) & (labels["annotator"] != row.annotator)]["label"].value_counts()
        if gold is None and len(others) > 1 and others.iloc[0] == others.iloc[1]:
            continue
        expected = gold[row.item] if gold is not None else others.index[0]
        people, model, n = people + (row.label == expected), model + (said[row.item] == expected), n + 1
    return people / n, model / n


@pytest.mark.parametrize("with_gold", [False, True])
def test_models_are_scored_as_people_are(with_gold):
    truth, labels = judged(items=60)
    predictions = pd.DataFrame({"item": range(60), "prediction": np.where(RNG.random(60) < 0.8, truth, 9)})
    gold = pd.DataFrame({"item": range(60), "gold": truth}) if with_gold else None
    found = on_the_same_panels(labels, predictions, gold)
    people, model = by_hand(labels, predictions, truth if with_gold else None)
    assert (found.people.value, found.model.value) == (pytest.approx(people), pytest.approx(model))
    assert found.people.value == pytest.approx(human_level(labels, gold).accuracy.value)
    assert found.difference.value == pytest.approx(model - people)
    assert found.difference.low < found.difference.value < found.difference.high


def test_items_that_the_model_did_not_see_are_left_out():
    truth, labels = judged(items=60)
    some = pd.DataFrame({"item": range(20), "prediction": truth[:20]})
    assert on_the_same_panels(labels, some).items <= 20
    with pytest.raises(BadInput, match="predicted only 0 of the items"):
        on_the_same_panels(labels, some.assign(item=range(900, 920)))


def run(structured=False, override=""):
    truth, labels = judged()
    gold = labels.assign(gold=truth[labels["item"]])
    body = LabelSet(name="Five", table="x", gold="gold", structured=structured)
    models = {"ours": pd.DataFrame({"item": range(300), "prediction": truth}), "other": pd.DataFrame({"item": ["z"], "prediction": [1]})}
    return human_level_run("five", body, gold, override, models)


def test_what_is_saved_holds_the_panels_and_the_habit():
    found = run()
    assert [one["model"] for one in found.panels] == ["ours"]
    assert panels_sentences(found)[0].startswith("ours is better than people: 100 % against ")
    assert "is beyond them with 100 %" in people_answer(found, None)
    assert found.classes == 4
    assert not found.override
    rows = noise_table(found)
    assert len(rows) == 4
    assert rows.iloc[0, 0] == "100 %"


def test_structured_data_need_a_reason_that_is_kept():
    with pytest.raises(BadInput, match="no benchmark for structured data"):
        run(structured=True)
    with pytest.raises(BadInput, match="no benchmark for structured data"):
        run(structured=True, override="  ")
    found = run(structured=True, override="Underwriters decide these by hand today.")
    assert "people are a benchmark because: Underwriters decide" in people_method(found, None)
