"""How a rollout is drawn."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from components import marks, words
from components.deployment.outcome import CLIP, Outcome
from components.deployment.plan import Plan
from components.deployment.rehearsal import Rehearsal
from components.theme import Palette, font_size, font_size_beside

LEVELS = {1.0: "roll back", 0.0: "no evidence", -1.0: "promote"}
RAMP_TOP, RAMP_BOTTOM = -1.42, -1.66
LOWEST = -1.72


def evidence_chart(rehearsal: Rehearsal, palette: Palette, run: pd.DataFrame | None = None) -> alt.LayerChart:
    """Draw how evidence grows for a harmful and a harmless version (median, middle 95 %), what decides, and the ramp beneath.

    A median ends where half of its rollouts have ended, a band where nearly all have. `run` adds one run's own path, as
    `Outcome.log` gives it.
    """
    harmful, harmless = rehearsal.harmful, rehearsal.harmless
    windows = harmful.plan.windows + harmful.plan.waiting
    x_scale, y_scale = alt.Scale(domain=[0, windows], nice=False), alt.Scale(domain=[LOWEST, CLIP], nice=False)
    x_axis = alt.Axis(title=f"window of {words.counted(harmful.plan.requests_per_window, 'request')}", grid=False, tickMinStep=1)
    y_axis = alt.Axis(
        title=None,
        values=[*LEVELS, (RAMP_TOP + RAMP_BOTTOM) / 2],
        labelExpr="datum.value > .5 ? 'roll back' : datum.value > -.5 ? 'no evidence' : datum.value > -1.2 ? 'promote' : 'traffic'",
        labelFontSize=font_size(17),
        labelColor=palette.text,
        labelOverlap=False,
    )
    x, y = alt.X("window:Q", scale=x_scale, axis=x_axis), alt.Y("median:Q", scale=y_scale, axis=y_axis)
    stop, go = harmful.windows_to_roll_back(), harmless.windows_to_promote()
    layers: list[alt.Chart] = []
    for outcome, colour, end in ((harmful, palette.failed, stop), (harmless, palette.model, go)):
        curve = pd.concat([pd.DataFrame([{"window": 0, "median": 0.0, "low": 0.0, "high": 0.0}]), outcome.curve], ignore_index=True)
        ended = float(np.quantile(outcome.ended, 0.975))
        band = alt.Chart(curve[curve["window"] <= ended]).mark_area(opacity=0.2, color=colour, clip=True)
        layers.append(band.encode(x=x, y=alt.Y("low:Q", scale=y_scale, axis=y_axis), y2="high:Q"))
        line = alt.Chart(_until(curve, end, 1.0 if outcome is harmful else -1.0)).mark_line(strokeWidth=3, color=colour, clip=True)
        layers.append(line.encode(x=x, y=y))
    layers += _deciding_lines(windows, palette, x_scale, y_scale)
    layers.append(_name(rehearsal.harm_name, CLIP - 0.1, palette.failed, x_scale, y_scale))
    layers.append(_name(rehearsal.good_name, -1.16, palette.model, x_scale, y_scale))
    if stop is not None:
        layers.append(_dot(stop, 1.0, palette.failed, palette, x_scale, y_scale))
        layers.append(_stop_text(rehearsal, stop, palette, x_scale, y_scale))
    if go is not None:
        layers.append(_dot(go, -1.0, palette.model, palette, x_scale, y_scale))
    if run is not None:
        path = pd.concat([pd.DataFrame([{"window": 0, "evidence": 0.0}]), run[["window", "evidence"]]], ignore_index=True)
        path = path.assign(evidence=path["evidence"].clip(-CLIP, CLIP))
        line = alt.Chart(path).mark_line(strokeWidth=2, color=palette.text, clip=True)
        layers.append(line.encode(x=alt.X("window:Q", scale=x_scale), y=alt.Y("evidence:Q", scale=y_scale)))
        last = path.iloc[-1]
        layers.append(_dot(float(last["window"]), float(last["evidence"]), palette.text, palette, x_scale, y_scale))
    layers += _ramp(rehearsal, palette, x_scale, y_scale)
    return alt.layer(*layers).properties(width="container", height=380)


def _until(curve: pd.DataFrame, end: float | None, level: float) -> pd.DataFrame:
    """Cut a curve where half of the rollouts have ended, on the line that decided."""
    if end is None:
        return curve
    before = curve[curve["window"] < end]
    return pd.concat([before, pd.DataFrame([{"window": end, "median": level}])], ignore_index=True)


def _name(name: str, level: float, colour: str, x_scale: alt.Scale, y_scale: alt.Scale) -> alt.Chart:
    place = pd.DataFrame([{"x": 0.0, "y": level, "name": name}])
    text = alt.Chart(place).mark_text(align="left", dx=10, color=colour, fontWeight=600, fontSize=font_size(17), clip=False)
    return text.encode(x=alt.X("x:Q", scale=x_scale), y=alt.Y("y:Q", scale=y_scale), text="name:N")


def _deciding_lines(windows: int, palette: Palette, x_scale: alt.Scale, y_scale: alt.Scale) -> list[alt.Chart]:
    lines = alt.Chart(pd.DataFrame({"y": [1.0, -1.0], "start": 0, "end": windows}))
    rule = lines.mark_rule(strokeWidth=2, strokeDash=[5, 4], color=palette.target)
    return [rule.encode(y=alt.Y("y:Q", scale=y_scale), x=alt.X("start:Q", scale=x_scale), x2="end:Q")]


def _dot(window: float, level: float, colour: str, palette: Palette, x_scale: alt.Scale, y_scale: alt.Scale) -> alt.Chart:
    """Draw the dot where a rollout ends."""
    dot = alt.Chart(pd.DataFrame([{"x": window, "y": level}]))
    mark = dot.mark_point(filled=True, size=200, opacity=1, color=colour, stroke=palette.page, strokeWidth=2)
    return mark.encode(x=alt.X("x:Q", scale=x_scale), y=alt.Y("y:Q", scale=y_scale))


def _stop_text(rehearsal: Rehearsal, stop: float, palette: Palette, x_scale: alt.Scale, y_scale: alt.Scale) -> alt.Chart:
    """Write when the harmful version is stopped, on the side of the dot with more room."""
    windows = rehearsal.harmful.plan.windows + rehearsal.harmful.plan.waiting
    late = stop > 0.6 * windows
    place = pd.DataFrame([{"x": 0.0 if late else windows, "y": 1.0, "text": rehearsal.stopped_after}])
    side = {"align": "left", "dx": 10, "dy": 16} if late else {"align": "right", "dx": -2, "dy": -14}
    text = alt.Chart(place).mark_text(**side, fontWeight=600, color=palette.text, fontSize=font_size(17))
    return text.encode(x=alt.X("x:Q", scale=x_scale), y=alt.Y("y:Q", scale=y_scale), text="text:N")


def _ramp(rehearsal: Rehearsal, palette: Palette, x_scale: alt.Scale, y_scale: alt.Scale) -> list[alt.Chart]:
    """Draw the steps of the ramp as a strip in the same plot, so that the window axis is shared."""
    rows, start = [], 0
    plan = rehearsal.harmful.plan
    steps = plan.steps
    for number, (step, stays) in enumerate(zip(steps, plan.stays, strict=True)):
        last = number == len(steps) - 1
        label = f"{100 * step.share:g} %" + (" of all requests" if last and stays > 0.3 * plan.windows else "")
        depth = 0.15 + 0.4 * (number + 1) / len(steps)
        rows.append({"start": start, "end": start + stays, "top": RAMP_TOP, "bottom": RAMP_BOTTOM, "label": label, "depth": depth})
        start += stays
    ramp = alt.Chart(pd.DataFrame(rows))
    x = alt.X("start:Q", scale=x_scale)
    box = ramp.mark_rect(color=palette.model, stroke=palette.page, strokeWidth=3)
    text = ramp.mark_text(align="left", baseline="middle", dx=8, fontWeight=600, color=palette.text, fontSize=font_size(16, 11))
    return [
        box.encode(x=x, x2="end:Q", y=alt.Y("top:Q", scale=y_scale), y2="bottom:Q", opacity=alt.Opacity("depth:Q", scale=None)),
        text.encode(x=x, y=alt.datum((RAMP_TOP + RAMP_BOTTOM) / 2), text="label:N"),
    ]


def strategies_chart(outcomes: dict[str, Outcome], chosen: str, palette: Palette) -> alt.LayerChart:
    """Draw the bad decisions of each strategy on the same plan and seed."""
    rows: list[dict[str, Any]] = []
    for title, outcome in outcomes.items():
        windows = outcome.windows_to_roll_back()
        after = f"stopped after {words.counted(windows, 'window')}" if windows is not None else "not stopped in most rollouts"
        bad = outcome.bad_decisions
        role = "highlight" if title == chosen else "other"
        drawn = {"value": bad.value, "low": max(bad.low or 0, 0), "high": bad.high, "text": words.count(bad.value)}
        rows.append({"name": f"{title}, {after}", "role": role, **drawn})
    most = max(row["high"] or row["value"] for row in rows)
    return marks.pale_bars(pd.DataFrame(rows), palette, title="", digits=0, domain=(0.0, 1.3 * max(most, 1)))


def stages_chart(coverage: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw a request's way as a strip of stages, each with how many metrics watch it; red where nothing does."""
    rows = coverage.assign(
        start=range(len(coverage)),
        end=[number + 0.94 for number in range(len(coverage))],
        number=[words.count(number) for number in coverage["in place"]],
        more=[f"{number} planned" if number else "" for number in coverage["planned"]],
        step=pd.cut(coverage["in place"], [-1, 0, 1, 3, 1000], labels=False),
        title=[str(stage).capitalize() for stage in coverage["stage"]],
    )
    scale = alt.Scale(domain=[0, len(rows)], nice=False)
    base = alt.Chart(rows).encode(x=alt.X("start:Q", scale=scale, axis=None))
    colours = alt.Color("step:O", scale=alt.Scale(domain=[0, 1, 2, 3], range=list(palette.matrix)))
    boxes = base.mark_rect(cornerRadius=4).encode(x2="end:Q", y=alt.value(30), y2=alt.value(96), color=colours)
    bare, deep = "datum['in place'] == 0", "datum.step == 3"
    edge = alt.Chart(rows[rows["in place"] == 0]).mark_rect(cornerRadius=4, filled=False, stroke=palette.failed, strokeWidth=2)
    edges = edge.encode(x=alt.X("start:Q", scale=scale, axis=None), x2="end:Q", y=alt.value(30), y2=alt.value(96))
    name = alt.when(bare).then(alt.value(palette.failed)).otherwise(alt.value(palette.text))
    ink = alt.when(bare).then(alt.value(palette.failed)).when(deep).then(alt.value(palette.page)).otherwise(alt.value(palette.text))
    longest = max(rows["title"].str.len())
    size = font_size_beside(len(rows) * (longest + 1))
    titles = base.mark_text(align="left", fontSize=size, baseline="bottom").encode(y=alt.value(22), text="title:N", color=name)
    counts = base.mark_text(align="left", dx=10, fontSize=font_size(30, 20), fontWeight=600, baseline="middle")
    planned = base.mark_text(align="left", fontSize=font_size(14, 9), baseline="top", color=palette.muted)
    return alt.layer(
        boxes, edges, titles, counts.encode(y=alt.value(64), text="number:N", color=ink), planned.encode(y=alt.value(104), text="more:N")
    ).properties(width="container", height=124)


