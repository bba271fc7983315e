"""How a rollout is drawn."""

import altair as alt
import numpy as np
import pandas as pd

from components import words
from components.deployment.rehearsal import Rehearsal, times_as_bad
from components.deployment.simulation import CLIP
from components.theme import Palette, font_size

LEVELS = {1.0: "roll back", 0.0: "no evidence", -1.0: "promote"}
RAMP_TOP, RAMP_BOTTOM = -1.42, -1.66
LOWEST = -1.72


def evidence_chart(rehearsal: Rehearsal, palette: Palette, run: pd.DataFrame | None = None) -> alt.LayerChart:
    """Draw how evidence grows for a harmful and a harmless version (median, middle 95 %), what decides, and the ramp beneath.

    `run` adds one run's own path, as `Outcome.log` gives it.
    """
    windows = rehearsal.harmful.plan.windows
    x_scale, y_scale = alt.Scale(domain=[0, windows], nice=False), alt.Scale(domain=[LOWEST, CLIP], nice=False)
    x_axis = alt.Axis(title=f"window of {words.count(rehearsal.harmful.plan.requests_per_window)} requests", grid=False, tickMinStep=1)
    y_axis = alt.Axis(
        title=None,
        values=[*LEVELS, (RAMP_TOP + RAMP_BOTTOM) / 2],
        labelExpr="datum.value > .5 ? 'roll back' : datum.value > -.5 ? 'no evidence' : datum.value > -1.2 ? 'promote' : 'traffic'",
        labelFontSize=17,
        labelColor=palette.text,
        labelOverlap=False,
    )
    x, y = alt.X("window:Q", scale=x_scale, axis=x_axis), alt.Y("median:Q", scale=y_scale, axis=y_axis)
    bad, good = times_as_bad(rehearsal.harmful.plan.risk_ratio), "as good as before"
    layers: list[alt.Chart] = []
    for outcome, colour, name in ((rehearsal.harmful, palette.failed, f"{bad} as bad"), (rehearsal.harmless, palette.model, good)):
        curve = pd.concat([pd.DataFrame([{"window": 0, "median": 0.0, "low": 0.0, "high": 0.0}]), outcome.curve], ignore_index=True)
        curve = _thinned(curve)
        band = alt.Chart(curve).mark_area(opacity=0.2, color=colour, clip=True)
        layers.append(band.encode(x=x, y=alt.Y("low:Q", scale=y_scale, axis=y_axis), y2="high:Q"))
        layers.append(alt.Chart(curve).mark_line(strokeWidth=3, color=colour, clip=True).encode(x=x, y=y))
        layers.append(_name_of_curve(curve, name, colour, palette, x_scale, y_scale, harmful=outcome is rehearsal.harmful))
    layers += _deciding_lines(windows, palette, x_scale, y_scale)
    stop = rehearsal.harmful.windows_to_roll_back()
    if stop is not None:
        layers += _stop(rehearsal, stop, palette, x_scale, y_scale)
    if run is not None:
        path = pd.concat([pd.DataFrame([{"window": 0, "evidence": 0.0}]), run[["window", "evidence"]]], ignore_index=True)
        path = path.assign(evidence=path["evidence"].clip(-CLIP, CLIP))
        line = alt.Chart(path).mark_line(strokeWidth=2, color=palette.text, clip=True, interpolate="step-after")
        layers.append(line.encode(x=alt.X("window:Q", scale=x_scale), y=alt.Y("evidence:Q", scale=y_scale)))
        dot = alt.Chart(path.tail(1)).mark_point(filled=True, size=140, color=palette.text, stroke=palette.page, strokeWidth=2, opacity=1)
        layers.append(dot.encode(x=alt.X("window:Q", scale=x_scale), y=alt.Y("evidence:Q", scale=y_scale)))
    layers += _ramp(rehearsal, palette, x_scale, y_scale)
    return alt.layer(*layers).properties(width="container", height=380)


def _thinned(curve: pd.DataFrame, most: int = 300) -> pd.DataFrame:
    """Keep enough points for the eye; a plan may have thousands of windows."""
    return curve if len(curve) <= most else curve.iloc[np.unique(np.linspace(0, len(curve) - 1, most).astype(int))]


