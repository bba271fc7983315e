"""Drift between two samples: what is found, what is left alone, and that SciPy finds the same."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from components.data import in_memory
from components.data.drift import DRIFT_CHECKS, drift
from components.errors import BadInput
from components.stats.shift import psi


@pytest.fixture
def rng():
    return np.random.default_rng(7)


def by_column(before, after, **how):
    return drift(before, after, **how).set_index("column")


def test_numbers_have_the_distance_and_the_p_value_of_scipy(rng):
    before, after = rng.normal(size=700), rng.normal(0.1, 1, size=500)
    found = by_column(pd.DataFrame({"x": before}), pd.DataFrame({"x": after})).loc["x"]
    wanted = stats.ks_2samp(before, after)
    assert found["statistic"] == pytest.approx(wanted.statistic, abs=1e-12)
    assert found["p_value"] == pytest.approx(wanted.pvalue, abs=0.04)
    edges = np.sort(before)[69:-1:70]
    counts = [np.bincount(np.searchsorted(edges, x), minlength=10) for x in (before, after)]
    assert found["psi"] == pytest.approx(float(psi(*counts)), abs=1e-12)


def test_categories_have_the_statistic_and_the_p_value_of_scipy(rng):
    before, after = (
        pd.DataFrame({"c": rng.choice(list("abcd"), size, p=share)})
        for size, share in ((800, [0.4, 0.3, 0.2, 0.1]), (600, [0.37, 0.3, 0.2, 0.13]))
    )
    found = by_column(before, after).loc["c"]
    counts = np.array([[(side["c"] == name).sum() for name in "abcd"] for side in (before, after)])
    wanted = stats.chi2_contingency(counts, correction=False)
    assert found["kind"] == "category"
    assert found["statistic"] == pytest.approx(np.sqrt(wanted.statistic / counts.sum()))
    assert found["p_value"] == pytest.approx(wanted.pvalue, abs=0.04)
    assert found["psi"] == pytest.approx(float(psi(*counts)))


def test_far_out_the_p_value_is_that_of_the_limiting_distribution(rng):
    before, after = rng.normal(size=3000), rng.normal(0.5, 1, size=3000)
    found = by_column(pd.DataFrame({"x": before}), pd.DataFrame({"x": after})).loc["x"]
    assert np.log10(found["p_value"]) == pytest.approx(np.log10(stats.ks_2samp(before, after).pvalue), rel=0.12)
    assert (found["verdict"], found["codes"]) == ("drift", ["D01"])


def test_a_hundred_columns_of_one_world_raise_no_alarm_where_a_fixed_threshold_does():
    alarms = watch = 0
    for seed in range(10):
        rng = np.random.default_rng(seed)
        before, after = (pd.DataFrame(rng.normal(size=(100, 20)), columns=[f"x{n}" for n in range(20)]) for _ in "ab")
        found = drift(before, after, seed=seed)
        alarms += (found["verdict"] == "drift").any()
        watch += (found["psi"] > 0.1).sum()
    assert watch > 100, "a threshold of .1 cries wolf on small samples"
    assert alarms <= 2, "at most one in twenty comparisons of one world"


def test_missing_cells_are_seen_apart_from_the_values(rng):
    values = rng.normal(size=1000)
    before, after = pd.DataFrame({"x": values}), pd.DataFrame({"x": np.where(np.arange(1000) % 10 == 0, np.nan, values)})
    found = by_column(before, after).loc["x"]
    assert found["psi"] < 0.05
    assert (found["missing_before"], found["missing_after"]) == (0, 0.1)
    assert (found["verdict"], found["codes"]) == ("drift", ["D02"])
    assert found["note"] == "missing 0 % before, 10.0 % after"
    words = by_column(pd.DataFrame({"t": ["a", "b"] * 200}), pd.DataFrame({"t": ["a", "b", "?", "b"] * 100})).loc["t"]
    assert "D02" in words["codes"], "text that spells that it is missing is missing"


def test_new_and_vanished_categories_are_named_and_rare_ones_are_allowed_for():
    before = pd.DataFrame({"c": ["a"] * 500 + ["b"] * 500 + ["rare"]})
    after = pd.DataFrame({"c": ["a"] * 480 + ["b"] * 500 + ["new"] * 21})
    found = by_column(before, after).loc["c"]
    assert found["new"] == ["new"]
    assert found["vanished"] == ["rare"]
    assert "D03" in found["codes"]
    still = by_column(before, before.replace("rare", "other")).loc["c"]
    assert (still["verdict"], still["new"]) == ("no drift", ["other"])


def test_columns_that_come_go_or_change_their_type_are_the_schema():
    before = pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"], "gone": [1, 2], "n": [1, 2]})
    after = pd.DataFrame({"a": ["1", "2"], "b": ["x", "y"], "come": [1, 2], "n": [1.0, 2.5]})
    found = by_column(before, after)
    assert set(found.index[found["kind"] == "schema"]) == {"a", "gone", "come"}
    assert found.loc["gone", "note"] == "only in the first"
    assert found.loc["come", "note"] == "only in the second"
    assert found.loc["a", "note"] == "number became text"
    assert (found.loc[["a", "gone", "come"], "verdict"] == "drift").all()
    assert found.loc["n", "kind"] == "number"


def test_what_tells_rows_or_times_apart_is_not_compared(rng):
    table = pd.DataFrame({"id": range(100), "when": pd.date_range("2026-01-01", periods=100), "x": rng.normal(size=100)})
    found = by_column(table[:50], table[50:].reset_index(drop=True))
    assert found.loc["id", "kind"] == "key"
    assert found.loc["when", "kind"] == "time"
    assert (found["verdict"] == "no drift").all()


def test_long_text_is_compared_by_its_length():
    rng = np.random.default_rng(3)
    before = pd.DataFrame({"t": ["w" * n + str(k) for k, n in enumerate(rng.integers(20, 40, 300))]})
    after = pd.DataFrame({"t": ["w" * n + str(k) for k, n in enumerate(rng.integers(60, 90, 300))]})
    found = by_column(before, after).loc["t"]
    assert (found["kind"], found["verdict"]) == ("text", "drift")
    assert found["statistic"] == 1


@pytest.mark.parametrize(
    "column",
    [
        [None] * 6,
        [float("inf"), -float("inf"), 1.0, 1.0, float("nan"), 2.0],
        [True, False, None] * 2,
        [1, 1, 1, 1, 1, 1],
        ["", "?", "NA"] * 2,
    ],
)
def test_odd_columns_get_an_answer(column):
    frame = pd.DataFrame({"x": pd.Series(column, dtype=object).infer_objects(), 'a"b; drop table data;--': range(6)})
    found = drift(frame, frame.iloc[:3])
    assert len(found) == 2
    assert (found["verdict"] == "no drift").all()


def test_the_same_seed_gives_the_same_figures_and_swapping_sides_the_same_verdict(rng):
    before, after = (pd.DataFrame({"x": rng.normal(loc, 1, 200), "c": rng.choice(list("ab"), 200)}) for loc in (0, 0.8))
    pd.testing.assert_frame_equal(drift(before, after), drift(before, after))
    assert by_column(before, after)["verdict"].to_dict() == by_column(after, before)["verdict"].to_dict()


def test_tables_without_rows_are_bad_input():
    with pytest.raises(BadInput, match="second table has no rows"):
        drift(pd.DataFrame({"x": [1]}), pd.DataFrame({"x": []}))


def test_codes_are_unique_and_say_what_to_do():
    assert len({check.code for check in DRIFT_CHECKS}) == len(DRIFT_CHECKS)
    assert all(check.code.startswith("D") and check.advice.endswith(".") and check.why.endswith(".") for check in DRIFT_CHECKS)


@pytest.mark.parametrize("after", [0, 1, 3, 400])
def test_sorting_in_memory_counts_as_the_query_does(rng, monkeypatch, after):
    def world(rows):
        numbers = rng.normal(size=rows)
        return pd.DataFrame(
            {
                "plain": numbers,
                "ties": numbers.round(1),
                "whole": rng.integers(-3, 4, rows),
                "gaps": np.where(rng.random(rows) < 0.3, np.nan, numbers),
                "endless": np.where(rng.random(rows) < 0.2, np.inf, -numbers),
                "order id": np.arange(rows),
                "side": rng.integers(0, 2, rows),
            }
        )

    first, second = world(150), world(max(after, 1))
    second = second.assign(plain=np.nan) if not after else second
    sorted_ = drift(first, second)
    monkeypatch.setattr(in_memory, "is_number", lambda kind: False)
    pd.testing.assert_frame_equal(sorted_, drift(first, second))
    assert len(sorted_) == 7
