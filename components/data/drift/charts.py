"""How drift is drawn: columns against chance, what moved over time, and how fast."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from components import words
from components.data.records import DriftRun
from components.marks import BESIDES_LABELLED, ROW
from components.theme import Palette, font_size

MOST_ROWS = 12
LEAST_PSI = 0.001
CUSTOMARY = ((0.1, "little"), (0.2, "a lot"))
NAME = 26


def columns_table(run: DriftRun) -> pd.DataFrame:
    """Return the columns that were compared as a table for people."""
    shown = [
        "column",
        "kind",
        "verdict",
        "psi",
        "chance",
        "statistic",
        "p_value",
        "adjusted_p",
        "js",
        "missing_before",
        "missing_after",
        "note",
    ]
    table = pd.DataFrame(run.columns, columns=shown)
    return table.rename(columns={"chance": "psi by chance, 95 %", "p_value": "p", "adjusted_p": "adjusted p"})


def columns_chart(run: DriftRun, palette: Palette) -> alt.LayerChart:
    """Draw the stability index of each column as a dot, on a bar up to what chance reaches."""
    rows = [row for row in run.columns if row["psi"] is not None][:MOST_ROWS]
    table = pd.DataFrame(
        {
            "row": range(len(rows)),
            "psi": [max(row["psi"], LEAST_PSI) for row in rows],
            "chance": [max(row["chance"], LEAST_PSI) for row in rows],
            "least": LEAST_PSI,
            "drifts": [row["verdict"] == "drift" for row in rows],
            "label": [f"{_short(row['column'])}  {words.decimal(row['psi'], 2 if row['psi'] >= 0.1 else 3)}" for row in rows],
        }
    )
    most = max(float(table["psi"].max()) * 4, 0.5)
    on_left = np.log(table["psi"] / LEAST_PSI) > 0.62 * np.log(most / LEAST_PSI)
    scale = alt.Scale(type="log", domain=[LEAST_PSI, most], nice=False)
    ticks = alt.Axis(title="population stability index", values=[0.001, 0.01, 0.1, 1, 10], grid=True, format="~g")
    y = alt.Y("row:O", axis=None, sort=None)
    base = alt.Chart(table).encode(y=y)
    layers: list[alt.Chart] = [
        base.mark_bar(color=palette.others, opacity=0.22, height=22, cornerRadius=3).encode(
            x=alt.X("least:Q", scale=scale, axis=ticks), x2="chance:Q"
        )
    ]
    for value, name in CUSTOMARY:
        line = pd.DataFrame([{"value": value, "text": name}])
        at = alt.X("value:Q", scale=scale)
        layers.append(alt.Chart(line).mark_rule(color=palette.target, strokeWidth=1.5, strokeDash=[5, 4]).encode(x=at))
        side = {"align": "right", "dx": -2} if value == CUSTOMARY[0][0] else {"align": "left", "dx": 2}
        text = alt.Chart(line).mark_text(**side, baseline="bottom", dy=-8, color=palette.muted, fontSize=font_size(16, 13))
        layers.append(text.encode(x=at, y=alt.value(0), text="text:N"))
    for drifts, colour in ((True, palette.model), (False, palette.others)):
        some = alt.Chart(table[table["drifts"] == drifts]).encode(y=y)
        dot = some.mark_point(filled=True, size=260, opacity=1, color=colour, stroke=palette.page, strokeWidth=2)
        layers.append(dot.encode(x=alt.X("psi:Q", scale=scale)))
        for left, offset, align in ((True, -14, "right"), (False, 14, "left")):
            named = alt.Chart(table[(table["drifts"] == drifts) & (on_left == left)]).encode(
                y=y, x=alt.X("psi:Q", scale=scale), text="label:N"
            )
            shared: dict[str, Any] = {"align": align, "baseline": "middle", "dx": offset, "fontSize": font_size(17), "limit": 420}
            layers.append(named.mark_text(**shared, stroke=palette.page, strokeWidth=6, strokeJoin="round", opacity=0.85))
            layers.append(named.mark_text(**shared, color=palette.model if drifts else palette.muted))
    return alt.layer(*layers).properties(width="container", height=ROW * len(rows), usermeta={"besides": BESIDES_LABELLED})


def pace_chart(run: DriftRun, palette: Palette) -> alt.LayerChart:
    """Draw what moved between each two periods against the time between them, and the curve through them with its band."""
    assert run.over_time is not None
    found = run.over_time
    pairs = pd.DataFrame({"months": found["lags"], "moved": np.maximum(found["shares"], 0.0)})
    span = np.linspace(0, float(pairs["months"].max()), 40)
    rate = found["rate"]

    def moved(value: float | None) -> Any:
        return 1 - (1 - (value or 0.0)) ** span

    curve = pd.DataFrame({"months": span, "moved": moved(rate["value"])})
    low, high = (moved(rate[limit] if rate[limit] is not None else rate["value"]) for limit in ("low", "high"))
    curve = curve.assign(low=low, high=high)
    most = max(float(pairs["moved"].max()), float(curve["high"].max()), run.tolerance) * 1.1
    labels = "format(100 * datum.value, '.0f')"
    x = alt.X(
        "months:Q", axis=alt.Axis(title="months apart", grid=False, tickCount=6), scale=alt.Scale(domain=[0, float(span[-1])], nice=False)
    )
    scale = alt.Scale(domain=[0, min(most, 1.0)], nice=False, clamp=True)
    y = alt.Y("moved:Q", scale=scale, axis=alt.Axis(title="values that lie elsewhere, %", grid=True, labelExpr=labels, tickCount=5))
    band = alt.Chart(curve).mark_area(color=palette.model, opacity=0.2, clip=True).encode(x=x, y=alt.Y("low:Q", scale=scale), y2="high:Q")
    line = alt.Chart(curve).mark_line(color=palette.model, strokeWidth=3).encode(x=x, y=y)
    dots = alt.Chart(pairs).mark_point(filled=True, size=60, opacity=0.7, color=palette.others).encode(x=x, y=y)
    limit = pd.DataFrame([{"moved": run.tolerance, "text": f"retrain at {words.percent(run.tolerance, 0)}"}])
    rule = alt.Chart(limit).mark_rule(color=palette.target, strokeWidth=2, strokeDash=[5, 4]).encode(y=y)
    text = alt.Chart(limit).mark_text(align="right", baseline="bottom", dy=-4, color=palette.target, fontWeight=600, fontSize=font_size(17))
    named = text.encode(x=alt.value("width"), y=y, text="text:N")
    return alt.layer(band, rule, dots, line, named).properties(width="container", height=300, usermeta={"besides": 66})


def moved_chart(run: DriftRun, palette: Palette) -> alt.LayerChart:
    """Draw how far each column moved from the first period on, as a matrix; those that moved most on top."""
    assert run.over_time is not None
    moved = pd.DataFrame(run.over_time["moved"])
    order = moved.groupby("column")["moved"].max().sort_values(ascending=False).index[:MOST_ROWS]
    moved = moved[moved["column"].isin(order)]
    steps = palette.matrix
    cut = np.digitize(moved["moved"], [0.1, 0.25, 0.5])
    moved = moved.assign(
        name=[_short(column) for column in moved["column"]],
        colour=[steps[place] for place in cut],
        text=[words.bare_percent(value, 0) for value in moved["moved"]],
        ink=[palette.page if place == 3 else palette.text for place in cut],
        start=[period[:10] for period in moved["period"]],
    )
    y = alt.Y("name:N", sort=[_short(column) for column in order], axis=alt.Axis(title=None, labelColor=palette.text, labelLimit=200))
    x = alt.X("start:O", axis=alt.Axis(title=f"{run.over_time['unit']} that begins", labelAngle=0, labelOverlap=True))
    base = alt.Chart(moved).encode(x=x, y=y)
    cells = base.mark_rect(stroke=palette.page, strokeWidth=3).encode(
        color=alt.Color("colour:N", scale=None), tooltip=["name", "start", alt.Tooltip("text:N", title="% elsewhere")]
    )
    layers = [cells]
    if moved["start"].nunique() <= 12:
        layers.append(base.mark_text(fontSize=font_size(16, 12)).encode(text="text:N", color=alt.Color("ink:N", scale=None)))
    return alt.layer(*layers).properties(width="container", height=36 * len(order), usermeta={"besides": 66})


def _short(name: str) -> str:
    return name if len(name) <= NAME else f"{name[:NAME]}…"
