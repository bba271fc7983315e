"""Charts, figures and tables as every screen shows them."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from components import marks, words
from components.project.tables import to_csv
from components.stats.estimate import Estimate
from components.theme import Palette, config, themed
from components.ui.patterns import note as small_note
from components.ui.session import palette, presenting


def chart(
    drawing: alt.TopLevelMixin | Callable[[], alt.TopLevelMixin],
    *,
    alt: str,
    of: tuple[object, ...] = (),
    table: pd.DataFrame | None = None,
    name: str = "table",
    key: str | None = None,
) -> None:
    """Draw a chart with its text for those who can't see it, and its table one click away.

    `of` names all that a chart shows, such as a record's id and version: `drawing` is then a function, called only where the same
    was not drawn before. Making a chart takes ten times as long as the rest of a screen.
    """
    colours = palette()
    drawn = _drawn((name, colours.dark, *of), drawing, colours) if of else _specification(drawing, colours)
    if presenting():
        drawn = {**drawn, "config": config(colours, presenter=True)}
    st.vega_lite_chart(drawn, theme=None, alt=alt, width="stretch", key=key)
    if table is not None:
        behind(table, name)


@st.cache_resource(max_entries=256, show_spinner=False)
def _drawn(of: tuple[object, ...], _drawing: Callable[[], alt.TopLevelMixin], _palette: Palette) -> dict[str, Any]:
    return _specification(_drawing, _palette)


def _specification(drawing: alt.TopLevelMixin | Callable[[], alt.TopLevelMixin], colours: Palette) -> dict[str, Any]:
    made = themed(drawing() if callable(drawing) else drawing, colours)
    drawn: dict[str, Any] = _with_values(made.to_dict(validate=False))  # the tests validate; it takes as long as all the rest
    if isinstance(drawn.get("height"), int):
        drawn["height"] += drawn.get("usermeta", {}).get("besides", 0)
    return drawn


def _with_values(made: dict[str, Any]) -> dict[str, Any]:
    """Put its data into each layer: Streamlit would convert named tables one by one, again at every rerun."""
    tables = made.pop("datasets", {})

    def filled(part: Any) -> Any:
        if isinstance(part, list):
            return [whole for whole in map(filled, part) if not _empty(whole)]
        if not isinstance(part, dict):
            return part
        if part.get("name") in tables and len(part) == 1:
            return {"values": tables[part["name"]]}
        return {key: filled(one) for key, one in part.items()}

    whole: dict[str, Any] = filled(made)
    return whole


def _empty(layer: Any) -> bool:
    """Tell a layer of which nothing would be drawn: a screen reader would find a group of marks without a name."""
    if not isinstance(layer, dict) or "mark" not in layer or set(layer.get("data", {})) != {"values"}:
        return False
    rows = layer["data"]["values"]
    places = [layer.get("encoding", {}).get(channel, {}).get("field") for channel in ("x", "x2", "y", "y2")]
    return all(any(row.get(place, 0) is None for place in places) for row in rows)


@lru_cache(maxsize=512)
def _glyph(estimate: Estimate, colours: Palette, domain: tuple[float, float] | None, target: float | None, role: str) -> dict[str, Any]:
    return _specification(marks.glyph(estimate, colours, domain=domain, target=target, role=role), colours)


def behind(table: pd.DataFrame, name: str, label: str = "The table behind it") -> None:
    """Draw the table behind a chart, folded, with its download."""
    with st.expander(label):
        st.dataframe(table, hide_index=True, width="stretch")
        download(table, name)


def download(table: pd.DataFrame | Callable[[], pd.DataFrame], name: str, label: str = "Download as CSV") -> None:
    """Offer a table as CSV, in which no cell can act as a formula; a function is called when somebody asks for it."""

    def content() -> bytes:
        return to_csv(table() if callable(table) else table).encode()

    file = f"{name.replace(' ', '-').lower()}.csv"
    st.download_button(
        label, content, file_name=file, mime="text/csv", icon=":material/download:", on_click="ignore", key=f"download.{name}"
    )


def figure(
    label: str,
    estimate: Estimate,
    *,
    as_percent: bool = False,
    as_count: bool = False,
    target: float | None = None,
    note: str = "",
    domain: tuple[float, float] | None = None,
    role: str = "model",
    help: str | None = None,
) -> None:
    """Draw one figure with its interval in words and, where it has one, as a glyph; the tick of the glyph is the target."""

    def written(value: float | None) -> str:
        if as_count:
            return words.count(value)
        return words.percent(value) if as_percent else words.decimal(value)

    if as_count and estimate.low is not None:
        limits = f"[{words.count(estimate.low)}, {words.count(estimate.high)}]"
    else:
        limits = words.interval(estimate, as_percent)
    beneath = ", ".join(part for part in (limits, f"target {written(target)}" if target is not None else "", note) if part)
    st.metric(label, written(estimate.value), delta=beneath or None, delta_color="off", delta_arrow="off", help=help)
    if estimate.value is None and estimate.why:
        small_note(estimate.why)
    if estimate.value is None or estimate.low is None:
        return
    glyph(f"{label}: {written(estimate.value)} {limits}", estimate, domain=domain, target=target, role=role)


def glyph(
    text: str, estimate: Estimate, *, domain: tuple[float, float] | None = None, target: float | None = None, role: str = "model"
) -> None:
    """Draw an interval on a track; the tick is the target, `text` says the same in words."""
    st.vega_lite_chart(_glyph(estimate, palette(), domain, target, role), theme=None, alt=text, width="stretch")
