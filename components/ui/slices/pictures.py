"""What every view of slices shows: the bars, the plane, the table."""

import pandas as pd
import streamlit as st

from components.modelling.slice_charts import headroom_chart, plane_chart
from components.modelling.slice_wording import shown_table, where_answer
from components.ui.figures import chart, download
from components.ui.patterns import section
from components.ui.session import palette


def pictures(table: pd.DataFrame, of: tuple[object, ...], metric: str = "accuracy") -> None:
    """Draw headroom as bars and as share against gap, with the table beneath."""
    known = table[table["headroom"].notna()]
    shown = shown_table(table, metric)
    unit = "points" if metric == "accuracy" else "% of the error"
    if len(known):
        left, right = st.columns([6, 6], gap="large")
        with left:
            section(
                "Headroom",
                "bar and 95 % interval" if known["low"].notna().any() else "what is to gain; no interval without numbers of items",
            )
            chart(lambda: headroom_chart(known, palette(), metric), of=("bars", *of), alt=where_answer(known, metric), name="headroom")
        with right:
            section(
                "Share × gap",
                f"the further up right, the more to gain; each line joins equal gain, in {unit}",
                about="headroom",
            )
            gaps = [f"{100 * gap:.1f} points" if metric == "accuracy" else f"{gap:.2f} × the average error" for gap in known["gap"]]
            alt = "; ".join(
                f"{name}: {100 * share:.0f} % of the data, gap {gap}"
                for name, share, gap in zip(known["slice"], known["share"], gaps, strict=True)
            )
            chart(lambda: plane_chart(known, palette(), metric), of=("plane", *of), alt=alt, name="share and gap")
    st.dataframe(shown, hide_index=True, width="stretch")
    download(shown, "where to work next")
