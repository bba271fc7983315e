"""How a game day is drawn: what can be seen so far, and at the end what everybody did."""

import altair as alt
import numpy as np
import pandas as pd

from components import marks, words
from components.deployment.game import Play, Table, rate
from components.theme import Palette, font_size

TIMES = 3.2
"""The chart shows failure rates up to so many times the planned one; what lies above is cut."""


def rates_chart(table: Table, at: int, palette: Palette, plays: dict[str, Play] | None = None) -> alt.LayerChart:
    """Draw the failure rates of both versions so far, with the new one's interval, and the ramp with what is still to come.

    `plays` are everybody's, for when the game is over.
    """
    plan, frame = table.game.plan, table.shown(at)
    top = TIMES * plan.failure_rate
    x_scale, y_scale = alt.Scale(domain=[0, plan.windows + 0.5], nice=False), alt.Scale(domain=[-0.24 * top, top], nice=False)
    x_axis = alt.Axis(title=f"window of {words.counted(plan.requests_per_window, 'request')}", grid=False, tickMinStep=1, format="d")
    values = [round(one, 4) for one in np.linspace(0, top, 4)]
    y_axis = alt.Axis(title=None, values=values, labelExpr="format(100 * datum.value, '.1f') + ' %'", labelFontSize=font_size(16))
    x, y = alt.X("window:Q", scale=x_scale, axis=x_axis), alt.Y("value:Q", scale=y_scale, axis=y_axis)
    layers: list[alt.Chart] = []
    both = {version: _so_far(frame, version, plan.failure_rate, top) for version in ("old", "new")}
    upper = _upper(both)
    for version, colour, name in (("old", palette.others, "current version"), ("new", palette.model, "new version")):
        drawn = both[version]
        if version == "new":
            layers.append(
                alt.Chart(drawn).mark_area(opacity=0.2, color=colour, clip=True).encode(x=x, y=alt.Y("low:Q", scale=y_scale), y2="high:Q")
            )
            dots = alt.Chart(drawn[drawn["seen"] > 0]).mark_point(filled=True, size=50, opacity=0.55, color=colour, clip=True)
            layers.append(dots.encode(x=x, y=alt.Y("each:Q", scale=y_scale)))
        layers.append(alt.Chart(drawn).mark_line(strokeWidth=3, color=colour, clip=True).encode(x=x, y=y))
        known = drawn.dropna(subset=["value"])
        if len(known):
            place = known.tail(1).assign(text=name)
            side = {"align": "right", "dx": -10} if float(place["window"].iloc[0]) > plan.windows / 2 else {"align": "left", "dx": 10}
            for ink in ({"stroke": palette.page, "strokeWidth": 7, "strokeJoin": "round", "color": palette.page}, {"color": colour}):
                text = alt.Chart(place).mark_text(**side, **ink, dy=-16 if version == upper else 18, fontWeight=600, fontSize=font_size(17))
                layers.append(text.encode(x=x, y=y, text="text:N"))
    layers += _ramp(table, at, palette, x_scale, y_scale, top)
    if plays is not None:
        layers += _plays(table, plays, palette, x_scale, y_scale, top)
    return alt.layer(*layers).properties(width="container", height=360)


def _upper(both: dict[str, pd.DataFrame]) -> str:
    """Return which version's line ends higher, so that its name stands above it and the other one's beneath."""
    last = {version: drawn["value"].dropna().tail(1) for version, drawn in both.items()}
    return "old" if all(len(one) for one in last.values()) and float(last["old"].iloc[0]) > float(last["new"].iloc[0]) else "new"


def _so_far(frame: pd.DataFrame, version: str, usual: float, top: float) -> pd.DataFrame:
    """Return the rate so far of a version with its limits, and each window's own."""
    if frame.empty:
        return pd.DataFrame({"window": [0.0], "value": [usual], "low": [0.0], "high": [top], "each": [usual], "seen": [0]})
    value, low, high = rate(frame, version)
    seen = frame[version]
    each = (frame[f"{version} failed"] / seen.where(seen > 0)).clip(upper=top)
    drawn = pd.DataFrame({"window": frame["window"].astype(float), "value": value, "low": low, "high": high, "each": each, "seen": seen})
    return drawn.assign(high=drawn["high"].clip(upper=top), value=drawn["value"].clip(upper=top), low=drawn["low"].clip(upper=top))


