"""The four bars of the ML Test Score, the lowest marked."""

import pytest

from components.readiness.charts import ml_test_score_chart
from components.readiness.ml_test_score import score
from components.theme import palette


def parts(answers, dark=False):
    chart = ml_test_score_chart(score(answers), palette(dark)).to_dict()
    rows = next(data for data in chart["datasets"].values() if "section" in data[0])
    rule = next(data for data in chart["datasets"].values() if "section" not in data[0])
    return chart, rows, rule


@pytest.mark.parametrize("dark", [False, True])
def test_the_lowest_section_is_marked_and_the_score_is_the_dashed_line(dark):
    chart, rows, rule = parts({"C01": "automated", "C08": "automated", "C15": "manual", "C22": "automated"}, dark)
    assert [(row["section"], row["points"], row["lowest"]) for row in rows] == [
        ("Data", 1, False),
        ("Model", 1, False),
        ("Infrastructure", 0.5, True),
        ("Monitoring", 1, False),
    ]
    assert rule == [{"points": 0.5}]
    bar = next(layer for layer in chart["layer"] if layer["mark"]["type"] == "bar")
    axis = bar["encoding"]["x"]
    assert axis["axis"]["values"] == [0, 1, 2, 3, 5, 7]
    assert axis["scale"]["domain"] == [0, 7]
    dashed = next(layer for layer in chart["layer"] if layer["mark"]["type"] == "rule")
    assert dashed["mark"]["strokeDash"] == [5, 4]


def test_an_empty_checklist_is_drawn():
    _, rows, rule = parts({})
    assert all(row["lowest"] for row in rows)
    assert rule == [{"points": 0}]
