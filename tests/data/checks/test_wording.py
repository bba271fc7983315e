"""Results in words."""

import pandas as pd
import pytest

from components.data import checks
from components.data.checks.report import sentence
from components.data.checks.wording import figure_text, headline
from components.data.records import CheckRun


def groups(frame, **roles):
    report = checks.run(pd.DataFrame(frame), checks.Plan(**roles))
    run = CheckRun(data_version="v", rows=report.rows, columns=report.columns, results=report.to_records(), seconds=0)
    return {group[0]["code"]: group for group in run.firing()}


@pytest.mark.parametrize(
    ("frame", "roles", "code", "title", "text"),
    [
        ({"x": [1, None]}, {}, "T01", "Missing values: x", "50.0 % of the cells are missing; up to 5.0 % pass."),
        ({"x": ["Ab", "Ab", "a b"]}, {}, "T05", "Spelling variants: x", "1 row with a rarer spelling, such as “Ab” / “a b”."),
        ({"x": [1, 1], "id": [5, 6]}, {}, "T08", "Duplicate rows", "50.0 % of the rows repeat an earlier one; up to 5.0 % pass (not"),
        ({"x": [1, 1], "y": ["a", "b"]}, {"label": "y"}, "L01", "Conflicting labels: y", "2 rows that equal another one"),
        ({"a{b}": [1, None], "c": [None, None]}, {}, "T01", "Missing values: c and a{b}", "In c: 100 % of the cells are missing"),
    ],
)
def test_what_was_found(frame, roles, code, title, text):
    group = groups(frame, **roles)[code]
    assert headline(group) == title
    assert figure_text(group).startswith(text)
    assert figure_text(group).endswith(".")


def test_what_could_not_be_computed():
    assert figure_text([{"figure": None, "note": "It broke."}]) == "It broke."


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ({"failed": 3}, "3 things to fix before you train."),
        ({"failed": 1, "error": 2}, "1 thing to fix before you train."),
        ({"error": 1}, "Nobody knows yet: 1 check could not be computed."),
        ({"warned": 2}, "You can train; 2 things are worth a look."),
        ({"passed": 9}, "You can train on this: every check that applies has passed."),
    ],
)
def test_the_answer(counts, text):
    assert sentence(counts, 30) == text


def test_too_few_rows_are_no_data_to_train_on():
    assert sentence({"passed": 1}, 1) == "Too few to train on: 1 row. Nothing else is wrong."
    assert sentence({"warned": 1}, 29) == "Too few to train on: 29 rows. Beside that, 1 thing is worth a look."