def _ramp(table: Table, at: int, palette: Palette, x_scale: alt.Scale, y_scale: alt.Scale, top: float) -> list[alt.Chart]:
    """Draw the steps as a strip beneath, the part that was played darker."""
    rows, start = [], 0
    for step in table.game.plan.steps:
        end, label = start + step.windows, f"{100 * step.share:g} %"
        parts = ((start, min(end, at), 0.5, label), (max(start, at), end, 0.14, label if at <= start else ""))
        rows += [
            {
                "start": one,
                "end": other,
                "depth": depth,
                "label": text if one < at or at <= start else "",
                "top": -0.1 * top,
                "bottom": -0.22 * top,
            }
            for one, other, depth, text in parts
            if other > one
        ]
        start = end
    ramp, x = alt.Chart(pd.DataFrame(rows)), alt.X("start:Q", scale=x_scale)
    box = ramp.mark_rect(color=palette.model, stroke=palette.page, strokeWidth=3)
    text = ramp.mark_text(align="left", dx=8, baseline="middle", fontWeight=600, color=palette.text, fontSize=font_size(16, 11))
    return [
        box.encode(x=x, x2="end:Q", y=alt.Y("top:Q", scale=y_scale), y2="bottom:Q", opacity=alt.Opacity("depth:Q", scale=None)),
        text.encode(x=x, y=alt.datum(-0.16 * top, scale=y_scale), text="label:N"),
    ]


def _plays(table: Table, plays: dict[str, Play], palette: Palette, x_scale: alt.Scale, y_scale: alt.Scale, top: float) -> list[alt.Chart]:
    """Draw where everybody decided, and from when on something was wrong."""
    layers, faults = [], table.truth.faults
    if faults:
        began = pd.DataFrame([{"window": faults[0].window - 0.5, "text": "it began"}])
        x = alt.X("window:Q", scale=x_scale)
        layers.append(alt.Chart(began).mark_rule(strokeWidth=2, strokeDash=[5, 4], color=palette.failed).encode(x=x))
        text = alt.Chart(began).mark_text(align="left", dx=6, dy=10, color=palette.failed, fontWeight=600, fontSize=font_size(17))
        layers.append(text.encode(x=x, y=alt.datum(top, scale=y_scale), text="text:N"))
    every = [*plays.items(), ("the gate", table.gate)]
    colours = {"promote": palette.passed, "roll back": palette.failed, "hold": palette.others}
    rows = [
        {
            "window": play.at,
            "y": top * (0.86 - 0.62 * number / max(len(every), 2)),
            "text": f"{name}: {play.move}",
            "colour": colours[play.move],
        }
        for number, (name, play) in enumerate(every[:9])
    ]
    base = alt.Chart(pd.DataFrame(rows)).encode(x=alt.X("window:Q", scale=x_scale), y=alt.Y("y:Q", scale=y_scale))
    layers.append(
        base.mark_point(filled=True, size=180, opacity=1, stroke=palette.page, strokeWidth=2).encode(
            color=alt.Color("colour:N", scale=None)
        )
    )
    for left in (True, False):
        side = pd.DataFrame([row for row in rows if (float(str(row["window"])) > table.windows / 2) == left])
        if len(side):
            mark = {"align": "right", "dx": -12} if left else {"align": "left", "dx": 12}
            named = alt.Chart(side).encode(x=alt.X("window:Q", scale=x_scale), y=alt.Y("y:Q", scale=y_scale), text="text:N")
            halo = named.mark_text(**mark, fontSize=font_size(16), stroke=palette.page, strokeWidth=6, color=palette.page, opacity=0.85)
            layers += [halo, named.mark_text(**mark, fontSize=font_size(16), color=palette.text)]
    return layers


def scores_chart(board: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw the scores, the best first; the players in violet."""
    roles = {"player": "people", "gate": "model", "best": "other"}
    rows = [
        {
            "name": f"{row.who}: {row.play}",
            "value": float(row.score),
            "low": None,
            "high": None,
            "role": roles[str(row.role)],
            "text": f"{row.score}",
        }
        for row in board.itertuples()
    ]
    return marks.pale_bars(pd.DataFrame(rows), palette, title="", domain=(0.0, 112.0))
