"""How the data phase draws its tables."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from components import marks, words
from components.data.iterations import Worth
from components.theme import Palette, font_size

STRIP = {"failed": "to fix", "error": "not computed", "warned": "to look at", "passed": "passed", "not applicable": "not applicable"}
MOST_CASES = 20
BESIDES = 66  # the height of a chart holds its axis too


def severity_chart(counts: dict[str, int], palette: Palette) -> alt.LayerChart:
    """Draw how many checks have which status as one bar."""
    rows = [{"name": STRIP[status], "count": counts.get(status, 0), "role": status} for status in STRIP]
    return marks.strip(pd.DataFrame(rows), palette)


def figures_chart(results: list[dict[str, Any]], palette: Palette, most: int = 12) -> alt.LayerChart:
    """Draw the figures of one check, a bar a column, the worst first, with its threshold as a dashed line."""
    known = [result for result in results if result["figure"] is not None]
    worst = sorted(known, key=lambda result: result["figure"], reverse=not known[0]["at_least"])[:most]
    scale = 100 if known[0]["unit"] == "share" else 1
    rows = pd.DataFrame(
        {
            "name": [result["column"] or "all rows" for result in worst],
            "value": [scale * result["figure"] for result in worst],
            "over": [result["status"] in {"failed", "warned"} for result in worst],
        }
    )
    unit = {"share": "percent", "count": "rows or values", "number": "figure"}[known[0]["unit"]]
    y = alt.Y("name:N", sort=None, axis=alt.Axis(title=None, labelFontSize=16, labelColor=palette.text, labelLimit=180))
    x = alt.X("value:Q", axis=alt.Axis(title=unit, tickCount=4))
    colour = alt.condition("datum.over", alt.value(palette.model), alt.value(palette.others))
    bars = alt.Chart(rows).mark_bar(opacity=0.55, cornerRadius=3, height=16).encode(x=x, y=y, color=colour, tooltip=["name", "value"])
    limit = pd.DataFrame({"limit": [scale * known[0]["threshold"]]})
    line = alt.Chart(limit).mark_rule(color=palette.text, strokeDash=[5, 4], strokeWidth=2).encode(x="limit:Q")
    return alt.layer(bars, line).properties(width="container", height=30 * len(rows) + BESIDES)


def balance_chart(balance: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw how many rows each label has; `balance` as `description.balance` gives it."""
    rows = balance.assign(label=[f"{n} ({words.percent(share)})" for n, share in zip(balance["count"], balance["share"], strict=True)])
    y = alt.Y("name:N", sort=None, axis=alt.Axis(title=None, labelFontSize=16, labelColor=palette.text, labelLimit=220))
    x = alt.X("count:Q", axis=alt.Axis(title="rows", tickCount=4))
    bars = (
        alt.Chart(rows).mark_bar(color=palette.others, opacity=0.45, cornerRadius=3, height=16).encode(x=x, y=y, tooltip=["name", "label"])
    )
    return alt.layer(bars).properties(width="container", height=30 * len(rows) + BESIDES)


def coverage_chart(table: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw what each important case has against what it needs, both on a scale of powers of ten; `table` as `coverage_table` gives it."""
    shown = table.head(MOST_CASES)
    counted = zip(shown["name"], shown["counted"], shown["need"], strict=True)
    rows = shown.assign(
        row=range(len(shown)),
        start=1,
        end=shown["counted"].clip(lower=1),
        colour=[palette.of("warned" if lack else "passed") for lack in shown["collect"]],
        label=[f"{name[:40]}  {words.count(have)} of {words.count(need)}" for name, have, need in counted],
    )
    most = 1.6 * max(float(rows["end"].max()), float(rows["need"].max()), 10)
    scale = alt.Scale(type="log", domain=[1, most], nice=False)
    axis = alt.Axis(title="rows", values=[10**power for power in range(8)], format="~s", grid=True)
    base = alt.Chart(rows).encode(y=alt.Y("row:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0)))
    bar = base.mark_bar(opacity=0.45, height=20, cornerRadius=3, yOffset=12).encode(
        x=alt.X("start:Q", scale=scale, axis=axis), x2="end:Q", color=alt.Color("colour:N", scale=None)
    )
    tick = base.mark_tick(color=palette.target, thickness=3, size=30, yOffset=12).encode(x=alt.X("need:Q", scale=scale))
    name = base.mark_text(align="left", baseline="middle", dy=-13, color=palette.text, fontSize=font_size(17), limit=marks.FULL).encode(
        x=alt.value(0), text="label:N"
    )
    return alt.layer(bar, tick, name).properties(width="container", height=marks.BAR_ROW * len(rows), usermeta={"besides": BESIDES})


def iterations_chart(worth: Worth, palette: Palette) -> alt.LayerChart:
    """Draw the rounds, the curve through them with the interval of a new round, and the next round as a ring."""
    assert worth.curve is not None
    sizes = np.linspace(float(worth.curve.sizes.min()), worth.size * 1.15, 60)
    rows = []
    for size in sizes:
        error = worth.curve.at(float(size))
        low, high = (error.value if limit is None else limit for limit in (error.low, error.high))
        value = {"size": size, "value": error.value, "low": low, "high": high}
        rows.append({key: 1 - one if worth.higher and key != "size" else one for key, one in value.items()})
    curve = pd.DataFrame(rows)
    points = pd.DataFrame({"size": worth.curve.sizes, "value": 1 - worth.curve.errors if worth.higher else worth.curve.errors})
    seen = pd.concat([points["value"], curve["value"]])
    air = max(float(seen.max() - seen.min()), 0.01)
    domain = [float(seen.min()) - 0.6 * air, min(float(seen.max()) + 0.6 * air, 1.0) if worth.higher else float(seen.max()) + 0.6 * air]
    scale = alt.Scale(domain=domain, nice=False, zero=False)
    x = alt.X(
        "size:Q", axis=alt.Axis(title="rows to train on", grid=False, tickCount=6, format="~s"), scale=alt.Scale(zero=False, nice=False)
    )
    y = alt.Y("value:Q", scale=scale, axis=marks.value_axis(worth.metric, as_percent=False))
    band = alt.Chart(curve).mark_area(color=palette.model, opacity=0.2, clip=True).encode(x=x, y=alt.Y("low:Q", scale=scale), y2="high:Q")
    line = alt.Chart(curve).mark_line(color=palette.model, strokeWidth=3, clip=True).encode(x=x, y=y)
    dots = (
        alt.Chart(points)
        .mark_point(filled=True, size=260, opacity=1, color=palette.model, stroke=palette.page, strokeWidth=2)
        .encode(x=x, y=y)
    )
    after = pd.DataFrame([{"size": worth.size, "value": worth.next_value.value if worth.next_value else None, "text": "next round"}])
    ring = alt.Chart(after).mark_point(size=260, strokeWidth=3, opacity=1, color=palette.others).encode(x=x, y=y)
    text = alt.Chart(after).mark_text(align="center", dy=26, color=palette.muted, fontSize=font_size(17)).encode(x=x, y=y, text="text:N")
    return alt.layer(band, line, ring, dots, text).properties(width="container", height=300, usermeta={"besides": BESIDES})
