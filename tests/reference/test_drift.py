"""Drift on published data with a period of reference and a period of production. The figures are those that the docs state."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from components.data.drift import drift
from components.data.drift.over_time import over_time


@pytest.fixture
def housing(reference_data):
    folder = reference_data / "nannyml_california_housing"
    return [pd.read_csv(folder / f"california_housing_{name}.csv", parse_dates=["timestamp"]) for name in ("reference", "analysis")]


def test_what_drifts_from_reference_to_production(housing):
    found = drift(*housing).set_index("column")
    moved = set(found.index[found["verdict"] == "drift"])
    assert moved == {"Longitude", "Latitude", "y_pred_proba", "y_pred", "HouseAge", "AveOccup", "MedInc", "AveRooms", "clf_target"}
    assert found.loc["clf_target", "kind"] == "schema"
    assert (found.loc["id", "kind"], found.loc["timestamp", "kind"]) == ("key", "time")
    assert found.loc["Longitude", "psi"] == pytest.approx(5.17, abs=0.01)
    for column in ("MedInc", "Population", "AveBedrms", "Longitude"):
        wanted = stats.ks_2samp(*(table[column] for table in housing))
        assert found.loc[column, "statistic"] == pytest.approx(wanted.statistic, abs=1e-12)
        assert found.loc[column, "p_value"] == pytest.approx(wanted.pvalue, abs=0.04)


def test_the_reference_period_shuffled_does_not_drift(housing):
    alarms = 0
    for seed in range(5):
        shuffled = housing[0].sample(frac=1, random_state=seed).reset_index(drop=True)
        alarms += (drift(shuffled[:2900], shuffled[2900:].reset_index(drop=True))["verdict"] == "drift").any()
    assert alarms <= 1


def test_the_pace_is_told_from_standing_still(housing):
    whole = pd.concat(housing, ignore_index=True).drop(columns=["clf_target", "id"])
    found = over_time(whole, "timestamp")
    assert (found.unit, len(found.starts)) == ("quarter", 7)
    assert 0.015 < found.pace.rate.low < found.pace.rate.value < 0.04
    times = whole["timestamp"].sample(frac=1, random_state=1).to_numpy()
    still = over_time(whole.assign(timestamp=times), "timestamp")
    assert not still.pace.certain
    assert np.isclose(still.pace.rate.value, 0, atol=0.002)
