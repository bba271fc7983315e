"""How a model's mistakes are drawn: what is taken for what, certainty against being right, prediction against truth."""

import altair as alt
import pandas as pd

from components import marks, words
from components.theme import Palette, font_size

CELL = 34
SIDE = 300
MOST_POINTS = 600


def confusion_chart(table: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw which class is taken for which, `table` as `mistakes.confusion` gives it: the number in each cell, darker by its share."""
    cells = table.assign(
        text=["·" if not rows else words.count(rows) for rows in table["rows"]],
        step=pd.cut(table["share"].fillna(0), [-1, 0.02, 0.25, 0.75, 1.01], labels=False),
        of=[words.percent(share) for share in table["share"].fillna(0)],
        right=table["truth"] == table["prediction"],
    )
    order = list(dict.fromkeys(cells["truth"]))
    shared = {"labelFontSize": font_size(16, 11), "labelColor": palette.text, "labelLimit": 150, "labelOverlap": False}
    x_axis = alt.Axis(title="taken for", orient="top", labelAngle=0 if max(map(len, order)) < 4 else -50, **shared)
    base = alt.Chart(cells).encode(
        x=alt.X("prediction:N", sort=order, axis=x_axis, scale=alt.Scale(paddingInner=0.06)),
        y=alt.Y("truth:N", sort=order, axis=alt.Axis(title="truth", **shared), scale=alt.Scale(paddingInner=0.08)),
    )
    colour = alt.Color("step:O", scale=alt.Scale(domain=[0, 1, 2, 3], range=list(palette.matrix)))
    tip = [alt.Tooltip("truth:N"), alt.Tooltip("prediction:N", title="taken for"), alt.Tooltip("text:N", title="rows"), alt.Tooltip("of:N")]
    boxes = base.mark_rect(cornerRadius=3).encode(color=colour, tooltip=tip)
    ink = alt.when("datum.step == 3").then(alt.value(palette.page)).otherwise(alt.value(palette.text))
    numbers = base.mark_text(fontSize=font_size(14, 9)).encode(text="text:N", color=ink)
    return alt.layer(boxes, numbers).properties(width="container", height=CELL * len(order), usermeta={"besides": 110})


def calibration_chart(table: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw how often a model is right by how certain it was; on the dashed line, certainty means what it says."""
    least = min(float(table["certainty"].min()), float(table["low"].min()))
    low = max(0.0, least - 0.03)
    scale = alt.Scale(domain=[low, 1.0], nice=False, zero=False)
    x = alt.X("certainty:Q", scale=scale, axis=marks.value_axis("how certain it was, %", as_percent=True))
    y_axis = marks.value_axis("right, %", as_percent=True)
    line = alt.Chart(pd.DataFrame({"certainty": [low, 1.0], "value": [low, 1.0]})).mark_line(color=palette.target, strokeDash=[5, 4])
    base = alt.Chart(table).encode(x=x)
    rule = base.mark_rule(strokeWidth=5, opacity=0.8, strokeCap="round", color=palette.model)
    tip = [alt.Tooltip("certainty:Q", format=".1%"), alt.Tooltip("value:Q", format=".1%", title="right"), alt.Tooltip("rows:Q")]
    dot = base.mark_point(filled=True, size=200, opacity=1, color=palette.model, stroke=palette.page, strokeWidth=2)
    return alt.layer(
        line.encode(x=x, y=alt.Y("value:Q", scale=scale, axis=y_axis)),
        rule.encode(y=alt.Y("low:Q", scale=scale, axis=y_axis), y2="high:Q"),
        dot.encode(y=alt.Y("value:Q", scale=scale, axis=y_axis), tooltip=tip),
    ).properties(width="container", height=SIDE, usermeta={"besides": 62})


def truth_chart(predictions: pd.DataFrame, palette: Palette, target: str) -> alt.LayerChart:
    """Draw predictions against the truth, a sample where there are many; on the dashed line they are right."""
    shown = predictions.dropna(subset=["prediction"])
    shown = shown.sample(min(MOST_POINTS, len(shown)), random_state=0)[["row", "truth", "prediction"]]
    low, high = float(shown[["truth", "prediction"]].min().min()), float(shown[["truth", "prediction"]].max().max())
    scale = alt.Scale(domain=[low, high], nice=True, zero=False)
    x = alt.X("truth:Q", scale=scale, axis=alt.Axis(title=f"{target[:40]}: truth"))
    y = alt.Y("prediction:Q", scale=scale, axis=alt.Axis(title="prediction", grid=True))
    line = alt.Chart(pd.DataFrame({"truth": [low, high], "prediction": [low, high]})).mark_line(color=palette.target, strokeDash=[5, 4])
    dots = alt.Chart(shown).mark_point(filled=True, size=45, opacity=0.5, color=palette.model)
    tip = [alt.Tooltip("row:Q"), alt.Tooltip("truth:Q"), alt.Tooltip("prediction:Q")]
    return alt.layer(line.encode(x=x, y=y), dots.encode(x=x, y=y, tooltip=tip)).properties(
        width="container", height=SIDE + 40, usermeta={"besides": 62}
    )
