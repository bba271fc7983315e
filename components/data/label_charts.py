"""How agreement between labellers is drawn."""

from typing import Any

import altair as alt
import pandas as pd

from components import marks, words
from components.data.agreement import GOOD, TENTATIVE
from components.data.records import AgreementRun
from components.theme import Palette, font_size

MEASURES = {"alpha": "Krippendorff's α", "ac1": "Gwet's AC1", "fleiss": "Fleiss' κ", "cohen": "Cohen's κ"}
WEIGHTED = {
    "ac2": "Gwet's AC2",
    "alpha": "α with these weights",
    "fleiss": "Weighted Fleiss' κ (Scott's π of two)",
    "conger": "Weighted Conger's κ (Cohen's of two)",
    "brennan_prediger": "Weighted Brennan-Prediger",
    "percent": "Weighted agreement",
}
SAME = "The same label"
BANDS = [(TENTATIVE, GOOD, "tentative"), (GOOD, 1.0, "good")]
TICKS = [0, 0.2, 0.4, TENTATIVE, GOOD, 1]
MOST_ROWS, MOST_CONFUSED = 20, 12


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


def weighted_table(run: AgreementRun) -> pd.DataFrame:
    """Return the measures with weights as a table: measure, value, low, high, why."""
    rows = [{"measure": WEIGHTED[name], **one} for name, one in run.weighted.items()]
    return pd.DataFrame(rows)[["measure", "value", "low", "high", "why"]]


def annotators_chart(per_annotator: pd.DataFrame, palette: Palette, title: str = "agrees with most of the others, %") -> alt.LayerChart:
    """Draw how often each annotator gives the label that most of the others give, those who differ most first."""
    rows = per_annotator.rename(columns={"annotator": "name", "agrees": "value"})
    rows = rows[rows["value"].notna()].head(MOST_ROWS).assign(role="people")
    return marks.interval_dots(rows, palette, title=title, as_percent=True)


