"""How readiness is drawn."""

import altair as alt
import pandas as pd

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
