"""The chart grammar: what stands in the drawings, and that every palette and edge can be drawn."""

import pandas as pd
import pytest
import vl_convert

from components import marks, theme
from components.stats.estimate import Estimate

ROWS = pd.DataFrame(
    [
        {"name": "Nearest neighbours", "value": 0.972, "low": 0.96, "high": 0.981, "role": "highlight", "note": None},
        {"name": "Rules", "value": 0.841, "low": 0.815, "high": 0.864, "role": "other", "note": None},
        {"name": "LeNet", "value": 0.991, "low": None, "high": None, "role": "not comparable", "note": "other images"},
    ]
)


def drawn(chart) -> str:
    return vl_convert.vegalite_to_svg(theme.themed(chart, theme.LIGHT).properties(width=900).to_dict())


def test_interval_dots_name_each_row_with_its_value_and_the_reason_of_what_is_not_comparable():
    people = Estimate(0.984, 0.971, 0.992)
    picture = drawn(marks.interval_dots(ROWS, theme.LIGHT, title="accuracy, %", as_percent=True, band=people, target=0.995))
    assert "Nearest neighbours 97.2 %" in picture
    assert "LeNet: other images" in picture
    assert "people 98.4 % [97.1, 99.2]" in picture
    assert "target 99.5 %" in picture


def test_a_row_without_interval_draws_its_dot_and_no_rule():
    spec = marks.interval_dots(ROWS.tail(1), theme.LIGHT, title="accuracy").to_dict()
    kinds = [layer["mark"]["type"] for layer in spec["layer"]]
    assert "point" in kinds
    assert "rule" not in kinds


def test_names_stand_on_the_side_with_more_room():
    spec = marks.interval_dots(ROWS.head(2), theme.LIGHT, title="accuracy", domain=(0.8, 1.0))
    sides = {row["name"]: row["side"] for data in spec.to_dict()["datasets"].values() for row in data if "side" in row}
    assert sides == {"Nearest neighbours": "left", "Rules": "right"}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("rows", [ROWS, ROWS.head(1), ROWS.head(0)])
def test_every_kind_can_be_drawn_with_any_number_of_rows(rows, dark):
    colours = theme.palette(dark)
    for chart in (
        marks.interval_dots(rows, colours, title="x"),
        marks.pale_bars(rows, colours, title="x"),
        marks.strip(pd.DataFrame({"name": ["to fix", "passed"], "count": [0, 3], "role": ["failed", "passed"]}), colours),
        marks.glyph(Estimate(0.8, 0.7, 0.9), colours, target=0.75),
        marks.glyph(Estimate(0.8), colours),
    ):
        assert drawn(chart).startswith("<svg")


def test_bands_beyond_the_axis_are_left_out():
    spec = marks.interval_dots(ROWS.head(1), theme.LIGHT, title="α", domain=(0.9, 1), areas=[(0.667, 0.8, "tentative"), (0.8, 1, "good")])
    text = str(spec.to_dict())
    assert "good" in text
    assert "tentative" not in text


def test_the_strip_leaves_room_for_the_words_of_a_small_part():
    frame = pd.DataFrame({"name": ["to fix", "passed"], "count": [1, 1000], "role": ["failed", "passed"]})
    rows = next(iter(marks.strip(frame, theme.LIGHT).to_dict()["datasets"].values()))
    assert rows[0]["end"] - rows[0]["start"] > 0.1
    assert rows[1]["text"] == "1,000 passed"


def test_light_and_dark_differ_in_every_colour_of_a_role():
    for role in ("highlight", "people", "other", "target", "passed", "warned", "failed", "not applicable"):
        assert theme.LIGHT.of(role) != theme.DARK.of(role)
