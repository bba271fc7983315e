"""Near duplicates, groups, times and categories across splits."""

import pandas as pd
import pytest

SPLIT = ["train"] * 6 + ["test"] * 2


def test_near_duplicates_across_splits_are_found_and_exact_ones_left_to_their_check(check):
    columns = {
        "t": ["New York", "Rome", "Rome", "Oslo", "Bonn", "Bonn", "new-york", "Bonn"],
        "x": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 1.00001, 5.0],
        "split": SPLIT,
    }
    found = check("S04", columns, split="split")
    assert found.status == "warned"
    assert found.rows("split") == 2
    assert found.concerned("split") == [1, 7]


def test_near_duplicates_within_a_split_are_no_leak(check):
    columns = {"t": ["a", "A", "b", "c", "d", "e", "f", "g"], "x": [1.0, 1.0, 2, 3, 4, 5, 6, 7], "split": SPLIT}
    assert check("S04", columns, split="split").status == "passed"
    assert check("S04", {"k": range(8), "split": SPLIT}, split="split").status == "not applicable"


def test_a_group_in_two_splits_is_found_with_all_its_rows(check):
    columns = {"who": ["ana", "ana", "bo", "cy", "cy", None, "ana", None], "x": range(8), "split": SPLIT}
    found = check("S05", columns, split="split", group="who")
    assert (found.status, found.rows("who")) == ("failed", 3)
    assert found.concerned("who") == [1, 2, 7]
    assert "1 groups" in found.results.loc["who", "note"]


def test_groups_that_stay_in_their_split_pass(check):
    columns = {"who": ["a", "a", "b", "b", "b", "c", "d", "e"], "split": SPLIT}
    assert check("S05", columns, split="split", group="who").status == "passed"
    assert check("S05", columns, split="split").status == "not applicable"
    assert check("S05", columns, group="who").status == "not applicable"


def days(*numbers):
    return pd.to_datetime([f"2024-01-{number:02}" if number else None for number in numbers])


def test_rows_outside_training_that_are_from_its_time(check):
    found = check("S06", {"day": days(1, 2, 3, 4, 5, 6, 5, 9), "x": range(8), "split": SPLIT}, split="split")
    assert (found.status, found.rows("day"), found.figure("day")) == ("warned", 1, 0.5)
    assert found.concerned("day") == [7]


@pytest.mark.parametrize(("last", "status"), [((7, 8), "passed"), ((0, 0), "not applicable"), ((6, 8), "warned")])
def test_a_split_by_time_passes(check, last, status):
    assert check("S06", {"day": days(1, 2, 3, 4, 5, 6, *last), "split": SPLIT}, split="split").status == status


def test_without_a_single_time_it_does_not_apply(check):
    two = {"one": days(*[1] * 8), "two": days(*[2] * 8), "split": SPLIT}
    assert check("S06", two, split="split").status == "not applicable"
    assert check("S06", two, split="split", time="one").status == "warned"
    assert check("S06", {"x": range(8), "split": SPLIT}, split="split").status == "not applicable"


def test_categories_that_training_never_saw(check):
    kinds = ["a", "b"] * 15 + ["a", "c", "c", None, "NA"]
    found = check("S07", {"kind": kinds, "x": range(35), "split": ["train"] * 30 + ["test"] * 5}, split="split")
    assert (found.status, found.rows("kind")) == ("warned", 2)
    assert found.concerned("kind") == [32, 33]
    assert found.results.loc["kind", "note"] == "“c”"


@pytest.mark.parametrize("split", [["train"] * 30, ["train"] * 20 + ["test"] * 10])
def test_names_that_are_no_categories_and_a_single_split_do_not_apply(check, split):
    assert check("S07", {"name": [f"n{n}" for n in range(30)], "split": split}, split="split").status == "not applicable"
