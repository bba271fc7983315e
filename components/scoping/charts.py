"""How the scoping phase draws what others have reached."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from components import marks, naming
from components.project.target import Target
from components.scoping.prior_work import Attainable, Reached, attainable, converted, in_metric, is_share, score_text
from components.scoping.records import PriorWork
from components.theme import Palette, font_size

LINE = 27
LEAST_HEIGHT = 330
MOST_LABELLED = 12
LABEL_SHARE = 0.44
"""Which share of the chart's width belongs to the labels, at its right."""


def prior_work_chart(
    entries: Sequence[PriorWork],
    target: Target | None,
    palette: Palette,
    *,
    people: Reached | None = None,
    ours: Reached | None = None,
    this_year: int | None = None,
) -> alt.LayerChart:
    """Draw score against year: models and people that were published, our own best, and lines for our target and human level.

    Labels stand in a column at the right, each led to its mark, moved apart so that none covers another. Only what is in the
    target's metric is drawn; results without a year stand at the left.
    """
    found = attainable(entries, target, people)
    points = _points(entries, found, ours, this_year or date.today().year)
    lines = _lines(found.metric, target, found.people_score, people)
    years = sorted({row["year"] for row in points if row["year"] is not None}) or [this_year or date.today().year]
    spread = max(years[-1] - years[0], 4)
    nowhere = years[0] - 0.18 * spread
    absent = any(row["year"] is None for row in points)
    begins, edge = (nowhere if absent else years[0]) - 0.06 * spread, years[-1] + 0.06 * spread
    column = edge + 0.09 * spread
    ends = begins + (column - begins) / (1 - LABEL_SHARE)
    for row in points:
        row["x"] = nowhere if row["year"] is None else row["year"]
    values = [row["value"] for row in [*points, *lines]] + [row[c] for row in points for c in ("low", "high") if row[c] is not None]
    low, high = marks.domain_of(pd.DataFrame({"value": values}))
    if is_share(found.metric):
        low, high = max(low, 0.0), min(high, 1.002)
    if high <= low:
        low, high = low - 0.01, high + 0.01
    labelled = [*lines, *points[:MOST_LABELLED], *[row for row in points[MOST_LABELLED:] if row["role"] == "highlight"]]
    height = max(LEAST_HEIGHT, LINE * (len(labelled) + 1))
    wanted = [height * (high - row["value"]) / (high - low) for row in labelled]
    for row, place in zip(labelled, naming.apart(wanted, LINE, 4, height - 4), strict=True):
        row["label_at"] = high - place * (high - low) / height
    axes = _Axes(begins, ends, low, high, years, nowhere if absent else None, found.metric)
    layers = [*_rules(lines, axes, palette, begins, edge), *_leaders(labelled, axes, palette, edge, column)]
    layers += [*_dots(points, axes, palette), *_labels(labelled, axes, palette, column)]
    chart: alt.LayerChart = alt.layer(*layers).properties(width="container", height=height, usermeta={"besides": marks.BESIDES})
    return chart


