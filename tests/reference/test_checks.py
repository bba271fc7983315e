"""Checks on published tables whose errors are known. The figures are those that the docs state; nothing is tuned to a table."""

import re
from pathlib import Path

import pandas as pd
import pytest

from components.data import checks, sources
from components.data.condition import Condition
from components.data.records import Expectation

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")


def firing(report):
    """Return code and column of everything that fired, with its rows."""
    fired = report.results[report.results["status"].isin(["failed", "warned"])]
    return {(code, column): rows for code, column, rows in zip(fired["code"], fired["column"], fired["rows"], strict=True)}


def known_errors(folder, column):
    """Return the numbers of the rows in which the dirty table differs from the clean one."""
    dirty, clean = (pd.read_csv(folder / name, dtype=str, keep_default_na=False) for name in ("dirty.csv", "clean.csv"))
    return set(dirty.index[dirty[column].to_numpy() != clean[column].to_numpy()] + 1)


CELLS = {"T01", "T02", "T04", "T05", "T06", "T10", "T11", "T15", "T31"}
"""Checks that point at single cells of a column."""


def named_cells(frame, plan):
    """Return the rows that checks name, by the column whose cell they doubt."""
    report, found = checks.run(frame, plan), {}
    for code, column in firing(report):
        if code in CELLS:
            rows = checks.rows_concerned(frame, plan, code, column).iloc[:, 0]
            found.setdefault(column.split(" → ")[-1], set()).update(rows)
    return found


def counted(named, known):
    """Return how many errors there are, how many cells are named, and how many of those are errors."""
    right = sum(len(rows & known.get(column, set())) for column, rows in named.items())
    return sum(map(len, known.values())), sum(map(len, named.values())), right


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


@pytest.mark.parametrize(("name", "figures"), [("dirty_hospital", (509, 268, 199)), ("dirty_beers", (4362, 1947, 1943))])
def test_what_the_defaults_find_is_what_the_docs_say(reference_data, name, figures):
    folder = reference_data / name
    frame = sources.read("dirty.csv", folder / "dirty.csv")
    known = {column: known_errors(folder, column) for column in frame.columns}
    assert counted(named_cells(frame, checks.Plan()), known) == figures
    assert f"| {figures[0]:,} | {figures[1]:,} | {figures[2]:,} |" in DOCS


def test_the_published_constraints_as_rules_find_most_typing_errors(reference_data):
    folder = reference_data / "dirty_holoclean"
    rules = []
    for line in (folder / "hospital_constraints.txt").read_text().split():
        equal, other = re.findall(r"&EQ\(t1\.(\w+),", line), re.findall(r"IQ\(t1\.(\w+),", line)
        rules.append(Expectation(rule="determines", columns=equal, determined=other[0]))
    frame = sources.read("hospital.csv", folder / "hospital.csv")
    dirty = pd.read_csv(folder / "hospital.csv", dtype=str, keep_default_na=False)
    clean = pd.read_csv(folder / "hospital_clean.csv", dtype=str, keep_default_na=False)
    clean = clean.assign(tid=clean["tid"].astype(int)).pivot(index="tid", columns="attribute", values="correct_val").replace("empty", "")
    known = {column: set(dirty.index[dirty[column].to_numpy() != clean[column].to_numpy()] + 1) for column in dirty.columns}
    plan = checks.Plan(expectations=tuple(rules))
    named = {}
    for code, column in firing(checks.run(frame, plan)):
        if code == "T31":
            named.setdefault(column.split(" → ")[-1], set()).update(checks.rows_concerned(frame, plan, code, column).iloc[:, 0])
    assert len(rules) == 15
    assert counted(named, known) == (509, 455, 435)
    assert "| 509 | 455 | 435 |" in DOCS


@pytest.mark.parametrize("changed", [0, 20])
def test_adults_constraints_on_two_columns_find_the_rows_that_break_them_and_no_others(reference_data, changed):
    """The table as published, and with the sex of so many more husbands and wives changed."""
    folder = reference_data / "dirty_holoclean"
    frame = sources.read("adult.csv", folder / "Adult1100.csv")
    right = {"Husband": "Male", "Wife": "Female"}
    couples = frame[frame["Relationship"].isin(right)]
    fine = couples.index[couples["Sex"] == couples["Relationship"].map(right)].to_series().sample(changed, random_state=0)
    frame.loc[fine, "Sex"] = frame.loc[fine, "Sex"].map({"Male": "Female", "Female": "Male"})
    known = {row + 1 for row in frame.index if right.get(frame["Relationship"][row], frame["Sex"][row]) != frame["Sex"][row]}
    rules = []
    for line in (folder / "adult_constraints.txt").read_text().split():
        said = [f"{column} is {value.capitalize()}" for column, value in re.findall(r't1\.(\w+),"(\w+)"', line)]
        rules.append(Expectation(rule="never", condition=Condition.parse(" and ".join(said))))
    plan = checks.Plan(expectations=tuple(rules))
    assert sum(rows for (code, _), rows in firing(checks.run(frame, plan)).items() if code == "T32") == len(known) == 8 + changed
    assert {row for rule in rules for row in checks.rows_concerned(frame, plan, "T32", rule.name)["row"]} == known


def test_the_docs_list_every_check():
    for check in checks.CHECKS:
        assert f"| {check.code} | {check.title} |" in DOCS
