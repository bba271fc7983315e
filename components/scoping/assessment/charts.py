"""How the assessment is drawn: what answers say, the error rate over time, the metric ladder, and the payback."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from components import marks, words
from components.scoping.assessment.ethics import Standing
from components.scoping.assessment.feasibility import Assessed
from components.scoping.assessment.history import Projection
from components.scoping.assessment.ladder import Ladder
from components.scoping.assessment.payback import Payback, cumulated
from components.scoping.assessment.records import LEVELS
from components.theme import Palette, font_size

HEIGHT = 320
SAID = {"for": ("speak for it", "passed"), "doubtful": ("doubtful", "warned"), "against": ("against", "failed")}
ANSWERED = {"yes": "passed", "partial": "warned", "no": "failed", "not applicable": "other"}


def feasibility_strip(found: Assessed, palette: Palette) -> alt.LayerChart:
    """Draw how many questions speak for an idea, are doubtful, speak against it, and are open."""
    says: list[str] = [found.answers[one.code].says for one in found.asked if one.code in found.answers]
    rows = [{"name": name, "count": says.count(key), "role": role} for key, (name, role) in SAID.items()]
    rows.append({"name": "open", "count": len(found.open), "role": "not applicable"})
    return marks.strip(pd.DataFrame(rows), palette)


def ethics_strip(found: Standing, palette: Palette) -> alt.LayerChart:
    """Draw how many questions were answered yes, in part, no, as not applicable, and are open."""
    names: Mapping[str, str] = {"partial": "in part", "not applicable": "n.a."}
    rows = [{"name": names.get(said, said), "count": len(found.of(said)), "role": role} for said, role in ANSWERED.items()]
    rows.append({"name": "open", "count": len(found.of("")), "role": "not applicable"})
    return marks.strip(pd.DataFrame(rows), palette)


def ladder_chart(found: Ladder, palette: Palette) -> alt.LayerChart:
    """Draw how sure each rung of the ladder is, as a share of its likely value; what it moves by stands beside."""
    rows = []
    for rung in found.rungs:
        value = rung.moved.value
        if value is None or value == 0 or rung.moved.low is None or rung.moved.high is None:
            continue
        low, high = sorted((rung.moved.low / value, rung.moved.high / value))
        level = LEVELS[rung.step.level]
        name = f"{level[:1].upper()}{level[1:]}: {rung.step.metric}"
        rows.append({"name": name, "value": 1.0, "low": low, "high": high, "role": "other", "text": rung.text})
    frame = pd.DataFrame(rows, columns=["name", "value", "low", "high", "role", "text"])
    if len(frame):
        frame.loc[len(frame) - 1, "role"] = "highlight"
    low, high = min([0.0, *frame["low"]]), max([1.0, *frame["high"]])
    return marks.pale_bars(
        frame, palette, title="as a share of the likely value, with 95 % interval", domain=(low, low + 2.2 * (high - low))
    )


def history_chart(found: Projection, palette: Palette) -> alt.LayerChart:
    """Draw the error rate over time with the line through it, what one would measure further on, and when it meets the target."""
    points = found.points.assign(date=pd.to_datetime(found.points["date"]))
    curve = found.curve.assign(date=pd.to_datetime(found.curve["date"]))
    top = 1.12 * max([found.target, *points["error"], *points["high"].dropna()])
    begins = points["date"].min()
    ends = max([points["date"].max(), *curve["date"]]) + (points["date"].max() - begins) * 0.04
    y_scale = alt.Scale(domain=[0, top], nice=False)
    x_scale = alt.Scale(domain=[_day(begins), _day(ends)])
    x = alt.X("date:T", scale=x_scale, axis=alt.Axis(title=None, grid=False, format="%b %Y", tickCount=6))

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=y_scale, axis=marks.value_axis("error rate, %", True))

    layers: list[alt.Chart] = []
    if len(curve):
        cut = curve.assign(low=curve["low"].clip(upper=top), high=curve["high"].clip(upper=top))
        layers.append(alt.Chart(cut).mark_area(color=palette.model, opacity=0.2).encode(x=x, y=y("low"), y2="high:Q"))
        line = alt.Chart(curve[curve["value"] <= top]).mark_line(color=palette.model, strokeWidth=3)
        layers.append(line.encode(x=x, y=y("value")))
    limit = alt.Chart(
        pd.DataFrame([{"start": begins, "end": ends, "target": found.target, "text": f"target {words.percent(found.target)}"}])
    )
    rule = limit.mark_rule(color=palette.target, strokeWidth=2, strokeDash=[5, 4])
    layers.append(rule.encode(x=alt.X("start:T", scale=x_scale), x2="end:T", y=y("target")))
    name = limit.mark_text(align="left", baseline="bottom", dx=2, dy=-5, color=palette.target, fontWeight=600, fontSize=font_size(17))
    layers.append(name.encode(x=alt.X("start:T", scale=x_scale), y=y("target"), text="text:N"))
    base = alt.Chart(points)
    bars = base.mark_rule(strokeWidth=6, opacity=0.8, strokeCap="round", color=palette.others)
    dots = base.mark_point(filled=True, stroke=palette.page, strokeWidth=2, size=200, opacity=1, color=palette.others)
    layers += [bars.encode(x=x, y=y("low"), y2="high:Q"), dots.encode(x=x, y=y("error"))]
    if found.likely is not None and found.earliest is not None:
        layers += _met(found, palette, x_scale, y, ends)
    return _sized(alt.layer(*layers))


def _met(found: Projection, palette: Palette, scale: alt.Scale, y: Any, ends: pd.Timestamp) -> list[alt.Chart]:
    late = pd.Timestamp(found.latest) if found.latest else ends
    text = f"{found.likely:%b %Y}" if found.likely else ""
    row = {"early": pd.Timestamp(found.earliest), "late": late, "date": pd.Timestamp(found.likely), "target": found.target, "text": text}
    base = alt.Chart(pd.DataFrame([row])).encode(y=y("target"))
    rule = base.mark_rule(strokeWidth=6, opacity=0.8, strokeCap="round", color=palette.model)
    dot = base.mark_point(filled=True, stroke=palette.page, strokeWidth=2, size=270, opacity=1, color=palette.model)
    label = base.mark_text(baseline="top", dy=12, color=palette.model, fontWeight=600, fontSize=font_size(17))
    at = alt.X("date:T", scale=scale)
    return [rule.encode(x=alt.X("early:T", scale=scale), x2="late:T"), dot.encode(x=at), label.encode(x=at, text="text:N")]


def _day(day: pd.Timestamp) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "date": day.day}


def payback_chart(found: Payback, palette: Palette) -> alt.LayerChart:
    """Draw what an idea has brought less what it cost, period by period, and where it has paid for itself."""
    rows = cumulated(found)
    ends = float(rows["period"].max())
    x_scale = alt.Scale(domain=[0, ends], nice=False)
    y_scale = alt.Scale(domain=[float(rows["low"].min()), float(rows["high"].max())], nice=True)
    x = alt.X("period:Q", scale=x_scale, axis=alt.Axis(title=f"{found.period}s after it was built", tickCount=6, grid=False, format="d"))

    def y(field: str) -> alt.Y:
        axis = alt.Axis(title=f"brought so far, {found.unit}", tickCount=5, format="~s", grid=True)
        return alt.Y(f"{field}:Q", scale=y_scale, axis=axis)

    base = alt.Chart(rows)
    layers: list[alt.Chart] = [
        base.mark_area(color=palette.model, opacity=0.2).encode(x=x, y=y("low"), y2="high:Q"),
        base.mark_line(color=palette.model, strokeWidth=3).encode(x=x, y=y("value")),
    ]
    zero = alt.Chart(pd.DataFrame([{"start": 0.0, "end": ends, "zero": 0.0, "text": "paid for itself"}]))
    rule = zero.mark_rule(color=palette.target, strokeWidth=2, strokeDash=[5, 4])
    name = zero.mark_text(align="left", baseline="bottom", dx=4, dy=-5, color=palette.target, fontWeight=600, fontSize=font_size(17))
    layers.append(rule.encode(x=alt.X("start:Q", scale=x_scale), x2="end:Q", y=y("zero")))
    layers.append(name.encode(x=alt.X("start:Q", scale=x_scale), y=y("zero"), text="text:N"))
    if found.periods.value is not None and found.periods.value <= ends:
        low = found.periods.low or 0.0
        high = ends if found.periods.high is None else min(found.periods.high, ends)
        at = alt.Chart(pd.DataFrame([{"low": low, "high": high, "period": found.periods.value, "zero": 0.0}])).encode(y=y("zero"))
        line = at.mark_rule(strokeWidth=6, opacity=0.8, strokeCap="round", color=palette.model)
        dot = at.mark_point(filled=True, stroke=palette.page, strokeWidth=2, size=270, opacity=1, color=palette.model)
        layers += [line.encode(x=alt.X("low:Q", scale=x_scale), x2="high:Q"), dot.encode(x=x)]
    return _sized(alt.layer(*layers))


def _sized(chart: alt.LayerChart) -> alt.LayerChart:
    sized: alt.LayerChart = chart.properties(width="container", height=HEIGHT, usermeta={"besides": marks.BESIDES})
    return sized
