"""How headroom is drawn: as bars, and as share against gap."""

import altair as alt
import numpy as np
import pandas as pd

from components import marks, naming, words
from components.theme import Palette, font_size

MOST_BARS = 12
HEIGHT = 300
LEVELS = 3
NICE = (1, 2, 5)


def drawn(table: pd.DataFrame) -> pd.DataFrame:
    """Return the slices that are drawn, the most promising first."""
    return table[table["headroom"].notna()].sort_values("rank", kind="stable").head(MOST_BARS).reset_index(drop=True)


def leaders(table: pd.DataFrame) -> list[str]:
    """Return the slices that lead: the first, and those that can't be told from it as points are written."""
    ordered = drawn(table)
    if not len(ordered) or ordered["priority"].iloc[0] <= 0:
        return []
    shown = (100 * ordered["priority"]).round(2)
    return [str(name) for name in ordered["slice"][shown == shown.iloc[0]]]


TITLES = {
    "accuracy": ("points of overall accuracy to gain", "gap to people, points"),
    "error": ("share of the whole error to take away, %", "excess error, % of the average"),
}


def headroom_chart(table: pd.DataFrame, palette: Palette, metric: str = "accuracy") -> alt.LayerChart:
    """Draw what each slice would bring, in points of the overall accuracy or in percent of the whole error, the most promising first."""
    rows = drawn(table)
    first = leaders(table)
    digits = 1 if metric == "error" else 2
    frame = pd.DataFrame(
        {
            "name": rows["slice"],
            "value": 100 * rows["headroom"],
            "low": 100 * rows["low"],
            "high": 100 * rows["high"],
            "role": ["highlight" if name in first else "other" for name in rows["slice"]],
            "text": [f"+{words.decimal(100 * value, digits)}" if value >= 0.00005 else "0" for value in rows["headroom"]],  # noqa: PLR2004
        }
    )
    top = float(frame[["value", "high"]].max(axis=None, skipna=True))
    return marks.pale_bars(frame, palette, title=TITLES[metric][0], domain=(0.0, 1.2 * max(top, 0.01)))


def plane_chart(table: pd.DataFrame, palette: Palette, metric: str = "accuracy") -> alt.LayerChart:
    """Draw each slice by its share and its gap to people, with curves of equal gain."""
    rows = drawn(table)
    first = leaders(table)
    frame = pd.DataFrame(
        {
            "name": rows["slice"],
            "share": 100 * rows["share"],
            "gap": 100 * rows["gap"],
            "colour": [palette.model if name in first else palette.others for name in rows["slice"]],
            "ink": [palette.model if name in first else palette.muted for name in rows["slice"]],
        }
    )
    right = min(100.0, 1.18 * max(float(frame["share"].max()), 1.0))
    top = 1.2 * max(float(frame["gap"].max()), 0.5)
    low = min(0.0, 1.2 * float(frame["gap"].min()))
    x_scale = alt.Scale(domain=[0, 1.12 * right], nice=False)
    y_scale = alt.Scale(domain=[low, top], nice=False)
    x = alt.X("share:Q", scale=x_scale, axis=alt.Axis(title="share of the data, %", grid=False, tickCount=5))
    y = alt.Y("gap:Q", scale=y_scale, axis=alt.Axis(title=TITLES[metric][1], grid=False, tickCount=5, labelExpr=marks.DECIMAL_LABELS))
    layers = _curves(100 * float(rows["headroom"].max()), right, top, palette, x_scale, y_scale)
    places = list(zip(frame["share"] / (1.12 * right), (top - frame["gap"]) / (top - low), strict=True))
    frame = frame.join(naming.beside(places, list(frame["name"])))
    frame["at"] = top - frame["down"] * (top - low)
    layers += naming.names_beside(frame, palette, x, y, alt.Y("at:Q", scale=y_scale), size=17, weight=600)
    dots = alt.Chart(frame[::-1]).mark_point(filled=True, size=200, opacity=1, stroke=palette.page, strokeWidth=2)
    layers.append(
        dots.encode(
            x=x,
            y=y,
            color=alt.Color("colour:N", scale=None),
            tooltip=["name:N", alt.Tooltip("share:Q", format=".1f"), alt.Tooltip("gap:Q", format=".2f")],
        )
    )
    return alt.layer(*layers).properties(width="container", height=HEIGHT, usermeta={"besides": 66})


def _curves(best: float, right: float, top: float, palette: Palette, x_scale: alt.Scale, y_scale: alt.Scale) -> list[alt.Chart]:
    """Draw curves along which share × gap is the same, each labelled at its right end."""
    layers = []
    for level in _levels(best, 0.75 * right * top / 100):
        start = 100 * level / top
        shares = np.geomspace(max(start, 0.5), right, 60)
        curve = pd.DataFrame({"share": shares, "gap": 100 * level / shares})
        x, y = alt.X("share:Q", scale=x_scale), alt.Y("gap:Q", scale=y_scale)
        layers.append(alt.Chart(curve).mark_line(color=palette.border, strokeWidth=2, clip=True).encode(x=x, y=y))
        label = curve.tail(1).assign(text=words.decimal(level).rstrip("0").rstrip("."))
        mark = alt.Chart(label).mark_text(align="left", dx=6, color=palette.muted, fontSize=font_size(16, 13))
        layers.append(mark.encode(x=x, y=y, text="text:N"))
    return layers


def _levels(best: float, most: float) -> list[float]:
    """Return three round gains, in points, around the best and within the picture.

    >>> _levels(.6, 3)
    [0.2, 0.5, 1.0]
    """
    steps = [nice * 10.0**power for power in range(-4, 3) for nice in NICE]
    return [step for step in steps if step < min(most, 2 * max(best, 0.1 * most))][-LEVELS:]
