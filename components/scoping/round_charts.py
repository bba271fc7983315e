"""How the votes of a round are drawn: a dot for each person, the median as a line."""

import altair as alt
import pandas as pd

from components.project.rounds import Question
from components.scoping.flip import number
from components.scoping.round_result import steps
from components.theme import Palette, font_size

ROW = 62


def votes_chart(votes: pd.DataFrame, result: pd.DataFrame, question: Question, palette: Palette) -> alt.LayerChart:
    """Draw what each person answered to one question, a row a card, the widest spread on top.

    `votes` and `result` as in `round_result`. Engineers' dots are filled squares, business people's diamonds, others circles; the dashed
    line is the round before.
    """
    order = result[result["factor"] == question.name].reset_index(drop=True)
    rows = votes[(votes["factor"] == question.name) & votes["idea"].isin(order["idea"])].copy()
    rows["row"] = rows["idea"].map({idea: place for place, idea in enumerate(order["idea"])})
    rows["at"] = steps(rows["likely"], question)
    rows["answer"] = [question.word(value) if question.choices else number(value) for value in rows["likely"]]
    rows["mark"] = rows["role"].map({"engineering": "square", "business": "diamond"}).fillna("circle")
    crowd = rows.groupby(["row", "at"]).cumcount()
    rows["lift"] = crowd * 9.0
    order = order.assign(
        row=range(len(order)), middle=steps(order["median"], question), earlier=steps(order["before"].astype(float), question)
    )
    order["label"] = [f"{card}: {number(median)}" for card, median in zip(order["card"], order["median"], strict=True)]
    values = sorted(choice.value for choice in question.choices)
    if values:
        words = {str(place): question.word(value) for place, value in enumerate(values)}
        scale = alt.Scale(domain=[-0.3, len(values) - 0.7], nice=False)
        shown = "{" + ", ".join(f"'{place}': '{word}'" for place, word in words.items()) + "}[datum.value]"
        axis = alt.Axis(title=question.title, values=list(range(len(values))), labelExpr=shown, grid=True)
    else:
        top = float(max(rows["high"].max(), rows["likely"].max(), 1e-9))
        scale, axis = alt.Scale(domain=[0, top * 1.06], nice=False), alt.Axis(title=question.title, tickCount=6, grid=True)
    x = alt.X("at:Q", scale=scale, axis=axis)
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(max(len(order), 1)))))
    base, cards = alt.Chart(rows).encode(y=y), alt.Chart(order).encode(y=y)
    layers = [
        cards.mark_text(align="left", baseline="middle", dy=-18, color=palette.text, fontSize=font_size(17)).encode(
            x=alt.value(0), text="label:N"
        ),
        cards.mark_tick(thickness=3, size=26, color=palette.people, yOffset=10).encode(x=alt.X("middle:Q", scale=scale, axis=axis)),
        cards.mark_tick(thickness=2, size=26, color=palette.others, yOffset=10, opacity=0.7).encode(
            x=alt.X("earlier:Q", scale=scale, axis=axis)
        ),
    ]
    if not values:
        layers.append(
            base.mark_rule(color=palette.people, opacity=0.35, strokeWidth=4, strokeCap="round", yOffset=10).encode(
                x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
            )
        )
    dots = base.mark_point(filled=True, size=150, color=palette.people, stroke=palette.page, strokeWidth=1.5, opacity=0.9, yOffset=10)
    tooltip = [alt.Tooltip("name:N", title=" "), alt.Tooltip("answer:N", title="said")]
    layers.append(dots.encode(x=x, shape=alt.Shape("mark:N", scale=None), tooltip=tooltip))
    return alt.layer(*layers).properties(width="container", height=ROW * max(len(order), 1), usermeta={"besides": 62})
