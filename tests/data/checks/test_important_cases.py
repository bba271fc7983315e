"""Important cases: have against need, of the test part where there is one."""

import pandas as pd
import pytest

from components.data import checks
from components.data.condition import Condition
from components.data.coverage import needed
from components.data.records import ImportantCase
from components.errors import BadInput

FRAME = pd.DataFrame({"age": [10, 85, 90, 20, 81] * 20, "lamp": ["on", "off", "off", None, "on"] * 20})
OLD = ImportantCase(data_set="", name="old", condition=Condition.parse("age at least 80"), width=0.15)


def found(frame, *cases, **roles):
    results = checks.run(frame, checks.Plan(cases=cases, **roles)).results
    return results[results["code"] == "L06"].set_index("column")


def test_a_case_with_too_few_rows_is_warned_of_and_one_with_enough_passes():
    wide = ImportantCase(data_set="", name="old, roughly", condition=OLD.condition, width=0.2)
    results = found(FRAME, OLD, wide)
    assert list(results.loc[["old", "old, roughly"], "status"]) == ["warned", "passed"]
    assert tuple(results.loc["old", ["figure", "threshold", "rows"]]) == (60, needed(0.15, 0.9), 60)
    assert needed(0.2, 0.9) <= 60 < needed(0.15, 0.9)
    rows = checks.rows_concerned(FRAME, checks.Plan(cases=(OLD,)), "L06", "old")
    assert (rows["age"] >= 80).all()
    assert len(rows) == 60


def test_rows_of_the_test_part_count_where_there_is_one():
    parted = FRAME.assign(split=["Test" if place < 10 else "train" for place in range(100)])
    assert found(parted, OLD, split="split").loc["old", "figure"] == 6
    assert found(parted.assign(split="train"), OLD, split="split").loc["old", "figure"] == 60


def test_a_case_that_does_not_fit_the_data_has_no_row_and_says_why():
    lost = ImportantCase(data_set="", name="night", condition=Condition.parse("hour above 22"))
    result = found(FRAME, lost, OLD).loc["night"]
    assert (result["status"], result["figure"]) == ("warned", 0)
    assert "There is no column “hour”" in result["note"]
    assert not len(checks.rows_concerned(FRAME, checks.Plan(cases=(lost,)), "L06", "night"))


def test_without_a_case_it_does_not_apply():
    assert list(found(FRAME)["status"]) == ["not applicable"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("age at least 80", "age at least 80"),
        ("lamp is not on and age below 3", "lamp is not on and age below 3"),
        ("lamp is missing", "lamp is missing"),
        (" this is it is one of a, b ", "this is it is one of a, b"),
    ],
)
def test_a_condition_is_read_as_it_is_written(text, sentence):
    assert Condition.parse(text).sentence == sentence


@pytest.mark.parametrize("text", ["", "age", "age above", "is on", "age > 3"])
def test_what_is_no_condition_is_bad_input(text):
    with pytest.raises(BadInput, match="is no condition"):
        Condition.parse(text)
