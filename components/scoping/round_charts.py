"""How the votes of a round are drawn: a dot for each person, the median as a line."""

import json
from typing import Any

import altair as alt
import pandas as pd

from components.project.rounds import Question
from components.scoping.round_result import steps, written
from components.theme import Palette, font_size

ROW = 92
BESIDE = 0.014
"""How far dots of the same answer stand beside each other, as a share of the width."""


def votes_chart(votes: pd.DataFrame, result: pd.DataFrame, question: Question, palette: Palette) -> alt.LayerChart:
    """Draw what each person answered to one question, a row a card, the widest spread on top.

    `votes` and `result` as in `round_result`. Engineers' marks are squares, business people's diamonds, others circles, the same answers
    beside each other; the grey tick is the median of the round before.
    """
    order = result[result["factor"] == question.name].reset_index(drop=True)
    rows = votes[(votes["factor"] == question.name) & votes["idea"].isin(order["idea"])].copy()
    rows["row"] = rows["idea"].map({idea: place for place, idea in enumerate(order["idea"])})
    rows["at"] = steps(rows["likely"], question)
    rows["answer"] = [written(value, question) for value in rows["likely"]]
    rows["mark"] = rows["role"].map({"engineering": "square", "business": "diamond"}).fillna("circle")
    order = order.assign(
        row=range(len(order)), middle=steps(order["median"], question), earlier=steps(order["before"].astype(float), question)
    )
    order["medians"] = [_medians(row, question) for row in order.itertuples()]
    values = sorted(choice.value for choice in question.choices)
    if values:
        left, right = -0.4, len(values) - 0.6
        shown = f"{json.dumps([question.word(value) for value in values])}[datum.value]"
        axis = alt.Axis(title=question.title, values=list(range(len(values))), labelExpr=shown, grid=True)
    else:
        left, right = 0.0, 1.06 * float(max(rows["high"].max(), 1e-9))
        axis = alt.Axis(title=question.title, tickCount=6, grid=True)
    scale = alt.Scale(domain=[left, right], nice=False)
    alike = rows.groupby(["row", "at"])["at"]
    rows["spot"] = rows["at"] + (alike.cumcount() - (alike.transform("size") - 1) / 2) * BESIDE * (right - left)
    x = alt.X("spot:Q", scale=scale, axis=axis)
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(max(len(order), 1)))))
    base, cards = alt.Chart(rows).encode(y=y), alt.Chart(order).encode(y=y)
    left_edge = {"align": "left", "baseline": "middle", "limit": alt.ExprRef("max(width, 80)")}
    layers = [
        cards.mark_text(**left_edge, dy=-33, color=palette.text, fontSize=font_size(17)).encode(x=alt.value(0), text="card:N"),
        cards.mark_text(**left_edge, dy=-9, color=palette.muted, fontSize=font_size(16, 13)).encode(x=alt.value(0), text="medians:N"),
        cards.mark_tick(thickness=3, size=26, color=palette.people, yOffset=19).encode(x=alt.X("middle:Q", scale=scale, axis=axis)),
        cards.mark_tick(thickness=2, size=26, color=palette.others, yOffset=19, opacity=0.7).encode(
            x=alt.X("earlier:Q", scale=scale, axis=axis)
        ),
    ]
    if not values:
        layers.append(
            base.mark_rule(color=palette.people, opacity=0.35, strokeWidth=4, strokeCap="round", yOffset=19).encode(
                x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
            )
        )
    dots = base.mark_point(filled=True, size=190, color=palette.people, stroke=palette.page, strokeWidth=1.5, opacity=0.9, yOffset=19)
    tooltip = [alt.Tooltip("name:N", title=" "), alt.Tooltip("answer:N", title="said")]
    layers.append(dots.encode(x=x, shape=alt.Shape("mark:N", scale=None), tooltip=tooltip))
    return alt.layer(*layers).properties(width="container", height=ROW * max(len(order), 1), usermeta={"besides": 62})


def _medians(row: Any, question: Question) -> str:
    """Say where the median is, and where engineers and business see it."""
    roles = [
        f"{name} {written(value, question)}"
        for name, value in (("engineers", row.engineering), ("business", row.business))
        if value is not None and not pd.isna(value)
    ]
    return ", ".join([f"median {written(row.median, question)}", *roles])
