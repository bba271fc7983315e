"""Charts, figures and tables as every screen shows them."""

from collections.abc import Callable

import altair as alt
import pandas as pd
import streamlit as st

from components import marks, words
from components.project.tables import to_csv
from components.stats.estimate import Estimate
from components.theme import themed
from components.ui.patterns import note as small_note
from components.ui.session import palette


def chart(drawing: alt.TopLevelMixin, *, alt: str, table: pd.DataFrame | None = None, name: str = "table", key: str | None = None) -> None:
    """Draw a chart with its text for those who can't see it, and its table one click away."""
    drawn = themed(drawing, palette()).to_dict()
    if isinstance(drawn.get("height"), int):
        drawn["height"] += drawn.get("usermeta", {}).get("besides", 0)
    st.vega_lite_chart(drawn, theme=None, alt=alt, width="stretch", key=key)
    if table is not None:
        behind(table, name)


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
    """Draw one figure with its interval in words and as a glyph; the tick of the glyph is the target."""

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
    if estimate.value is None:
        if estimate.why:
            small_note(estimate.why)
        return
    drawing = marks.glyph(estimate, palette(), domain=domain, target=target, role=role)
    text = f"{label}: {written(estimate.value)} {limits}"
    st.altair_chart(themed(drawing, palette()), theme=None, alt=text, width="stretch")
