"""How the data phase draws its tables."""

import altair as alt
import pandas as pd

from components import marks, words
from components.theme import Palette

STRIP = {"failed": "to fix", "error": "not computed", "warned": "to look at", "passed": "passed", "not applicable": "not applicable"}
BESIDES = 66  # the height of a chart holds its axis too


def severity_chart(counts: dict[str, int], palette: Palette) -> alt.LayerChart:
    """Draw how many checks have which status as one bar."""
    rows = [{"name": STRIP[status], "count": counts.get(status, 0), "role": status} for status in STRIP]
    return marks.strip(pd.DataFrame(rows), palette)


def balance_chart(balance: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw how many rows each label has; `balance` as `description.balance` gives it."""
    rows = balance.assign(label=[f"{n} ({words.percent(share)})" for n, share in zip(balance["count"], balance["share"], strict=True)])
    y = alt.Y("name:N", sort=None, axis=alt.Axis(title=None, labelFontSize=16, labelColor=palette.text, labelLimit=220))
    x = alt.X("count:Q", axis=alt.Axis(title="rows", tickCount=4))
    bars = (
        alt.Chart(rows).mark_bar(color=palette.others, opacity=0.45, cornerRadius=3, height=16).encode(x=x, y=y, tooltip=["name", "label"])
    )
    return alt.layer(bars).properties(width="container", height=30 * len(rows) + BESIDES)
