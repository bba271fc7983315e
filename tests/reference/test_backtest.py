"""Late targets of a published model replayed: equal arms hold, and an arm that was spoiled is rolled back."""

import numpy as np
import pandas as pd
import pytest

from components.deployment.backtest import replay
from components.deployment.logs import joined


@pytest.fixture
def late(reference_data):
    folder = reference_data / "nannyml_california_housing"
    served = pd.read_csv(folder / "california_housing_analysis.csv", parse_dates=["timestamp"])
    targets = pd.read_csv(folder / "california_housing_analysis_gt.csv").rename(columns={"clf_target": "target"})
    arm = np.where(np.random.default_rng(3).random(len(served)) < 0.3, "new", "old")
    predictions = pd.DataFrame({"id": served["id"], "time": served["timestamp"], "arm": arm, "prediction": served["y_pred"]})
    known = served.set_index("id")["timestamp"].reindex(targets["id"]).to_numpy() + pd.Timedelta(days=30)
    return joined(predictions, targets.assign(known=known))


def test_two_equal_arms_are_not_rolled_back_by_the_e_process(late):
    found = replay(late, 60)
    row = found.verdicts.set_index("gate").loc["e-process"]
    assert row["decision"] != "rolled back"
    assert found.windows["new requests"].sum() == (late["arm"] == "new").sum()


def test_an_arm_that_was_spoiled_is_rolled_back_after_its_targets_came(late):
    spoiled = late.assign(outcome=late["outcome"].where((late["arm"] == "old") | (np.arange(len(late)) % 4 > 0), 1))
    row = replay(spoiled, 60).verdicts.set_index("gate").loc["e-process"]
    assert row["decision"] == "rolled back"
    assert pd.Timestamp(row["time"]).tz_localize(None) > late["time"].min() + pd.Timedelta(days=30)
