"""How milestones are drawn: a row each on a line of time, what waits for what, and today."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from components.readiness.promises import Course
from components.theme import Palette, font_size

ROW, CLOSE, MANY, MOST, BESIDES = 66, 58, 10, 40, 66
SIGNS = {"pass": "✓", "fail": "✕", "warn": "!", "note": "○"}
ROLES = {"pass": "passed", "fail": "failed", "warn": "warned", "note": "other"}
DAY = 86_400_000


def dated(found: Sequence[Course]) -> list[Course]:
    """Return the milestones that have a day."""
    return [course for course in found if course.milestone.start or course.milestone.due]


def drawn(found: Sequence[Course]) -> list[Course]:
    """Return the milestones that the picture has room for: those that have a day, not reached before reached, the earliest first."""
    shown = dated(found)
    open_ = [course for course in shown if not course.milestone.reached_on]
    kept = {course.id for course in [*open_, *reversed([one for one in shown if one.milestone.reached_on])][:MOST]}
    return [course for course in shown if course.id in kept]


def milestones_chart(found: Sequence[Course], palette: Palette, today: date) -> alt.LayerChart:
    """Draw the milestones that `drawn` chooses: bar = from begin to due, dot = due, line = waits for, dashed line = today."""
    shown = drawn(found)
    frame = pd.DataFrame([_row(course, place, palette) for place, course in enumerate(shown)])
    low, high = min(frame["start"].min(), _ms(today)), max(frame["end"].max(), _ms(today))
    air = max((high - low) * 0.04, 2 * DAY)
    x = alt.Scale(type="utc", domain=[low - air, high + air], nice=False)
    y = alt.Scale(domain=[len(shown) - 0.25, -0.5], nice=False, zero=False)
    frame = frame.assign(side=[_side(end, low, high) for end in frame["end"]])
    axis = alt.Axis(title=None, grid=True, tickCount=6, format="%b %Y" if high - low > 200 * DAY else "%-d %b", labelOverlap=True)
    across = alt.X("start:T", scale=x, axis=axis)
    base = alt.Chart(frame).encode(y=alt.Y("line:Q", scale=y, axis=None))
    told = [alt.Tooltip("title:N", title=" "), alt.Tooltip("told:N", title="stands"), alt.Tooltip("owner:N", title="owner")]
    colour = alt.Color("colour:N", scale=None)
    layers: list[Any] = _arrows(shown, palette, x, y)
    layers += _today(today, palette, x)
    layers.append(base.mark_rule(strokeWidth=12, opacity=0.28, strokeCap="round").encode(x=across, x2="end:Q", color=colour, tooltip=told))
    for hollow in (True, False):
        dots = base.transform_filter(f"datum.hollow === {str(hollow).lower()}")
        mark = dots.mark_point(
            filled=not hollow,
            opacity=1,
            size=150 if hollow else 240,
            strokeWidth=3 if hollow else 2,
            **({} if hollow else {"stroke": palette.page}),
        )
        layers.append(mark.encode(x=alt.X("end:T", scale=x), color=colour, tooltip=told))
    room = alt.ExprRef("width - 8" if len(shown) <= MANY else "width * .62")  # close rows: what stands under the row above needs the rest
    for halo in (True, False):
        name = alt.Chart(frame).mark_text(align="left", baseline="middle", fontSize=font_size(17), limit=room, **_halo(halo, palette))
        layers.append(name.encode(x=alt.value(2), y=alt.Y("above:Q", scale=y, axis=None), text="title:N", **_ink(halo, palette.text)))
        for side, align, dx, dy in (("left", "right", 8, 18), ("right", "left", 14, 0)):
            word = base.transform_filter(f"datum.side === '{side}'").mark_text(
                align=align, baseline="middle", dx=dx, dy=dy, fontSize=font_size(16, 13), fontWeight=600, **_halo(halo, palette)
            )
            ink = {} if halo else {"color": alt.Color("ink:N", scale=None)}
            layers.append(word.encode(x=alt.X("end:T", scale=x), text="told:N", **ink))
    height = (ROW if len(shown) <= MANY else CLOSE) * max(len(shown), 1)
    sized: alt.LayerChart = alt.layer(*layers).properties(width="container", height=height, usermeta={"besides": BESIDES})
    return sized


def _row(course: Course, place: int, palette: Palette) -> dict[str, Any]:
    body, role = course.milestone, ROLES[course.mood]
    end = body.due or body.start
    assert end is not None
    begins = min(body.start or end, end)
    return {
        "title": body.title,
        "owner": body.owner or "nobody yet",
        "line": place + 0.2,
        "above": place - 0.2,
        "start": _ms(begins),
        "end": _ms(end),
        "colour": palette.of(role),
        "ink": palette.muted if role == "other" else palette.of(role),
        "hollow": course.mood == "note",
        "told": f"{SIGNS[course.mood]} {course.word}, {end:%-d %b}",
    }


def _arrows(shown: Sequence[Course], palette: Palette, x: alt.Scale, y: alt.Scale) -> list[alt.Chart]:
    """Draw a line from the day on which a milestone is due down to the beginning of what waits for it."""
    places = {course.id: place for place, course in enumerate(shown)}
    points, heads = [], []
    for course in shown:
        for before in (shown[places[id_]] for id_ in course.milestone.depends_on if id_ in places and id_ != course.id):
            first, second = _row(before, places[before.id], palette), _row(course, places[course.id], palette)
            late = before.milestone.title in course.early
            name, ink = f"{before.id} {course.id}", palette.warned if late else palette.others
            way = [(first["end"], first["line"]), (first["end"], second["line"]), (second["start"], second["line"])]
            points += [{"name": name, "order": step, "at": at, "line": line, "ink": ink} for step, (at, line) in enumerate(way)]
            turned = 90 if second["start"] >= first["end"] else -90
            heads.append({"at": second["start"], "line": second["line"], "ink": ink, "turned": turned})
    if not points:
        return []
    ink, row = alt.Color("ink:N", scale=None), alt.Y("line:Q", scale=y, axis=None)
    line = alt.Chart(pd.DataFrame(points)).mark_line(strokeWidth=1.5, opacity=0.9)
    head = alt.Chart(pd.DataFrame(heads)).mark_point(shape="triangle", filled=True, size=70, opacity=1)
    at = alt.X("at:T", scale=x)
    return [
        line.encode(x=at, y=row, detail="name:N", order="order:Q", color=ink),
        head.encode(x=at, y=row, color=ink, angle=alt.Angle("turned:Q", scale=None)),
    ]


def _today(today: date, palette: Palette, x: alt.Scale) -> list[alt.Chart]:
    data = pd.DataFrame([{"at": _ms(today), "text": "today"}])
    at = alt.X("at:T", scale=x)
    rule = alt.Chart(data).mark_rule(color=palette.target, strokeWidth=2, strokeDash=[5, 4]).encode(x=at)
    text = alt.Chart(data).mark_text(baseline="bottom", dy=-6, color=palette.target, fontWeight=600, fontSize=font_size(16))
    return [rule, text.encode(x=at, y=alt.value(0), text="text:N")]


def _halo(halo: bool, palette: Palette) -> dict[str, Any]:
    return {"stroke": palette.page, "strokeWidth": 5, "strokeJoin": "round", "color": palette.page, "opacity": 0.85} if halo else {}


def _ink(halo: bool, colour: str) -> dict[str, Any]:
    return {} if halo else {"color": alt.value(colour)}


def _side(end: float, low: float, high: float) -> str:
    return "left" if end > low + 0.6 * (high - low) else "right"


def _ms(day: date) -> int:
    return int(pd.Timestamp(day).timestamp() * 1000)
