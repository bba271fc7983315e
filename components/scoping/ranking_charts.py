"""How a ranking is drawn: scores, chances of being first, and ideas between value and feasibility."""

import altair as alt
import pandas as pd

from components import marks, words
from components.scoping.flip import number
from components.scoping.ranking import Ranking
from components.theme import Palette, font_size

LARGEST = 2600
SMALLEST = 120
HEIGHT = 420
LINE = 23
"""Pixels that a label needs above the next."""
LIMIT = alt.ExprRef("max(.55 * width, 90)")


def score_chart(ranking: Ranking, palette: Palette) -> alt.LayerChart:
    """Draw the ranked ideas as bars with the middle 95 % of their scores, the best highlighted."""
    ranked = ranking.ranked
    rows = pd.DataFrame(
        {
            "name": ranked["name"],
            "value": ranked["score"],
            "low": ranked["low"] if ranking.voters else None,
            "high": ranked["high"] if ranking.voters else None,
            "role": ["highlight" if place == 0 else "other" for place in range(len(ranked))],
            "text": [number(score) for score in ranked["score"]],
        }
    )
    return marks.pale_bars(rows, palette, title=f"{ranking.lens.title} score")


def probability_chart(ranking: Ranking, palette: Palette) -> alt.LayerChart:
    """Draw how likely each idea comes first."""
    ranked = ranking.ranked
    rows = pd.DataFrame(
        {
            "name": ranked["name"],
            "value": ranked["probability"],
            "low": None,
            "high": None,
            "role": ["highlight" if place == 0 else "other" for place in range(len(ranked))],
            "text": [words.percent(chance, 0) for chance in ranked["probability"]],
        }
    )
    return marks.pale_bars(rows, palette, title="chance of being first, %", as_percent=True, domain=(0.0, 1.12))


def bubble_chart(ranking: Ranking, votes: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw ideas between value and feasibility: the circle's area is the chance of being first, the cross the middle half of the votes."""
    ranked = ranking.ranked
    rows = ranking.factors.loc[ranked["idea"]].reset_index(names="idea").assign(name=ranked["name"].to_numpy())
    chance = ranked["probability"].fillna(0).to_numpy()
    rows = rows.assign(
        size=SMALLEST + LARGEST * chance,
        text=[
            f"{words.shortened(name)} {words.percent(share, 0)}" if ranking.voters else words.shortened(name)
            for name, share in zip(rows["name"], chance, strict=True)
        ],
    )
    rows = rows.assign(side=["left" if value > 3.6 else "right" for value in rows["feasibility"]], lift=_lifts(rows))
    for factor in ("value", "feasibility"):
        likely = votes[votes["factor"] == factor].astype({"likely": "float64"})
        middle = likely.groupby("idea")["likely"].quantile([0.25, 0.75]).unstack()
        for column, share in (("low", 0.25), ("high", 0.75)):
            found = rows["idea"].map(middle[share]) if share in middle else pd.Series(float("nan"), rows.index)
            rows[f"{factor}_{column}"] = found.fillna(rows[factor])
    scale = alt.Scale(domain=[0.7, 5.3], nice=False)

    def axis(title: str) -> alt.Axis:
        return alt.Axis(title=title, values=[1, 2, 3, 4, 5], format="d", grid=True)

    x = alt.X("feasibility:Q", scale=scale, axis=axis("feasibility →"))
    y = alt.Y("value:Q", scale=scale, axis=axis("value →"))
    layers = []
    for place, row in enumerate(rows.to_dict("records")):
        colour = palette.model if place == 0 else palette.others
        base = alt.Chart(pd.DataFrame([row])).encode(x=x, y=y)
        cross = {"strokeWidth": 3, "opacity": 0.8, "strokeCap": "round", "color": colour}
        label = {"align": "right" if row["side"] == "left" else "left", "dx": -18 if row["side"] == "left" else 18, "dy": row["lift"]}
        ink = colour if place == 0 else palette.text
        name = base.encode(text="text:N")
        type_ = {**label, "fontWeight": 600 if place == 0 else 400, "fontSize": font_size(17, 13), "limit": LIMIT}
        size = alt.Size("size:Q", scale=None)
        layers += [
            base.mark_circle(color=colour, opacity=0.22).encode(size=size),
            base.mark_rule(**cross).encode(x=alt.X("feasibility_low:Q", scale=scale), x2="feasibility_high:Q"),
            base.mark_rule(**cross).encode(y=alt.Y("value_low:Q", scale=scale), y2="value_high:Q"),
            base.mark_point(filled=True, color=colour, size=160, opacity=1, stroke=palette.page, strokeWidth=2),
            name.mark_text(**type_, color=palette.page, stroke=palette.page, strokeWidth=7, strokeJoin="round"),
            name.mark_text(**type_, color=ink),
        ]
    return alt.layer(*layers).properties(width="container", height=HEIGHT)


def _lifts(rows: pd.DataFrame) -> list[int]:
    """Return how far each label stands below its circle's middle, so that labels of neighbours never cover each other."""
    taken: list[float] = []
    lifts = []
    for value in rows["value"]:
        middle = HEIGHT * (5.3 - value) / 4.6
        tries = (-14, LINE - 14, -14 - LINE, 2 * LINE - 14, -14 - 2 * LINE, 3 * LINE - 14, -14 - 3 * LINE)
        lift = next((one for one in tries if all(abs(middle + one - other) >= LINE - 3 for other in taken)), -14)
        taken.append(middle + lift)
        lifts.append(lift)
    return lifts
