"""The chart grammar: one way to draw an estimate, a size, a band and a limit, on every screen and in the report.

Dot = estimate, thick line = 95 % interval, pale bar = size, pale area = band, dashed line = target.
"""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from components import words
from components.stats.estimate import Estimate
from components.theme import Palette, font_size

ROW = 46
BAR_ROW = 60
FULL = alt.ExprRef("width - 4")
"""The longest that a name may be: one that reached beyond the plot would make the plot narrower."""
SIGN_WIDTH = 9.0
"""Pixels of a sign of the words of a strip, where it is wide."""
SIGN_SHARE = 0.016
"""The width of a sign as a share of a strip on a narrow screen: no part of a strip is narrower than its words."""
BESIDES, BESIDES_LABELLED = 62, 88
DECIMAL_LABELS = "replace(replace(format(datum.value, '.2~f'), /^0\\./, '.'), /^-0\\./, '-.')"
PERCENT_LABELS = "format(100 * datum.value, '.4~f')"


def _sized(chart: alt.LayerChart, height: int, besides: int) -> alt.LayerChart:
    """Give a chart its height, and note how much the axes and the labels above the plot take besides."""
    sized: alt.LayerChart = chart.properties(width="container", height=height, usermeta={"besides": besides})
    return sized


def value_text(value: float | None, as_percent: bool) -> str:
    """Write a value as charts do: `97.2 %` or `.83`."""
    return words.percent(value) if as_percent else words.decimal(value)


def value_axis(title: str, as_percent: bool, values: Sequence[float] | None = None, grid: bool = True) -> alt.Axis:
    """Return the value axis of a chart, with leading zeros dropped."""
    labels = PERCENT_LABELS if as_percent else DECIMAL_LABELS
    options = {"values": list(values)} if values is not None else {"tickCount": 6}
    return alt.Axis(title=title, grid=grid, labelExpr=labels, **options)


def domain_of(
    frame: pd.DataFrame, extra: Sequence[float | None] = (), least: float | None = None, most: float | None = None
) -> tuple[float, float]:
    """Return limits that hold every value, interval and line with some air, cut at `least` and `most` where the measure ends."""
    known = [float(x) for x in pd.concat([frame[c] for c in ("value", "low", "high") if c in frame]).dropna()]
    known += [float(x) for x in extra if x is not None]
    if not known:
        return (0.0, 1.0)
    low, high = min(known), max(known)
    air = max((high - low) * 0.08, 0.005 * max(abs(high), abs(low), 1e-9))
    return (low - air, high + air)


def interval_dots(
    frame: pd.DataFrame,
    palette: Palette,
    *,
    title: str,
    as_percent: bool = False,
    domain: tuple[float, float] | None = None,
    band: Estimate | None = None,
    band_name: str = "people",
    target: float | None = None,
    target_name: str = "target",
    axis_values: Sequence[float] | None = None,
    areas: Sequence[tuple[float, float, str]] = (),
) -> alt.LayerChart:
    """Draw one row per name: dot, interval, and the name with its value beside it.

    Parameters
    ----------
    frame : DataFrame
        Columns `name`, `value`, `low`, `high` (missing where there is no interval), `role` (see `Palette.of`), `note`
        (the reason, for "not comparable" rows). Drawn in the order given.
    band, target
        A band over the full height with its mean (people), and a dashed limit.
    areas
        Tinted stretches `(from, to, name)` of the value axis, such as the customary bands of agreement.
    """
    rows = frame.reset_index(drop=True)
    rows = rows.assign(**{c: rows.get(c) for c in ("low", "high", "note", "role")})
    lines = [target] if target is not None else []
    low, high = domain or domain_of(rows, [*lines, *((band.low, band.high) if band else ())])
    rows = rows.assign(row=range(len(rows)), **_labels(rows, (low, high), as_percent))
    rows = rows.assign(**{column: rows[column].where(rows["value"].between(low, high)) for column in ("value", "low", "high")})
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    x = alt.X("value:Q", scale=scale, axis=value_axis(title, as_percent, axis_values))
    y = alt.Y("row:O", axis=None, sort=None, scale=alt.Scale(domain=list(range(max(len(rows), 1))), paddingInner=0.1))
    layers = [
        *_area_layers(areas, palette, scale, (low, high)),
        *(_band_layers(band, band_name, palette, scale, as_percent, raised=False) if band else ()),
        *(_target_layers(target, target_name, palette, scale, as_percent, raised=band is not None) if target is not None else ()),
    ]
    for role, group in rows.groupby("role", sort=False):
        colour = palette.of(str(role))
        low_end = alt.X("low:Q", scale=scale, title=title)
        layers += _estimate_layers(group, colour, palette, x, low_end, y, hollow=role == "not comparable")
        ink = {"other": palette.text, "not comparable": palette.muted}.get(str(role), colour)
        layers += _label_layers(group, ink, palette, scale, y)
    lifted = (BESIDES_LABELLED if areas or band or target is not None else BESIDES) + (22 if band and target is not None else 0)
    return _sized(alt.layer(*layers), ROW * max(len(rows), 1), lifted)


