"""Agreement on published tables and on real crowds."""

import json

import numpy as np
import pandas as pd
import pytest

from components.data.agreement import agreement
from components.modelling.human_level import human_level
from components.stats.majority import majority


def long(frame):
    """Turn items × annotators into a long table."""
    return frame.reset_index(names="item").melt("item", var_name="annotator", value_name="label").dropna()


def test_fleiss_1971_diagnoses(reference_data):
    diagnoses = pd.read_csv(reference_data / "medical_raters" / "diagnoses.csv")
    found = agreement(long(diagnoses[[f"rater{n}" for n in range(1, 7)]]))
    assert found.fleiss.value == pytest.approx(0.430, abs=0.0005)


def test_bluebirds(reference_data):
    labels = pd.read_csv(reference_data / "bluebirds" / "annotations.csv").set_axis(["item", "annotator", "label"], axis=1)
    found = agreement(labels)
    assert (found.items, found.annotators, found.judgements) == (108, 39, 4212)
    assert found.alpha.value == pytest.approx(0.1255, abs=5e-5)
    assert found.band == "too low"
    gold = pd.read_csv(reference_data / "bluebirds" / "gold.csv").set_axis(["item", "gold"], axis=1)
    people = human_level(labels, gold)
    merged = labels.merge(gold, on="item")
    assert people.accuracy.value == pytest.approx((merged["label"] == merged["gold"]).mean(), abs=1e-12)


def test_conformance_cases_of_alpha(reference_data):
    cases = json.loads((reference_data / "conformance" / "agreement_wer_cases.json").read_text())
    case = next(case for case in cases if case["id"] == "krippendorff_wikipedia")
    matrix = pd.DataFrame(case["raters_x_units"], dtype=float).T
    for name, value in case["expected"].items():
        assert agreement(long(matrix), name.removeprefix("alpha_")).alpha.value == pytest.approx(value, abs=1e-6), name


MEASURES = {"krippendorff": "alpha", "fleiss": "fleiss", "gwet": "ac1", "pa": "percent"}


def test_irrcac_values_of_our_measures(reference_data):
    """Every unweighted raw-table case of the measures that we have, to half of its last printed digit."""
    folder = reference_data / "conformance" / "irrcac"
    expected = pd.read_csv(folder / "expected.csv", dtype=str)
    checked = 0
    for case in expected.to_dict("records"):
        measure = MEASURES.get(case["coefficient"])
        if measure is None or case["weights"] != "identity" or not case["data"].startswith("raw_"):
            continue
        frame = pd.read_csv(folder / f"{case['data']}.csv", dtype=str)
        frame = frame.drop(columns=[column for column in frame.columns if column in {"Units", "Group"}])
        estimate = getattr(agreement(long(frame)), measure)
        digits = len(case["value"].split(".")[-1])
        assert estimate.value == pytest.approx(float(case["value"]), abs=0.5 * 10**-digits + 1e-9), case["test"]
        checked += 1
    assert checked >= 10


TWO_RATERS = {"table_cohen": "cohen", "table_gwet": "ac1", "table_pa": "percent", "table_scott": "fleiss"}


def from_contingency(counts):
    """Turn the contingency table of two raters into a long table: each count is that many items."""
    pairs = [(a, b) for a, row in counts.iterrows() for b, count in row.items() for _ in range(count)]
    return long(pd.DataFrame(pairs, columns=["first", "second"]))


def test_irrcac_values_of_two_raters(reference_data):
    """Cohen, AC1, percent and Scott (Fleiss of two) of the contingency tables; values rounded to three digits there."""
    folder = reference_data / "conformance" / "irrcac"
    expected = pd.read_csv(folder / "expected.csv", dtype=str)
    checked = 0
    for case in expected.to_dict("records"):
        measure = TWO_RATERS.get(case["coefficient"])
        if measure is None or case["weights"] != "identity":
            continue
        found = agreement(from_contingency(pd.read_csv(folder / f"{case['data']}.csv", index_col=0)))
        assert getattr(found, measure).value == pytest.approx(float(case["value"]), abs=0.0006), case["test"]
        checked += 1
    assert checked == 8


def test_irrcac_observed_agreement_is_ours(reference_data):
    """The published observed agreement of each raw table."""
    folder = reference_data / "conformance" / "irrcac"
    expected = pd.read_csv(folder / "expected.csv", dtype=str)
    cases = expected[(expected["coefficient"] == "fleiss") & (expected["weights"] == "identity")]
    for case in cases.to_dict("records"):
        frame = pd.read_csv(folder / f"{case['data']}.csv", dtype=str)
        frame = frame.drop(columns=[column for column in frame.columns if column in {"Units", "Group"}])
        assert agreement(long(frame)).percent.value == pytest.approx(float(case["pa"]), abs=0.0006), case["test"]
    assert len(cases) == 5


def test_majority_on_the_hit_spam_crowd(reference_data):
    labels = pd.read_csv(reference_data / "gal_barzanmozafari" / "annotations.csv").set_axis(["item", "annotator", "label"], axis=1)
    found = agreement(labels)
    decided = majority(found.coded.counts)[1]
    assert found.items == 1000
    assert 0.5 < np.mean(decided) <= 1
    assert found.alpha.low < found.alpha.value < found.alpha.high
