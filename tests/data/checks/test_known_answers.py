"""Errors put into a clean table on purpose, each found exactly: no more, no fewer."""

import numpy as np
import pandas as pd
import pytest

from components.data import checks

ROWS = 10_000


@pytest.fixture(scope="module")
def clean():
    rng = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "size": rng.normal(size=ROWS),
            "weight": rng.normal(size=ROWS),
            "kind": rng.choice(["a", "b", "c"], ROWS),
            "label": rng.choice(["no", "yes"], ROWS),
            "split": rng.choice(["train", "test"], ROWS, p=[0.8, 0.2]),
        }
    )


def found(frame, code, **roles):
    plan = checks.Plan(**{"label": "label", "split": "split", **roles})
    results = checks.run(frame, plan).results.set_index("code")
    column = results.loc[[code], "column"].iloc[0]
    return int(results.loc[[code], "rows"].iloc[0]), set(checks.rows_concerned(frame, plan, code, column)["row"] - 1)


@pytest.mark.parametrize("code", ["T08", "T09", "L01", "S01", "S04"])
def test_a_clean_table_has_none(clean, code):
    assert found(clean.assign(id=range(ROWS)), code, id="id") == (0, set())


def test_one_percent_of_duplicates(clean):
    copied = clean.sample(ROWS // 100, random_state=1)
    rows, which = found(pd.concat([clean, copied], ignore_index=True), "T08")
    assert rows == 100
    assert which == {*copied.index, *range(ROWS, ROWS + 100)}


def test_half_a_percent_of_conflicting_labels(clean):
    copied = clean.sample(ROWS // 200, random_state=2)
    turned = copied.assign(label=copied["label"].map({"no": "yes", "yes": "no"}))
    rows, which = found(pd.concat([clean, turned], ignore_index=True), "L01")
    assert rows == 100
    assert which == {*copied.index, *range(ROWS, ROWS + 50)}


def test_training_rows_that_leak_into_the_test(clean):
    leaked = clean[clean["split"] == "train"].sample(37, random_state=3)
    rows, which = found(pd.concat([clean, leaked.assign(split="test")], ignore_index=True), "S01")
    assert rows == 74
    assert which == {*leaked.index, *range(ROWS, ROWS + 37)}


def test_leaks_that_were_touched_up(clean):
    leaked = clean[clean["split"] == "train"].sample(37, random_state=4)
    touched = leaked.assign(split="test", kind=leaked["kind"].str.upper() + " ")
    rows, which = found(pd.concat([clean, touched], ignore_index=True), "S04")
    assert rows == 74
    assert which == {*leaked.index, *range(ROWS, ROWS + 37)}


def test_keys_that_stand_there_twice(clean):
    frame = clean.assign(id=range(ROWS))
    frame.loc[[5, 77], "id"] = [6, 78]
    assert found(frame, "T09", id="id") == (2, {5, 6, 77, 78})
