"""Runs as a picture: the score against what it took or what was set."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from components import marks, naming
from components.theme import Palette

HEIGHT = 330
FULL = 1100
"""About as wide as the plot is on a large screen, in pixels."""
NAMED = 12
AIR = 0.06
"""Free at either end of the axis, as a share of what the runs take."""
WIDE = 10


def runs_chart(table: pd.DataFrame, palette: Palette, *, metric: str, across: str, title: str) -> alt.LayerChart:
    """Draw runs as dots with their intervals; `table` holds run, value, low, high, role and the column `across`.

    The best ones are named; the version of the data is told by the tooltip and by the shape.
    """
    share = metric == "accuracy"
    rows = table.dropna(subset=["value", across]).sort_values("value", ascending=False, kind="stable").reset_index(drop=True)
    low, high = marks.domain_of(rows)
    y_scale = alt.Scale(domain=[max(low, 0.0) if share else low, min(high, 1.005) if share else high], nice=False, zero=False)
    y_axis = marks.value_axis(f"{metric}, %" if share else metric, as_percent=share)
    rows = rows.assign(across=rows[across])  # a name of its own: those of parameters may hold signs that mean something in a chart
    kind = "Q" if pd.api.types.is_numeric_dtype(rows[across]) else "T" if pd.api.types.is_datetime64_any_dtype(rows[across]) else "N"
    wide = kind == "Q" and rows["across"].min() > 0 and rows["across"].max() > WIDE * rows["across"].min()
    along, scale = _along(rows["across"], kind, wide)
    x = alt.X(f"across:{kind}", scale=scale, axis=alt.Axis(title=title, labelAngle=0, tickCount=6, grid=False))
    top, bottom = y_scale["domain"][1], y_scale["domain"][0]
    down = (top - rows["value"]) / max(top - bottom, 1e-9)
    names = [name if number < NAMED else "" for number, name in enumerate(rows["run"])]
    rows = rows.join(naming.beside(list(zip(along, down, strict=True)), names, size=13, wide=FULL))
    rows = rows.assign(at=top - rows["down"] * (top - bottom), ink=palette.text)
    y = alt.Y("value:Q", scale=y_scale, axis=y_axis)
    rules, dots = [], []
    for role, group in rows.groupby("role", sort=False):
        base = alt.Chart(group).encode(x=x, shape=alt.Shape("data:N", legend=None))
        colour = palette.of(str(role))
        tip = [alt.Tooltip("run:N"), alt.Tooltip("value:Q", title=metric, format=".3f"), alt.Tooltip("data:N"), alt.Tooltip("seed:N")]
        rule = alt.Chart(group).mark_rule(strokeWidth=4, opacity=0.5, strokeCap="round", color=colour)
        dot = base.mark_point(filled=True, size=190, opacity=1, color=colour, stroke=palette.page, strokeWidth=2)
        rules.append(rule.encode(x=x, y=alt.Y("low:Q", scale=y_scale, axis=y_axis), y2="high:Q"))
        dots.append(dot.encode(y=y, tooltip=tip))
    written = naming.names_beside(rows, palette, x, y, alt.Y("at:Q", scale=y_scale, axis=y_axis), size=15, least=11)
    return alt.layer(*rules, *written, *dots).properties(width="container", height=HEIGHT, usermeta={"besides": 62})


def _along(across: pd.Series, kind: str, wide: bool) -> tuple[list[float], Any]:
    """Return where each run stands on the axis, from 0 at its left to 1, and the axis' scale."""
    if kind == "N":
        return [float(place) for place in (across.astype(str).rank(method="dense") - 0.5) / max(across.nunique(), 1)], alt.Undefined
    at = across.astype("int64").astype("float64") if kind == "T" else across.astype("float64")
    at = np.log(at) if wide else at
    air = AIR * float(at.max() - at.min()) or 0.5
    low, high = float(at.min()) - air, float(at.max()) + air
    places = [float(place) for place in (at - low) / (high - low)]
    if kind == "T":
        return places, alt.Undefined
    limits = [float(np.exp(low)), float(np.exp(high))] if wide else [low, high]
    return places, alt.Scale(type="log" if wide else "linear", domain=limits, nice=False, zero=False)
