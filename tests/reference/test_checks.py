"""Checks on published tables whose errors are known. The figures are those that the docs state; nothing is tuned to a table."""

import pandas as pd
import pytest

from components.data import checks, sources


def firing(report):
    """Return code and column of everything that fired, with its rows."""
    fired = report.results[report.results["status"].isin(["failed", "warned"])]
    return {(code, column): rows for code, column, rows in zip(fired["code"], fired["column"], fired["rows"], strict=True)}


def known_errors(folder, column):
    """Return the numbers of the rows in which the dirty table differs from the clean one."""
    dirty, clean = (pd.read_csv(folder / name, dtype=str, keep_default_na=False) for name in ("dirty.csv", "clean.csv"))
    return set(dirty.index[dirty[column].to_numpy() != clean[column].to_numpy()] + 1)


def found_errors(frame, code, column):
    return set(checks.rows_concerned(frame, checks.Plan(), code, column)["row"])


@pytest.mark.parametrize(("column", "errors"), [("PhoneNumber", 34), ("ZipCode", 30), ("ProviderNumber", 28)])
def test_hospital_words_among_numbers_are_the_known_errors_exactly(reference_data, column, errors):
    folder = reference_data / "dirty_hospital"
    frame = sources.read("dirty.csv", folder / "dirty.csv")
    assert firing(checks.run(frame))["T04", column] == errors
    assert found_errors(frame, "T04", column) == known_errors(folder, column)
    clean = sources.read("clean.csv", folder / "clean.csv")
    assert not {code for code, _ in firing(checks.run(clean))} & {"T04", "T05", "T06", "T08"}


@pytest.mark.parametrize("column", ["HospitalType", "HospitalOwner", "EmergencyService", "Condition"])
def test_hospital_typos_in_categories_are_found_with_high_precision(reference_data, column):
    folder = reference_data / "dirty_hospital"
    frame = sources.read("dirty.csv", folder / "dirty.csv")
    found, known = found_errors(frame, "T11", column), known_errors(folder, column)
    recall = {"EmergencyService": 0.59}.get(column, 1.0)
    assert len(found & known) / len(known) >= recall
    assert len(found & known) / len(found) >= 0.78


def test_beers_units_missing_states_and_spellings(reference_data):
    folder = reference_data / "dirty_beers"
    frame = sources.read("dirty.csv", folder / "dirty.csv")
    fired = firing(checks.run(frame))
    assert fired["T01", "state"] == 127
    assert found_errors(frame, "T01", "state") == known_errors(folder, "state")
    assert fired["T05", "ounces"] == 774
    assert found_errors(frame, "T05", "ounces") <= known_errors(folder, "ounces")
    assert ("T01", "state") not in firing(checks.run(sources.read("clean.csv", folder / "clean.csv")))


def test_titanic_leaks_are_found_and_nothing_else_is_called_one(reference_data):
    frame = sources.read("titanic.csv", reference_data / "nannyml_titanic" / "titanic_reference.csv")
    report = checks.run(frame, checks.Plan(label="Survived", id="PassengerId"))
    assert {column for code, column in firing(report) if code in {"T13", "T14"}} == {"boat", "body"}
    missing = {column: rows for (code, column), rows in firing(report).items() if code == "T01"}
    expected = frame.drop(columns="Survived").isna().sum()
    assert missing == expected[expected > 0.05 * len(frame)].to_dict()
    assert report.results.set_index("code").loc["T09", "status"] == "passed"


def test_titanic_with_passengers_in_two_splits(reference_data):
    frame = sources.read("titanic.csv", reference_data / "nannyml_titanic" / "titanic_reference.csv").assign(split="train")
    leaked = pd.concat([frame, frame.sample(9, random_state=0).assign(split="test")], ignore_index=True)
    report = checks.run(leaked, checks.Plan(label="Survived", id="PassengerId", split="split"))
    assert firing(report)["S01", "split"] == 18
    assert firing(report)["T09", "PassengerId"] == 9
