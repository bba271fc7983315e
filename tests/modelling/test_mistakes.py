"""What a model gets wrong: counts that add up, certainty held against being right, the worst first."""

import numpy as np
import pandas as pd
import pytest

from components.modelling import mistakes
from components.modelling.closer_charts import calibration_chart, confusion_chart, truth_chart
from components.theme import LIGHT


@pytest.fixture
def predictions():
    rng = np.random.default_rng(0)
    truth = rng.choice(list("abc"), 400)
    right = rng.random(400) < 0.8
    guessed = np.where(right, truth, np.where(truth == "a", "b", "a"))
    columns = {"row": np.arange(1, 401), "fold": 0, "truth": truth, "prediction": guessed}
    return pd.DataFrame(columns).assign(certainty=0.9, of_truth=np.where(right, 0.9, rng.random(400) / 10))


def test_confusion_counts_every_row_once(predictions):
    table = mistakes.confusion(predictions)
    assert table["rows"].sum() == 400
    assert table.groupby("truth")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    expected = int(((predictions["truth"] == "a") & (predictions["prediction"] == "b")).sum())
    assert table.set_index(["truth", "prediction"])["rows"]["a", "b"] == expected
    assert mistakes.confusion_sentence(table).startswith("“")
    right = predictions.assign(prediction=predictions["truth"])
    assert mistakes.confusion_sentence(mistakes.confusion(right)) == "No class is taken for another."
    assert confusion_chart(table, LIGHT).to_dict()["layer"]


def test_numbers_stand_in_their_order_and_only_the_most_frequent_classes():
    truth = [str(number) for number in range(25) for _ in range(26 - number)]
    table = mistakes.confusion(pd.DataFrame({"truth": truth, "prediction": truth}))
    assert list(dict.fromkeys(table["truth"])) == [str(number) for number in range(20)]


def test_certainty_is_held_against_being_right(predictions):
    found = mistakes.overconfidence(predictions)
    assert found.low > 0.05
    assert "too sure" in mistakes.calibration_sentence(found)
    honest = predictions.assign(certainty=(predictions["truth"] == predictions["prediction"]).mean())
    assert "matches" in mistakes.calibration_sentence(mistakes.overconfidence(honest))
    table = mistakes.calibration(predictions)
    assert table["rows"].sum() == 400
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    assert calibration_chart(table, LIGHT).to_dict()["layer"]
    without = predictions.assign(certainty=np.nan)
    assert mistakes.calibration_sentence(mistakes.overconfidence(without)) == "This model gives no probabilities."


def test_the_worst_come_first(predictions):
    found = mistakes.worst(predictions, 5)
    wrong = predictions[predictions["truth"] != predictions["prediction"]]
    assert found["row"].iloc[0] == wrong.loc[wrong["of_truth"].idxmin(), "row"]
    numbers = pd.DataFrame({"row": [1, 2, 3], "truth": [1.0, 2.0, 3.0], "prediction": [1.5, -4.0, 3.0]})
    assert mistakes.worst(numbers)["row"].tolist() == [2, 1, 3]
    assert mistakes.mistakes_answer(numbers, "Ridge").startswith("Ridge is off by 2.167 [")
    wrong = len(wrong)
    assert mistakes.mistakes_answer(predictions, "Forest", "image").startswith(f"Forest gets {wrong} of 400 images wrong: ")
    assert truth_chart(numbers, LIGHT, "price").to_dict()["layer"]
