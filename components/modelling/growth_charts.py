"""Learning curves and gains as pictures."""

import altair as alt
import numpy as np
import pandas as pd

from components import marks
from components.modelling.growing import cost_at, error_at
from components.modelling.records import GrowthRun
from components.theme import Palette, font_size

HEIGHT = 330
AHEAD = 4.0
POINTS = 40
WIDEST = 3.0
NAMES = {"error": "error on rows held back", "seconds": "seconds to fit", "megabytes": "memory of a fit, MB"}


def curve_table(run: GrowthRun, what: str) -> pd.DataFrame:
    """Return the measured steps and the curve through them, drawn on to four times the data: rows, value, low, high, kind."""
    rows: list[dict[str, object]] = []
    for step in run.steps:
        found = step.error if what == "error" else {"value": getattr(step, what), "low": None, "high": None}
        rows.append({"rows": step.rows, **{key: found[key] for key in ("value", "low", "high")}, "kind": "measured"})
    last = run.steps[-1].rows
    for size in np.geomspace(run.steps[0].rows, AHEAD * last, POINTS):
        expected = error_at(run.steps, size) if what == "error" else cost_at(run.steps, size, what)
        rows.append({"rows": float(size), "value": expected.value, "low": expected.low, "high": expected.high, "kind": "expected"})
    return pd.DataFrame(rows).dropna(subset=["value"])


def growth_chart(run: GrowthRun, palette: Palette, what: str = "error") -> alt.LayerChart:
    """Draw a model on growing parts: dots are measured, the band is where a new run falls; beyond the dashed line nobody has measured."""
    table = curve_table(run, what)
    measured, expected = table[table["kind"] == "measured"], table[table["kind"] == "expected"]
    share = what == "error" and run.metric == "accuracy"
    top = float(measured[["value", "high"]].max().max()) * 1.15
    top = max(top, min(float(expected["value"].max() or 0.0), WIDEST * top)) if len(expected) else top
    scale = alt.Scale(domain=[0, min(top, 1.0) if share else top], nice=True, clamp=True)
    x = alt.X(
        "rows:Q", scale=alt.Scale(type="log", nice=False), axis=alt.Axis(title="rows learnt from", format=",.0f", tickCount=6, grid=False)
    )
    title = f"{NAMES[what]}, %" if share else NAMES[what]
    axis = marks.value_axis(title, as_percent=True) if share else alt.Axis(title=title, grid=True, tickCount=5)
    y = alt.Y("value:Q", scale=scale, axis=axis)
    last = pd.DataFrame([{"rows": run.steps[-1].rows, "text": "all we have"}])
    layers = []
    if len(expected) and expected["low"].notna().any():
        band = alt.Chart(expected).mark_area(color=palette.model, opacity=0.16, clip=True)
        layers.append(band.encode(x=x, y=alt.Y("low:Q", scale=scale, axis=axis), y2="high:Q"))
    if len(expected):
        layers.append(alt.Chart(expected).mark_line(color=palette.model, strokeWidth=2, strokeDash=[6, 4], clip=True).encode(x=x, y=y))
    rule = alt.Chart(measured).mark_rule(strokeWidth=5, opacity=0.8, strokeCap="round", color=palette.model)
    tip = [alt.Tooltip("rows:Q", format=","), alt.Tooltip("value:Q", format=".4g")]
    dot = alt.Chart(measured).mark_point(filled=True, size=220, opacity=1, color=palette.model, stroke=palette.page, strokeWidth=2)
    edge = alt.Chart(last).mark_rule(color=palette.target, strokeDash=[5, 4], strokeWidth=2).encode(x=x)
    name = alt.Chart(last).mark_text(align="right", dx=-6, baseline="top", fontSize=font_size(16), color=palette.target)
    layers += [
        edge,
        name.encode(x=x, y=alt.value(0), text="text:N"),
        rule.encode(x=x, y=alt.Y("low:Q", scale=scale, axis=axis), y2="high:Q"),
        dot.encode(x=x, y=y, tooltip=tip),
    ]
    return alt.layer(*layers).properties(width="container", height=HEIGHT, usermeta={"besides": 62})


def gains_chart(table: pd.DataFrame, palette: Palette, metric: str) -> alt.LayerChart:
    """Draw what each version buys, with its interval, from no gain at all; `table` as `better_data.gains_table` gives it."""
    low, high = marks.domain_of(table, [0.0])
    room = 0.35 * (high - low)
    return marks.pale_bars(table, palette, title=f"gain in {metric}", domain=(min(low, 0.0), max(high, 0.0) + room))
