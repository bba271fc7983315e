"""How agreement on rules is drawn: by rule within a round, by round for a rule, and one round against the next."""

from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from components import marks
from components.data.agreement import TENTATIVE
from components.data.label_charts import BANDS, TICKS
from components.data.records import AgreementRun
from components.data.rulebook.records import CalibrationRun
from components.theme import Palette

Measure = Literal["alpha", "ac1"]
AXES: dict[Measure, str] = {"alpha": "α, 0 = chance, 1 = full agreement", "ac1": "AC1, 0 = chance, 1 = full agreement"}


def rules_table(agreed: AgreementRun, run: CalibrationRun) -> pd.DataFrame:
    """Return one row for the whole round and one a rule: how often its label was given, α and AC1 with their intervals."""
    parts = [("Whole round", agreed.labels, agreed.alpha, agreed.ac1)]
    parts += [(f"Rule {one['number']}: {one['name']}", one["given"], one["alpha"], one["ac1"]) for one in run.rules]
    rows = [
        {"name": name, "given": given, **{f"{m} {end}": e[end] for m, e in (("alpha", a), ("ac1", b)) for end in ("value", "low", "high")}}
        for name, given, a, b in parts
    ]
    return pd.DataFrame(rows).astype({f"{m} {end}": "float64" for m in ("alpha", "ac1") for end in ("value", "low", "high")})


def rules_chart(agreed: AgreementRun, run: CalibrationRun, measure: Measure, palette: Palette) -> alt.LayerChart:
    """Draw the agreement of the whole round and of each rule's label; the rule that costs most stands out where it is too low."""
    table = rules_table(agreed, run)
    rows = table.rename(columns={f"{measure} {end}": end for end in ("value", "low", "high")})[["name", "value", "low", "high"]]
    rows = rows[rows["value"].notna()].reset_index(drop=True)
    rules = rows["name"] != "Whole round"
    worst = rows.loc[rules, "value"].idxmin() if rules.any() else -1
    failed = worst >= 0 and rows["value"].iloc[worst] < TENTATIVE
    roles = ["people" if not rule else "failed" if failed and place == worst else "other" for place, rule in enumerate(rules)]
    domain = (min([0.0, *rows["low"].dropna(), *rows["value"]]), 1.0)
    return marks.interval_dots(rows.assign(role=roles), palette, title=AXES[measure], domain=domain, axis_values=TICKS, areas=BANDS)


def versions_table(runs: Sequence[tuple[int, CalibrationRun]], rule: str) -> pd.DataFrame:
    """Return one row a finished round that asked by a rule: its name, α with its interval, and under which version."""
    rows = []
    for number, run in runs:
        for one in run.rules:
            if one["rule"] == rule and one["alpha"]["value"] is not None:
                ends = {end: one["alpha"][end] for end in ("value", "low", "high")}
                rows.append({"name": f"Version {one['version']}, round {number}", **ends, "role": "other"})
    frame = pd.DataFrame(rows, columns=["name", "value", "low", "high", "role"])
    return frame.astype({"value": "float64", "low": "float64", "high": "float64"})


def versions_chart(table: pd.DataFrame, palette: Palette) -> alt.LayerChart:
    """Draw how far people agreed on a rule's label, round by round; the newest stands out."""
    rows = table.assign(role=["people" if place == len(table) - 1 else "other" for place in range(len(table))])
    domain = (min([0.0, *rows["low"].dropna(), *rows["value"]]), 1.0)
    return marks.interval_dots(rows, palette, title=AXES["alpha"], domain=domain, axis_values=TICKS, areas=BANDS)


def compared_table(compared: dict[str, Any]) -> pd.DataFrame:
    """Return the change of α on the items that changed rules touch and on the controls."""
    names = {"affected": "touched", "controls": "controls"}
    rows = [{"name": f"{name}, n = {compared[part]['n']}", **compared[part]} for part, name in names.items()]
    frame = pd.DataFrame(rows)[["name", "value", "low", "high", "why"]]
    return frame.astype({"value": "float64", "low": "float64", "high": "float64"})


def compared_chart(compared: dict[str, Any], palette: Palette) -> alt.LayerChart:
    """Draw both changes, with the margin that the controls may not fall below."""
    rows = compared_table(compared)
    rows = rows[rows["value"].notna()].reset_index(drop=True)
    rows = rows.assign(role=["people" if name.startswith("touched") else "other" for name in rows["name"]])
    ends = [*rows["low"].dropna(), *rows["high"].dropna(), *rows["value"], -compared["margin"], 0.0]
    room = 0.15 * (max(ends) - min(ends))
    return marks.interval_dots(
        rows,
        palette,
        title="change of α since the round before",
        domain=(min(ends) - room, max(ends) + room),
        target=-compared["margin"],
        target_name="margin",
    )
