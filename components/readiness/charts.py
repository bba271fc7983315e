"""How readiness is drawn."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from components import marks, words
from components.readiness.gaps import Gap
from components.readiness.ml_test_score import MLTestScore, written
from components.theme import Palette, font_size


def ml_test_score_chart(score: MLTestScore, palette: Palette) -> alt.LayerChart:
    """Draw the four sections as bars, the lowest marked: it is the score."""
    rows = pd.DataFrame(
        [
            {
                "section": section,
                "points": points,
                "text": written(points),
                "lowest": points == score.score,
            }
            for section, points in score.sections.items()
        ]
    )
    scale = alt.Scale(domain=[0, 7], nice=False)
    axis = alt.Axis(title="points of 7", values=[0, 1, 2, 3, 5, 7], format="d")
    y = alt.Y(
        "section:N", sort=None, axis=alt.Axis(title=None, labelFontSize=17, labelColor=palette.text), scale=alt.Scale(paddingInner=0.32)
    )
    colour = alt.when("datum.lowest").then(alt.value(palette.warned)).otherwise(alt.value(palette.others))
    bars = alt.Chart(rows).mark_bar(opacity=0.42, cornerRadius=3).encode(x=alt.X("points:Q", scale=scale, axis=axis), y=y, color=colour)
    ink = alt.when("datum.lowest").then(alt.value(palette.warned)).otherwise(alt.value(palette.muted))
    text = alt.Chart(rows).mark_text(align="left", dx=8, fontWeight=600, fontSize=font_size(17))
    numbers = text.encode(x=alt.X("points:Q", scale=scale), y=y, text="text:N", color=ink)
    at = alt.Chart(pd.DataFrame([{"points": score.score}]))
    rule = at.mark_rule(strokeWidth=2, strokeDash=[5, 4], color=palette.target).encode(x=alt.X("points:Q", scale=scale))
    return alt.layer(bars, rule, numbers).properties(width="container", height=180)


def gaps_chart(gaps: Sequence[Gap], palette: Palette) -> alt.LayerChart:
    """Draw lines by the bad decisions that each saves; the first is the dearest."""
    rows = [
        {
            "name": gap.line.title,
            "value": gap.saved.value,
            "low": gap.saved.low,
            "high": gap.saved.high,
            "role": "other" if number else "failed",
            "text": words.count(gap.saved.value),
        }
        for number, gap in enumerate(gaps)
    ]
    return marks.pale_bars(pd.DataFrame(rows), palette, title="")


def matrix_chart(matrix: pd.DataFrame, in_place: Sequence[str], uncovered: Sequence[str], palette: Palette) -> alt.LayerChart:
    """Draw which monitor notices which fault: a cell for each, the share of the runs in it; ✓ at monitors in place.

    `uncovered` are the titles of faults that stand in red, since nothing in place notices them.
    """
    cells = matrix.assign(
        column=[f"{name} ✓" if code in in_place else name for code, name in zip(matrix["monitor"], matrix["name"], strict=True)],
        text=["·" if share < 0.005 else f"{100 * share:.0f}" for share in matrix["share"]],
        step=pd.cut(matrix["share"], [-1, 0.25, 0.5, 0.75, 1], labels=False),
        late=[words.MISSING if pd.isna(late) else words.counted(late, "window") for late in matrix["late"]],
        seen=[words.percent(share, 0) for share in matrix["share"]],
    )
    red = alt.expr.indexof(list(uncovered), alt.datum.value) >= 0
    y_axis = alt.Axis(
        title=None,
        labelFontSize=font_size(16, 11),
        labelLimit=260,
        labelColor=alt.when(red).then(alt.value(palette.failed)).otherwise(alt.value(palette.text)),
    )
    x_axis = alt.Axis(
        title=None,
        orient="top",
        labelAngle=-50,
        labelFontSize=font_size(15, 10),
        labelColor=palette.text,
        labelLimit=220,
        labelOverlap=False,
    )
    scale = alt.Scale(paddingInner=0.06)
    base = alt.Chart(cells).encode(
        x=alt.X("column:N", sort=None, axis=x_axis, scale=scale),
        y=alt.Y("title:N", sort=None, axis=y_axis, scale=alt.Scale(paddingInner=0.08)),
    )
    colour = alt.Color("step:O", scale=alt.Scale(domain=[0, 1, 2, 3], range=list(palette.matrix)))
    tip = [
        alt.Tooltip("title:N", title="fault"),
        alt.Tooltip("name:N", title="monitor"),
        alt.Tooltip("seen:N", title="noticed in time"),
        alt.Tooltip("late:N", title="after (median)"),
    ]
    boxes = base.mark_rect(cornerRadius=3).encode(color=colour, tooltip=tip)
    ink = alt.when("datum.step == 3").then(alt.value(palette.page)).otherwise(alt.value(palette.text))
    numbers = base.mark_text(fontSize=font_size(14, 9)).encode(text="text:N", color=ink)
    return alt.layer(boxes, numbers).properties(
        width="container", height=27 * cells["fault"].nunique(), usermeta={"besides": 130}, padding={"right": 56}
    )