def _estimate_layers(
    group: pd.DataFrame, colour: str, palette: Palette, x: alt.X, low: alt.X, y: alt.Y, *, hollow: bool
) -> list[alt.Chart]:
    """Draw dots on their intervals, or hollow rings without."""
    base = alt.Chart(group).encode(y=y)
    if hollow:
        ring = base.mark_point(filled=False, strokeWidth=3, size=150, opacity=1, color=colour)
        return [ring.encode(x=x, tooltip=_tooltip())]
    rule = base.mark_rule(strokeWidth=6, opacity=0.8, strokeCap="round", color=colour)
    dot = base.mark_point(filled=True, stroke=palette.page, strokeWidth=2, size=270, opacity=1, color=colour)
    return [rule.encode(x=low, x2="high:Q"), dot.encode(x=x, tooltip=_tooltip())]


def _tooltip() -> list[alt.Tooltip]:
    return [alt.Tooltip("label:N", title=" "), alt.Tooltip("limits:N", title="95 % interval")]


def _labels(rows: pd.DataFrame, domain: tuple[float, float], as_percent: bool) -> dict[str, list[object]]:
    """Put each name on the side of its interval that has more room."""
    low, high = domain
    labels: list[object] = []
    sides: list[object] = []
    at: list[object] = []
    limits: list[object] = []
    for row in rows.itertuples():
        hollow = row.role == "not comparable"
        label = f"{row.name}: {row.note}" if hollow and row.note else f"{row.name} {value_text(row.value, as_percent)}"
        if not low <= row.value <= high:
            labels.append(f"◂ {label}" if row.value < low else f"{label} ▸")
            sides.append("right" if row.value < low else "left")
            at.append(low if row.value < low else high)
            limits.append("off the scale")
            continue
        labels.append(label)
        left = row.value if pd.isna(row.low) else min(row.low, row.value)
        right = row.value if pd.isna(row.high) else max(row.high, row.value)
        on_left = left - low > high - right
        sides.append("left" if on_left else "right")
        at.append(max(left, low) if on_left else min(right, high))
        limits.append("none" if pd.isna(row.low) else words.interval(Estimate(row.value, row.low, row.high), as_percent))
    return {"label": labels, "side": sides, "at": at, "limits": limits}


def _label_layers(group: pd.DataFrame, colour: str, palette: Palette, scale: alt.Scale, y: alt.Y) -> list[alt.Chart]:
    layers = []
    for side, rows in group.groupby("side"):
        offset, align = (-14, "right") if side == "left" else (14, "left")
        base = alt.Chart(rows).encode(x=alt.X("at:Q", scale=scale), y=y, text="label:N")
        shared = {"align": align, "baseline": "middle", "dx": offset, "fontSize": font_size(17), "limit": 620}
        layers.append(base.mark_text(**shared, stroke=palette.page, strokeWidth=6, strokeJoin="round", color=palette.page, opacity=0.85))
        layers.append(base.mark_text(**shared, color=colour))
    return layers


def _band_layers(band: Estimate, name: str, palette: Palette, scale: alt.Scale, as_percent: bool, raised: bool) -> list[alt.Chart]:
    text = f"{name} {value_text(band.value, as_percent)} {words.interval(band, as_percent)}".strip()
    data = pd.DataFrame([{"low": band.low, "high": band.high, "value": band.value, "text": text}])
    layers = []
    if band.low is not None and band.high is not None:
        layers.append(alt.Chart(data).mark_rect(color=palette.people, opacity=0.16).encode(x=alt.X("low:Q", scale=scale), x2="high:Q"))
    layers.append(alt.Chart(data).mark_rule(color=palette.people, strokeWidth=2).encode(x=alt.X("value:Q", scale=scale)))
    layers.append(_above(data, palette.people, scale, raised))
    return layers


