"""Agreement on published tables and on real crowds."""

import json

import numpy as np
import pandas as pd
import pytest

from components.data import consensus
from components.data.agreement import agreement
from components.data.weighted import weighted
from components.modelling.human_level import human_level
from components.stats.label_counts import label_counts
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


def test_dawid_and_skene_on_bluebirds_beat_the_majority(reference_data):
    labels = pd.read_csv(reference_data / "bluebirds" / "annotations.csv").set_axis(["item", "annotator", "label"], axis=1)
    gold = pd.read_csv(reference_data / "bluebirds" / "gold.csv").set_axis(["item", "gold"], axis=1).astype(str)
    right = {}
    for method in (consensus.majority, consensus.dawid_skene):
        found = method(labels).merge(gold, on="item")
        right[method.__name__] = (found["label"] == found["gold"]).sum()
    assert right == {"majority": 82, "dawid_skene": 97}


def test_dawid_and_skenes_own_patients(reference_data):
    """The patients and anaesthetists of 1979, the first of three answers by the first one: most are fit for it beyond doubt."""
    ratings = pd.read_csv(reference_data / "medical_raters" / "anesthesia.csv").set_axis(["item", "annotator", "label"], axis=1)
    once = ratings.drop_duplicates(["item", "annotator"])
    found = consensus.dawid_skene(once).set_index("item")
    assert len(found) == 45
    assert found.loc[["1", "3", "41"], "label"].tolist() == ["1", "2", "1"]
    assert (found["probability"] > 0.9).mean() > 0.8


def test_conformance_cases_of_alpha(reference_data):
    cases = json.loads((reference_data / "conformance" / "agreement_wer_cases.json").read_text())
    case = next(case for case in cases if case["id"] == "krippendorff_wikipedia")
    matrix = pd.DataFrame(case["raters_x_units"], dtype=float).T
    for name, value in case["expected"].items():
        assert agreement(long(matrix), name.removeprefix("alpha_")).alpha.value == pytest.approx(value, abs=1e-6), name


MEASURES = {
    "bp": "brennan_prediger",
    "conger": "conger",
    "fleiss": "fleiss",
    "gwet": "ac2",
    "krippendorff": "alpha",
    "table_brennan_prediger": "brennan_prediger",
    "table_cohen": "conger",
    "table_gwet": "ac2",
    "table_krippendorff": "alpha",
    "table_pa": "percent",
    "table_scott": "fleiss",
}
NO_VALUE = "3.0"
"""Eight rows of α hold this for every figure: the number of digits that was compared, not a coefficient, which is at most 1."""


def judgements_of(folder, data):
    """Return a published example as a long table: of raters, or of the contingency table of two (each count that many items)."""
    if data.startswith("raw_"):
        frame = pd.read_csv(folder / f"{data}.csv", dtype=str)
        return long(frame.drop(columns=["Units", "Group"], errors="ignore"))
    counts = pd.read_csv(folder / f"{data}.csv", index_col=0).to_numpy()
    places = range(len(counts))
    pairs = [(a + 1, b + 1) for a in places for b in places for _ in range(counts[a, b])]
    return long(pd.DataFrame(pairs, columns=["first", "second"]))


def numbers(labels):
    try:
        return labels.astype(float)
    except ValueError:
        return None


def test_every_irrcac_value_with_every_weight(reference_data):
    """All 148 coefficients and 40 observed agreements that are no custom weights, to half of their last printed digit."""
    folder = reference_data / "conformance" / "irrcac"
    expected = pd.read_csv(folder / "expected.csv", dtype=str)
    checked = 0
    for case in expected.to_dict("records"):
        if case["weights"] == "custom" or case["value"] == NO_VALUE:
            continue
        coded = label_counts(judgements_of(folder, case["data"]))
        found = weighted(coded, case["weights"], numbers(coded.labels))
        printed = {MEASURES[case["coefficient"]]: case["value"]}
        if case["coefficient"] != "krippendorff" and not pd.isna(case["pa"]):
            printed["percent"] = case["pa"]
        for measure, text in printed.items():
            half = 0.5 * 10 ** -len(text.split(".")[-1])
            assert getattr(found, measure).value == pytest.approx(float(text), abs=half + 1e-9), case["test"]
            checked += 1
    assert checked == 188


def test_the_unweighted_measures_are_the_same_in_both_places(reference_data):
    folder = reference_data / "conformance" / "irrcac"
    for data in ("raw_5observers", "raw_g1g2", "table_cont4x4diagnosis"):
        found = agreement(judgements_of(folder, data))
        pairs = {"percent": "percent", "fleiss": "fleiss", "ac1": "ac2", "alpha": "alpha"}
        for ours, theirs in pairs.items():
            assert getattr(found, ours).value == pytest.approx(getattr(found.weighted, theirs).value, abs=1e-12)
        if found.annotators == 2:
            assert found.cohen.value == pytest.approx(found.weighted.conger.value, abs=1e-12)


def test_majority_on_the_hit_spam_crowd(reference_data):
    labels = pd.read_csv(reference_data / "gal_barzanmozafari" / "annotations.csv").set_axis(["item", "annotator", "label"], axis=1)
    found = agreement(labels)
    decided = majority(found.coded.counts)[1]
    assert found.items == 1000
    assert 0.5 < np.mean(decided) <= 1
    assert found.alpha.low < found.alpha.value < found.alpha.high
