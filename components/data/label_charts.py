"""How agreement between labellers is drawn."""

import altair as alt
import pandas as pd

from components import marks, words
from components.data.agreement import GOOD, TENTATIVE
from components.data.records import AgreementRun
from components.theme import Palette

MEASURES = {"alpha": "Krippendorff's α", "ac1": "Gwet's AC1", "fleiss": "Fleiss' κ", "cohen": "Cohen's κ"}
SAME = "The same label"
BANDS = [(TENTATIVE, GOOD, "tentative"), (GOOD, 1.0, "good")]
TICKS = [0, 0.2, 0.4, TENTATIVE, GOOD, 1]
MOST_ROWS, MOST_CONFUSED = 20, 6


def agreement_table(run: AgreementRun) -> pd.DataFrame:
    """Return the measures of agreement as a table: name, value, low, high, why."""
    rows = [{"name": title, **getattr(run, name)} for name, title in {**MEASURES, "percent": SAME}.items()]
    frame = pd.DataFrame(rows)[["name", "value", "low", "high", "why"]]
    return frame.astype({"value": "float64", "low": "float64", "high": "float64"})


def agreement_chart(run: AgreementRun, palette: Palette) -> alt.LayerChart:
    """Draw the chance-corrected measures with Krippendorff's bands, and below them, not comparable, how often labels are the same."""
    rows = agreement_table(run).dropna(subset=["value"]).reset_index(drop=True)
    roles = {MEASURES["alpha"]: "people", SAME: "not comparable"}
    same = f"{words.percent(run.percent['value'])}, chance included"
    rows = rows.assign(
        role=[roles.get(name, "other") for name in rows["name"]], note=[same if name == SAME else "" for name in rows["name"]]
    )
    title = "0 = chance, 1 = full agreement"
    return marks.interval_dots(rows, palette, title=title, domain=_domain(rows), axis_values=TICKS, areas=BANDS)


def annotators_chart(per_annotator: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw how often each annotator gives the label that most of the others give, those who differ most first."""
    rows = per_annotator.rename(columns={"annotator": "name", "agrees": "value"})
    rows = rows[rows["value"].notna()].head(MOST_ROWS).assign(role="people")
    return marks.interval_dots(rows, palette, title="agrees with most of the others, %", as_percent=True)


def labels_chart(per_label: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw α of each label against all others, the least agreed on first; the lowest stands out where it is too low."""
    rows = per_label.assign(name=[f"“{label}”" for label in per_label["label"]]).rename(columns={"alpha": "value"})
    rows = rows[rows["value"].notna()].sort_values("value", kind="stable").head(MOST_ROWS).reset_index(drop=True)
    rows = rows.assign(role=["failed" if place == 0 and value < TENTATIVE else "other" for place, value in enumerate(rows["value"])])
    return marks.interval_dots(
        rows, palette, title="α of the label against all others", domain=_domain(rows), axis_values=TICKS, areas=BANDS
    )


def confusion_chart(confusion: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw which labels are given to one item, as shares of all judgements that differ, the most frequent first."""
    top = confusion.head(MOST_CONFUSED)
    names = [f"“{label}” and “{other}”" for label, other in zip(top["label"], top["other"], strict=True)]
    rows = pd.DataFrame({"name": names, "value": top["share"].astype("float64"), "role": "other"})
    return marks.pale_bars(
        rows, palette, title="share of all differing pairs, %", as_percent=True, domain=(0.0, 1.15 * rows["value"].max())
    )


def _domain(rows: pd.DataFrame) -> tuple[float, float]:
    return min([0.0, *rows["low"].dropna(), *rows["value"]]), 1.0