def _target_layers(target: float, name: str, palette: Palette, scale: alt.Scale, as_percent: bool, raised: bool) -> list[alt.Chart]:
    data = pd.DataFrame([{"value": target, "text": f"{name} {value_text(target, as_percent)}"}])
    rule = alt.Chart(data).mark_rule(color=palette.target, strokeWidth=2, strokeDash=[5, 4]).encode(x=alt.X("value:Q", scale=scale))
    return [rule, _above(data, palette.target, scale, raised)]


def _above(data: pd.DataFrame, colour: str, scale: alt.Scale, raised: bool) -> alt.Chart:
    """Write the name of a line above the plot, ending at the line; a raised one stands a line higher, so that two never collide."""
    at = float(data["value"].iloc[0])
    low, high = scale["domain"]
    right_half = high > low and (at - low) / (high - low) > 0.5
    mark = {"align": "right" if right_half else "left", "baseline": "bottom", "dx": 2 if right_half else -2}
    return (
        alt.Chart(data)
        .mark_text(**mark, dy=-30 if raised else -8, color=colour, fontWeight=600, fontSize=font_size(17))
        .encode(x=alt.X("value:Q", scale=scale), y=alt.value(0), text="text:N")
    )


def _area_layers(
    areas: Sequence[tuple[float, float, str]], palette: Palette, scale: alt.Scale, domain: tuple[float, float]
) -> list[alt.Chart]:
    layers = []
    for number, (begins, ends, name) in enumerate(areas):
        start, end = max(begins, domain[0]), min(ends, domain[1])
        if end <= start:
            continue
        data = pd.DataFrame([{"start": start, "end": end, "middle": (start + end) / 2, "text": name}])
        layers.append(
            alt.Chart(data).mark_rect(color=palette.border, opacity=0.22 + 0.2 * number).encode(x=alt.X("start:Q", scale=scale), x2="end:Q")
        )
        layers.append(
            alt.Chart(data)
            .mark_text(baseline="bottom", dy=-8, color=palette.muted, fontSize=font_size(16, 13))
            .encode(x=alt.X("middle:Q", scale=scale), y=alt.value(0), text="text:N")
        )
    return layers


def pale_bars(
    frame: pd.DataFrame,
    palette: Palette,
    *,
    title: str,
    as_percent: bool = False,
    domain: tuple[float, float] | None = None,
    digits: int | None = None,
) -> alt.LayerChart:
    """Draw sizes from zero: the name above a pale bar, dot and interval on it, the value at the right of all that.

    `frame` has the columns `name`, `value`, `low`, `high`, `role` and, where the value is to be written otherwise, `text`.
    """
    rows = frame.reset_index(drop=True)
    rows = rows.assign(**{c: rows.get(c) for c in ("low", "high", "role")})
    low, high = domain or (0.0, domain_of(rows, [0.0])[1])
    rows = rows.assign(
        row=range(len(rows)),
        zero=0.0,
        text=rows.get("text", pd.Series([_size_text(value, as_percent, digits) for value in rows["value"]], dtype=object)),
        at=rows[["value", "high"]].max(axis=1).clip(lower=0.0),
        role=rows["role"].fillna("other"),
    )
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    y = alt.Y("row:O", axis=None, sort=None, scale=alt.Scale(domain=list(range(max(len(rows), 1))), paddingInner=0))
    layers = []
    for role, group in rows.groupby("role", sort=False):
        colour = palette.of(str(role))
        base = alt.Chart(group).encode(y=y)
        axis = alt.Axis(title=title, labels=False, grid=False)
        value, zero = alt.X("value:Q", scale=scale, axis=axis), alt.X("zero:Q", scale=scale, title=title)
        bar = base.mark_bar(color=colour, opacity=0.22, height=22, cornerRadius=3, yOffset=12)
        rule = base.mark_rule(strokeWidth=6, opacity=0.8, strokeCap="round", color=colour, yOffset=12)
        dot = base.mark_point(filled=True, opacity=1, size=260, color=colour, stroke=palette.page, strokeWidth=2, yOffset=12)
        name = base.mark_text(align="left", baseline="middle", dy=-13, color=palette.text, fontSize=font_size(17), limit=FULL)
        ink = palette.muted if role == "other" else colour
        size = base.mark_text(align="left", baseline="middle", dx=14, dy=12, color=ink, fontWeight=600, fontSize=font_size(17))
        layers += [
            bar.encode(x=zero, x2="value:Q"),
            rule.encode(x=alt.X("low:Q", scale=scale, title=title), x2="high:Q"),
            dot.encode(x=value),
            name.encode(x=alt.value(0), text="name:N"),
            size.encode(x=alt.X("at:Q", scale=scale, title=title), text="text:N"),
        ]
    return _sized(alt.layer(*layers), BAR_ROW * max(len(rows), 1), BESIDES)