def labels_chart(per_label: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw α of each label against all others, the least agreed on first; the lowest stands out where it is too low."""
    rows = per_label.assign(name=[f"“{label}”" for label in per_label["label"]]).rename(columns={"alpha": "value"})
    rows = rows[rows["value"].notna()].sort_values("value", kind="stable").head(MOST_ROWS).reset_index(drop=True)
    rows = rows.assign(role=["failed" if place == 0 and value < TENTATIVE else "other" for place, value in enumerate(rows["value"])])
    return marks.interval_dots(
        rows, palette, title="α of the label against all others", domain=_domain(rows), axis_values=TICKS, areas=BANDS
    )


def confusion_chart(confusion: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw which labels are given to one item as a heat map: of all pairs of judgements that differ, how many of 100 are of these two."""
    both = pd.concat([confusion, confusion.rename(columns={"label": "other", "other": "label"})])
    most = both.groupby("label", sort=False)["share"].sum().sort_values(ascending=False, kind="stable").index[:MOST_CONFUSED]
    chosen = [label for label in sorted(both["label"].unique(), key=_in_order) if label in set(most)]
    known = {(row.label, row.other): row.share for row in both.itertuples()}
    cells = pd.DataFrame(
        [
            {"label": f"{one}"[:24], "other": f"{two}"[:24], "share": known.get((one, two), 0.0), "same": one == two}
            for one in chosen
            for two in chosen
        ]
    )
    top = float(cells["share"].max()) or 1.0
    cells = cells.assign(
        text=[
            "" if same else "·" if share < 0.005 else f"{100 * share:.0f}"
            for share, same in zip(cells["share"], cells["same"], strict=True)
        ],
        step=pd.cut(cells["share"] / top, [-1, 0.25, 0.5, 0.75, 1], labels=False).where(~cells["same"], -1),
        said=[words.percent(share) for share in cells["share"]],
    )
    axis = {"title": None, "labelFontSize": font_size(16, 12), "labelColor": palette.text, "labelLimit": 130, "labelOverlap": False}
    longest = max(len(name) for name in cells["label"])
    across = alt.Axis(orient="top", labelAngle=0 if longest <= 4 or len(chosen) <= 4 else -50, **axis)
    order = [f"{one}"[:24] for one in chosen]
    base = alt.Chart(cells).encode(
        x=alt.X("label:N", sort=order, axis=across, scale=alt.Scale(paddingInner=0.06)),
        y=alt.Y("other:N", sort=order, axis=alt.Axis(**axis), scale=alt.Scale(paddingInner=0.08)),
    )
    colour = alt.Color("step:O", legend=None, scale=alt.Scale(domain=[-1, 0, 1, 2, 3], range=[palette.page, *palette.matrix]))
    tip = [alt.Tooltip("label:N"), alt.Tooltip("other:N"), alt.Tooltip("said:N", title="of all that differ")]
    boxes = base.mark_rect(cornerRadius=3).encode(color=colour, tooltip=tip)
    ink = alt.when("datum.step == 3").then(alt.value(palette.page)).otherwise(alt.value(palette.text))
    numbers = base.mark_text(fontSize=font_size(15, 11)).encode(text="text:N", color=ink)
    beside = 40 + (0 if across.labelAngle == 0 else 6 * longest)
    return alt.layer(boxes, numbers).properties(width="container", height=max(34 * len(chosen), 100), usermeta={"besides": beside})


def _in_order(label: Any) -> tuple[int, float, str]:
    """Order labels by number where they are numbers, and by name after those."""
    try:
        return 0, float(label), ""
    except ValueError:
        return 1, 0.0, str(label)


def leaning_chart(rows: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw which label each annotator gives more or less often than the others on the same items."""
    names = [f"{who}, “{str(label)[:24]}”" for who, label in zip(rows["annotator"], rows["label"], strict=True)]
    shown = rows.assign(name=names, value=rows["more"], role="people").head(MOST_ROWS)
    reach = float(max(shown["high"].max(), -shown["low"].min(), 0.05)) * 1.1
    return marks.interval_dots(
        shown,
        palette,
        title="more often than the others, % of their labels",
        as_percent=True,
        domain=(-reach, reach),
        target=0.0,
        target_name="as often,",
    )


def speed_chart(rows: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw the median seconds of each annotator's answers and the middle half of them, the fastest first."""
    shown = rows.rename(columns={"seconds": "value"}).sort_values("value", kind="stable").head(MOST_ROWS).assign(role="other")
    shown = shown.assign(name=shown["annotator"], text=[f"{value:.1f} s" for value in shown["value"]])
    return marks.pale_bars(shown, palette, title="", domain=(0.0, 1.15 * float(shown["high"].max() or 1)))


def rules_chart(per_rule: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw the share of all differing pairs of judgements in which each cited rule had a part, the dearest first."""
    shown = per_rule.head(MOST_ROWS).rename(columns={"rule": "name", "cost": "value"})
    roles = ["failed" if place == 0 else "other" for place in range(len(shown))]
    return marks.pale_bars(
        shown.assign(role=roles), palette, title="", as_percent=True, domain=(0.0, 1.2 * max(float(shown["value"].max()), 0.01))
    )


def plan_chart(table: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw what the wanted interval costs by the number of annotators, the cheapest in colour."""
    cheapest = int(table["annotators"].iloc[0])
    shown = table.sort_values("annotators").head(MOST_ROWS)
    rows = pd.DataFrame(
        {
            "name": [
                f"{words.counted(n, 'annotator')}, {words.counted(items, 'item')}"
                for n, items in zip(shown["annotators"], shown["items"], strict=True)
            ],
            "value": shown["judgements"].astype("float64").to_numpy(),
            "text": [words.counted(n, "judgement") for n in shown["judgements"]],
            "role": ["highlight" if n == cheapest else "other" for n in shown["annotators"]],
        }
    )
    return marks.pale_bars(rows, palette, title="", domain=(0.0, 1.3 * float(rows["value"].max())))


def _domain(rows: pd.DataFrame) -> tuple[float, float]:
    return min([0.0, *rows["low"].dropna(), *rows["value"]]), 1.0
