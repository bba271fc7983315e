"""How the data phase draws its tables."""

import altair as alt
import pandas as pd

from components import marks, words
from components.data.agreement import GOOD, TENTATIVE, Agreement
from components.data.records import AgreementRun
from components.theme import Palette

STRIP = {"failed": "to fix", "error": "not computed", "warned": "to look at", "passed": "passed", "not applicable": "not applicable"}
MEASURES = {"alpha": "Krippendorff's α", "ac1": "Gwet's AC1", "fleiss": "Fleiss' κ", "cohen": "Cohen's κ"}


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
    return alt.layer(bars).properties(width="container", height=max(26 * len(rows), 60))


def agreement_table(run: AgreementRun) -> pd.DataFrame:
    """Return the measures of agreement as a table: name, value, low, high, why."""
    rows = [{"name": title, **getattr(run, name)} for name, title in MEASURES.items()]
    return pd.DataFrame(rows)[["name", "value", "low", "high", "why"]]


def agreement_chart(run: AgreementRun, palette: Palette) -> alt.LayerChart:
    """Draw the chance-corrected measures with Krippendorff's bands."""
    table = agreement_table(run).dropna(subset=["value"])
    rows = table.assign(role=["people" if name == MEASURES["alpha"] else "other" for name in table["name"]])
    lowest = min([0.0, *rows["low"].dropna(), *rows["value"]])
    return marks.interval_dots(
        rows,
        palette,
        title="0 = chance, 1 = full agreement",
        domain=(lowest, 1.0),
        axis_values=[0, 0.2, 0.4, TENTATIVE, GOOD, 1],
        areas=[(TENTATIVE, GOOD, "tentative"), (GOOD, 1.0, "good")],
    )


def annotators_chart(found: Agreement, palette: Palette) -> alt.LayerChart:
    """Draw how often each annotator gives the label that most of the others give."""
    table = found.per_annotator.rename(columns={"annotator": "name", "agrees": "value"})
    rows = table[table["value"].notna()].head(30).assign(role="people")
    return marks.interval_dots(rows, palette, title="agrees with most of the others, %", as_percent=True)


def labels_chart(found: Agreement, palette: Palette) -> alt.LayerChart:
    """Draw α of each label against all others."""
    table = found.per_label.rename(columns={"label": "name", "alpha": "value"})
    rows = table[table["value"].notna()].sort_values("value").head(30).assign(role="other")
    if len(rows):
        rows.iloc[0, rows.columns.get_loc("role")] = "failed" if rows["value"].iloc[0] < TENTATIVE else "other"
    lowest = min([0.0, *rows["low"].dropna(), *rows["value"]])
    areas = [(TENTATIVE, GOOD, "tentative"), (GOOD, 1.0, "good")]
    return marks.interval_dots(rows, palette, title="α of the label against all others", domain=(lowest, 1.0), areas=areas)