def _size_text(value: float, as_percent: bool, digits: int | None) -> str:
    if digits is None:
        return value_text(value, as_percent)
    return words.count(value) if digits == 0 else words.decimal(value, digits)


def strip(frame: pd.DataFrame, palette: Palette, *, coloured: str = "failed") -> alt.LayerChart:
    """Draw one stacked bar of counts with its words beneath; `frame` has the columns `name`, `count`, `role`."""
    rows = frame[frame["count"] > 0].reset_index(drop=True)
    text = [f"{words.count(number)} {name}" for number, name in zip(rows["count"], rows["name"], strict=True)]
    room = pd.Series([SIGN_SHARE * (len(one) + 1) for one in text], dtype="float64")
    share = (rows["count"] / max(rows["count"].sum(), 1)).clip(lower=room)
    ends = (share / share.sum()).cumsum()
    rows = rows.assign(
        start=ends.shift(fill_value=0.0),
        end=ends - 0.003,
        text=text,
        place=range(len(rows)),
        colour=[palette.of(role) for role in rows["role"]],
        ink=[palette.of(role) if role == coloured else palette.muted for role in rows["role"]],
    )
    scale = alt.Scale(domain=[0, 1], nice=False)
    base = alt.Chart(rows).encode(x=alt.X("start:Q", scale=scale, axis=None))
    bars = base.mark_rect(height=16, cornerRadius=1).encode(x2="end:Q", y=alt.value(10), color=alt.Color("colour:N", scale=None))
    needed = max(
        (SIGN_WIDTH * len(one) / (end - start) for one, start, end in zip(text, rows["start"], rows["end"], strict=True)), default=0
    )
    layers = [bars]
    for odd in (0, 1):  # where the words of a part are still longer than it, every second one stands a line lower
        lower = alt.ExprRef(f"width < {needed:.0f} * (width < 440 ? 13 / 17 : 1) ? {17 * odd} : 0")
        said = base.transform_filter(f"datum.place % 2 == {odd}").mark_text(
            align="left", baseline="top", dx=1, dy=lower, fontWeight=600, fontSize=font_size(17, 13)
        )
        layers.append(said.encode(y=alt.value(26), text="text:N", color=alt.Color("ink:N", scale=None)))
    return alt.layer(*layers).properties(width="container", height=60)


def glyph(
    estimate: Estimate,
    palette: Palette,
    *,
    domain: tuple[float, float] | None = None,
    target: float | None = None,
    role: str = "model",
) -> alt.LayerChart:
    """Draw an interval on a track, 18 px high, for the place under a figure; the tick is the target."""
    data = pd.DataFrame([{"value": estimate.value, "low": estimate.low, "high": estimate.high, "target": target}])
    low, high = domain or domain_of(data, [target])
    data = data.assign(start=low, end=high)
    colour = palette.of(role)
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    base = alt.Chart(data).encode(y=alt.value(9))
    layers = [base.mark_rule(color=palette.border, strokeWidth=1.5).encode(x=x("start"), x2="end:Q")]
    if estimate.low is not None and estimate.high is not None:
        rule = base.mark_rule(color=colour, strokeWidth=5, strokeCap="round", opacity=0.8)
        layers.append(rule.encode(x=x("low"), x2="high:Q"))
    if estimate.value is not None:
        dot = base.mark_point(filled=True, opacity=1, size=130, color=colour, stroke=palette.card, strokeWidth=2)
        layers.append(dot.encode(x=x("value")))
    if target is not None:
        tick = alt.Chart(data).mark_rule(color=palette.target, strokeWidth=2)
        layers.append(tick.encode(x=x("target"), y=alt.value(2), y2=alt.value(16)))
    return alt.layer(*layers).properties(width="container", height=18, padding={"left": 4, "right": 4, "top": 0, "bottom": 0})