def _name_of_curve(
    curve: pd.DataFrame, name: str, colour: str, palette: Palette, x_scale: alt.Scale, y_scale: alt.Scale, *, harmful: bool
) -> alt.Chart:
    if harmful:
        place, mark = pd.DataFrame([{"x": 0.0, "y": CLIP, "name": name}]), {"align": "left", "dx": 10, "dy": 12}
    else:
        last = curve.iloc[-1]
        place = pd.DataFrame([{"x": float(last["window"]), "y": max(float(last["median"]), -1.0) + 0.14, "name": name}])
        mark = {"align": "right", "dx": -8, "dy": 0}
    text = alt.Chart(place).mark_text(**mark, color=colour, fontWeight=600, fontSize=font_size(17), clip=False)
    return text.encode(x=alt.X("x:Q", scale=x_scale), y=alt.Y("y:Q", scale=y_scale), text="name:N")


def _deciding_lines(windows: int, palette: Palette, x_scale: alt.Scale, y_scale: alt.Scale) -> list[alt.Chart]:
    lines = alt.Chart(pd.DataFrame({"y": [1.0, -1.0], "start": 0, "end": windows}))
    rule = lines.mark_rule(strokeWidth=2, strokeDash=[5, 4], color=palette.target)
    return [rule.encode(y=alt.Y("y:Q", scale=y_scale), x=alt.X("start:Q", scale=x_scale), x2="end:Q")]


def _stop(rehearsal: Rehearsal, stop: float, palette: Palette, x_scale: alt.Scale, y_scale: alt.Scale) -> list[alt.Chart]:
    late = rehearsal.harmful.windows_to_roll_back(0.95)
    early = rehearsal.harmful.windows_to_roll_back(0.05)
    limits = f" [{early:.0f}, {late:.0f}]" if late is not None and early is not None else ""
    windows = rehearsal.harmful.plan.windows
    place = pd.DataFrame([{"x": stop, "y": 1.0, "end": windows, "text": f"{words.counted(stop, 'window')}{limits}"}])
    dot = alt.Chart(place).mark_point(filled=True, size=200, opacity=1, color=palette.failed, stroke=palette.page, strokeWidth=2)
    text = alt.Chart(place).mark_text(align="right", dy=-14, fontWeight=600, color=palette.text, fontSize=font_size(17))
    y = alt.Y("y:Q", scale=y_scale)
    return [
        dot.encode(x=alt.X("x:Q", scale=x_scale), y=y),
        text.encode(x=alt.X("end:Q", scale=x_scale), y=y, text="text:N"),
    ]


def _ramp(rehearsal: Rehearsal, palette: Palette, x_scale: alt.Scale, y_scale: alt.Scale) -> list[alt.Chart]:
    """Draw the steps of the ramp as a strip in the same plot, so that the window axis is shared."""
    rows, start = [], 0
    steps = rehearsal.harmful.plan.steps
    for number, step in enumerate(steps):
        last = number == len(steps) - 1
        label = f"{100 * step.share:g} %" + (" of all requests" if last and step.windows > 0.3 * rehearsal.harmful.plan.windows else "")
        depth = 0.15 + 0.4 * (number + 1) / len(steps)
        rows.append({"start": start, "end": start + step.windows, "top": RAMP_TOP, "bottom": RAMP_BOTTOM, "label": label, "depth": depth})
        start += step.windows
    ramp = alt.Chart(pd.DataFrame(rows))
    x = alt.X("start:Q", scale=x_scale)
    box = ramp.mark_rect(color=palette.model, stroke=palette.page, strokeWidth=3)
    text = ramp.mark_text(align="left", baseline="middle", dx=8, fontWeight=600, color=palette.text, fontSize=font_size(16, 11))
    return [
        box.encode(x=x, x2="end:Q", y=alt.Y("top:Q", scale=y_scale), y2="bottom:Q", opacity=alt.Opacity("depth:Q", scale=None)),
        text.encode(x=x, y=alt.datum((RAMP_TOP + RAMP_BOTTOM) / 2), text="label:N"),
    ]