def load_chart(table: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw the load of each window, with the capacity as the limit."""
    x_scale = alt.Scale(domain=[1, max(len(table), 2)], nice=False)
    top = max(1.1, 1.05 * float(table["load"].max()))
    edge = {"color": palette.model, "strokeWidth": 2}
    y = alt.Y("load:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=alt.Axis(title=None, format=".0%", tickCount=4))
    area = alt.Chart(table).mark_area(opacity=0.22, color=palette.model, line=edge, interpolate="step")
    limit = alt.Chart(pd.DataFrame([{"load": 1.0, "text": "capacity", "window": len(table)}]))
    rule = limit.mark_rule(strokeWidth=2, strokeDash=[5, 4], color=palette.target).encode(y=y)
    name = limit.mark_text(align="right", dy=-10, color=palette.target, fontWeight=600, fontSize=font_size(16))
    x = alt.X("window:Q", scale=x_scale, axis=alt.Axis(title=None, grid=False, tickMinStep=1, format="d"))
    return alt.layer(area.encode(x=x, y=y), rule, name.encode(x=x, y=y, text="text:N")).properties(width="container", height=140)


def latency_chart(table: pd.DataFrame, plan: Plan, palette: Palette) -> alt.LayerChart:
    """Draw the percentiles of the latency by window, with its objective; none where the capacity is exceeded."""
    axis = alt.Axis(title="window", grid=False, tickMinStep=1, format="d")
    x_scale = alt.Scale(domain=[1, max(len(table), 2)], nice=False)
    most = 3 * plan.latency_objective_ms
    lines: list[alt.Chart] = []
    for column, colour, width in (("p50", palette.others, 2), ("p95", palette.model, 3), ("p99", palette.others, 2)):
        drawn = pd.DataFrame({"window": table["window"], "ms": table[column].clip(upper=most)})
        base = alt.Chart(drawn).encode(
            x=alt.X("window:Q", scale=x_scale, axis=axis),
            y=alt.Y("ms:Q", scale=alt.Scale(domain=[0, most], nice=False), axis=alt.Axis(title="latency, ms", tickCount=4)),
        )
        lines.append(base.mark_line(strokeWidth=width, color=colour, interpolate="step"))
        known = drawn.dropna().tail(1).assign(text=column)
        text = alt.Chart(known).mark_text(align="right", dy=-10, color=colour, fontWeight=600, fontSize=font_size(16))
        lines.append(text.encode(x=alt.X("window:Q", scale=x_scale), y=alt.Y("ms:Q"), text="text:N"))
    objective = alt.Chart(pd.DataFrame([{"ms": plan.latency_objective_ms}]))
    lines.append(objective.mark_rule(strokeWidth=2, strokeDash=[5, 4], color=palette.target).encode(y=alt.Y("ms:Q")))
    return alt.layer(*lines).properties(width="container", height=190)