def _points(entries: Sequence[PriorWork], found: Attainable, ours: Reached | None, this_year: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    metric, best, sign = found.metric, found.best, -1 if found.direction == "higher" else 1
    for entry in entries:
        score = in_metric(entry, metric)
        if score is not None:
            role = "people" if entry.people else "other"
            named = {"name": entry.title, "strong": entry is best}
            rows.append({**named, "value": score, "low": None, "high": None, "year": entry.year, "role": role})
    rows.sort(key=lambda row: (not row["strong"], sign * row["value"]))
    value = converted(ours.value, ours.metric, metric) if ours else None
    if ours is not None and value is not None:
        limits = [None if one is None else converted(one, ours.metric, metric) for one in (ours.low, ours.high)]
        low, high = sorted(one for one in limits if one is not None) if None not in limits else (None, None)
        simulated = ", simulated" if ours.simulated else ""
        named = {"name": f"ours: {ours.name}{simulated}", "strong": True}
        rows.append({**named, "value": value, "low": low, "high": high, "year": this_year, "role": "highlight"})
    for row in rows:
        row["text"] = f"{score_text(row['value'], metric)} {row['name']}"
    return rows


def _lines(metric: str, target: Target | None, people_score: float | None, people: Reached | None) -> list[dict[str, Any]]:
    rows = []
    if target is not None:
        text = f"{score_text(target.value, metric)} our target"
        rows.append({"name": "our target", "value": target.value, "role": "target", "strong": True, "text": text, "dash": [5, 4]})
    if people_score is not None and people is not None and converted(people.value, people.metric, metric) == people_score:
        simulated = ", simulated" if people.simulated else ""
        text = f"{score_text(people_score, metric)} people, as measured{simulated}"
        rows.append({"name": "people", "value": people_score, "role": "people", "strong": True, "text": text, "dash": [1, 0]})
    elif people_score is not None:
        text = f"{score_text(people_score, metric)} best of people"
        rows.append({"name": "people", "value": people_score, "role": "people", "strong": True, "text": text, "dash": [1, 0]})
    return rows


class _Axes:
    """The two axes, shared by all layers."""

    def __init__(
        self, begins: float, ends: float, low: float, high: float, years: Sequence[int], nowhere: float | None, metric: str
    ) -> None:
        step = max(1, -(-(years[-1] - years[0]) // 5))
        ticks: list[float] = [*range(years[0], years[-1] + 1, step)]
        share = is_share(metric)
        labels = "format(datum.value, 'd')"
        if nowhere is not None:
            ticks, labels = [nowhere, *ticks], f"datum.value < {years[0] - 0.5} ? 'no year' : {labels}"
        self.x_scale = alt.Scale(domain=[begins, ends], nice=False, zero=False)
        self.y_scale = alt.Scale(domain=[low, high], nice=False, zero=False)
        self.x_axis = alt.Axis(title="year published", titleAnchor="start", values=ticks, labelExpr=labels, grid=False)
        self.y_axis = marks.value_axis(f"{metric}, %" if share else metric, share)

    def x(self, field: str) -> alt.X:
        """Return the channel of a column."""
        return alt.X(f"{field}:Q", scale=self.x_scale, axis=self.x_axis)

    def y(self, field: str) -> alt.Y:
        """Return the channel of a column."""
        return alt.Y(f"{field}:Q", scale=self.y_scale, axis=self.y_axis)


def _rules(lines: list[dict[str, Any]], axes: _Axes, palette: Palette, begins: float, edge: float) -> list[alt.Chart]:
    layers = []
    for row in lines:
        data = pd.DataFrame([{"start": begins, "end": edge, "value": row["value"]}])
        rule = alt.Chart(data).mark_rule(color=palette.of(row["role"]), strokeWidth=2, strokeDash=row["dash"])
        layers.append(rule.encode(x=axes.x("start"), x2="end:Q", y=axes.y("value")))
    return layers


def _leaders(rows: list[dict[str, Any]], axes: _Axes, palette: Palette, edge: float, column: float) -> list[alt.Chart]:
    """Lead each label to its mark: level as far as the edge of the plot, then to where the label stands."""
    ends = []
    for number, row in enumerate(rows):
        ends += [{"line": number, "at": row.get("x", edge), "value": row["value"], "order": 0}]
        ends += [{"line": number, "at": edge, "value": row["value"], "order": 1}]
        ends += [{"line": number, "at": column, "value": row["label_at"], "order": 2}]
    if not ends:
        return []
    line = alt.Chart(pd.DataFrame(ends)).mark_line(color=palette.border, strokeWidth=1)
    return [line.encode(x=axes.x("at"), y=axes.y("value"), detail="line:N", order="order:Q")]


def _dots(points: list[dict[str, Any]], axes: _Axes, palette: Palette) -> list[alt.Chart]:
    rows = [{**{key: row[key] for key in ("x", "value", "low", "high", "text")}, "colour": palette.of(row["role"])} for row in points]
    spread, colour = [row for row in rows if row["low"] is not None], alt.Color("colour:N", scale=None)
    layers = []
    if spread:
        rule = alt.Chart(pd.DataFrame(spread)).mark_rule(strokeWidth=6, opacity=0.8, strokeCap="round")
        layers.append(rule.encode(x=axes.x("x"), y=axes.y("low"), y2="high:Q", color=colour))
    if rows:
        dot = alt.Chart(pd.DataFrame(rows)).mark_point(filled=True, stroke=palette.page, strokeWidth=2, size=230, opacity=1)
        layers.append(dot.encode(x=axes.x("x"), y=axes.y("value"), color=colour, tooltip=alt.Tooltip("text:N", title=" ")))
    return layers


def _labels(rows: list[dict[str, Any]], axes: _Axes, palette: Palette, column: float) -> list[alt.Chart]:
    layers = []
    for row in rows:
        ink = palette.text if row["role"] == "other" else palette.of(row["role"])
        data = pd.DataFrame([{"at": column, "value": row["label_at"], "text": row["text"]}])
        mark = {
            "align": "left",
            "baseline": "middle",
            "dx": 5,
            "fontWeight": 600 if row["strong"] else 400,
            "fontSize": font_size(17, 13),
            "limit": alt.ExprRef(f"width * {LABEL_SHARE} - 8"),
        }
        for halo in ({"stroke": palette.page, "strokeWidth": 7, "strokeJoin": "round", "color": palette.page}, {"color": ink}):
            text = alt.Chart(data).mark_text(**mark, **halo)
            layers.append(text.encode(x=axes.x("at"), y=axes.y("value"), text="text:N"))
    return layers
