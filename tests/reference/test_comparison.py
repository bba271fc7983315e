"""Thirty image classifiers on three test sets, a crowd's transcripts, and pages that were read by machines."""

import json

import pandas as pd
import pytest
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

from components.modelling.comparison import compare, rank
from components.modelling.transcripts import character_error_rate, matched, word_error_rate


@pytest.fixture
def classifiers(reference_data):
    """The thirty models' predictions by test set."""
    folder = reference_data / "cifar10_predictions"
    return {name: pd.read_csv(folder / f"cifar10_{name}.csv") for name in ("original", "v4", "v6")}


def test_thirty_models_are_ranked_and_435_pairs_compared(classifiers):
    table = classifiers["original"]
    said = table.drop(columns=["item_id", "gold"])
    found = rank(table["gold"], said)
    assert (len(found.models), len(found.pairs)) == (30, 435)
    right = said.eq(table["gold"], axis=0)
    assert found.models.set_index("model")["value"].to_dict() == pytest.approx(right.mean().to_dict(), abs=1e-12)
    assert found.pairs["adjusted_p"].to_numpy() == pytest.approx(multipletests(found.pairs["p_value"], method="holm")[1], abs=1e-12)
    for pair in found.pairs.iloc[::87].itertuples():
        theirs = mcnemar(pd.crosstab(right[pair.first], right[pair.second]), exact=True).pvalue
        assert pair.p_value == pytest.approx(theirs, rel=1e-9)
    assert found.pairs["verdict"].value_counts().to_dict().keys() <= {"better", "equivalent", "undecided"}


def test_the_drop_to_newly_collected_images(classifiers, reference_data):
    expected = pd.read_csv(reference_data / "cifar10_predictions" / "accuracy_check.csv", index_col=0)
    scores = pd.DataFrame(
        {name: rank(t["gold"], t.drop(columns=["item_id", "gold"])).models.set_index("model")["value"] for name, t in classifiers.items()}
    )
    for column in expected:
        assert scores[column].sub(expected[column]).abs().max() <= 5e-5
    for new in ("v4", "v6"):
        drop, wanted = scores["original"] - scores[new], expected["original"] - expected[new]
        assert drop.sub(wanted).abs().max() <= 1e-4
        assert drop.gt(0).all()


def test_two_of_them(classifiers):
    table = classifiers["v6"]
    assert compare(table["gold"], table["nas"], table["alexnet_tf_ben"]).verdict == "better"


def test_people_and_machines_on_read_speech(reference_data):
    folder = reference_data / "crowdspeech_test_other"
    texts = {name: pd.read_csv(folder / f"{name}.csv", keep_default_na=False) for name in ("reference", "transcriptions", "systems")}
    references = texts["reference"].rename(columns={"reference": "text"})
    people = matched(references, texts["transcriptions"].rename(columns={"transcription": "text"}), "item_id")
    rates = {
        normalise: word_error_rate(people["reference"], people["text"], normalise, items=people["item_id"]) for normalise in (True, False)
    }
    assert round(rates[True].value, 3) == 0.254
    assert round(rates[False].value, 3) == 0.331
    assert rates[True].n == 2939
    for system, rate in (("rover_result", 0.116), ("t5_result", 0.097)):
        machine = matched(references, texts["systems"].rename(columns={system: "text"}), "item_id")
        assert round(word_error_rate(machine["reference"], machine["text"]).value, 3) == rate


def test_pages_read_by_machines(reference_data):
    pages = pd.read_csv(reference_data / "ocr_pages" / "pages.csv", keep_default_na=False)
    for page in pages.itertuples():
        assert character_error_rate([page.reference], [page.hypothesis], normalise=False).value == pytest.approx(
            page.cer_dinglehopper, abs=1e-9
        )


def test_conformance_cases_of_error_rates(reference_data):
    cases = json.loads((reference_data / "conformance" / "agreement_wer_cases.json").read_text())
    pairs = next(case for case in cases if case["id"] == "jiwer_measures")["pairs"]
    assert len(pairs) == 6
    for pair in pairs:
        said, understood = [pair["reference"]], [pair["hypothesis"]]
        assert word_error_rate(said, understood, normalise=False).value == pytest.approx(pair["wer"], abs=1e-6)
        assert character_error_rate(said, understood, normalise=False).value == pytest.approx(pair["cer"], abs=1e-6)
