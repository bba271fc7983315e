"""How the modelling phase draws its tables."""

import altair as alt
import pandas as pd

from components import marks
from components.modelling.records import SHARES
from components.stats.estimate import Estimate
from components.theme import Palette

NAMES_ROOM = 0.6
MOST_PEOPLE = 30


def baselines_chart(
    table: pd.DataFrame,
    palette: Palette,
    *,
    metric: str = "accuracy",
    band: Estimate | None = None,
    target: float | None = None,
    lower: bool = False,
) -> alt.LayerChart:
    """Draw every baseline with its interval, the human band and the target; `table` as `baselines.comparison` gives it.

    The scale shows what learnt something; the best of what only guesses is named at its edge when it lies beyond. Results by another
    metric have no place on this scale: they are not drawn, see `wording.on_another_scale`.
    """
    table = table[table["metric"] == metric]
    table = table.drop(index=table.index[table["trivial"].astype(bool)][1:])  # all of them stand in the table
    share = metric.lower() in SHARES
    title = f"{metric}, %" if share else metric
    extra = [target, *((band.low, band.high) if band else ())]
    learnt = table[~table["trivial"].astype(bool)]
    low, high = marks.domain_of(learnt if (learnt["role"] != "not comparable").any() else table, extra)
    room = NAMES_ROOM * (high - low)  # names of the best stand at the side of their dots where there is more room
    low, high = (low, high + room) if lower else (low - room, high)
    domain = (max(low, 0.0), min(high, 1.005)) if share else (low, high)
    return marks.interval_dots(table, palette, title=title, as_percent=share, domain=domain, band=band, target=target)


def people_chart(
    per_annotator: pd.DataFrame, palette: Palette, *, team: Estimate, model: Estimate | None = None, target: float | None = None
) -> alt.LayerChart:
    """Draw each annotator with the interval (the best where there are many), the team as a band, and our best model beside them."""
    rows = per_annotator.rename(columns={"annotator": "name", "accuracy": "value"})[["name", "value", "low", "high"]]
    rows = rows[rows["value"].notna()].head(MOST_PEOPLE).assign(role="people")
    if model is not None:
        ours = {"name": "Our best model", "value": model.value, "low": model.low, "high": model.high, "role": "highlight"}
        rows = pd.concat([pd.DataFrame([ours]), rows], ignore_index=True)
    low, high = marks.domain_of(rows, [target, team.low, team.high])
    domain = (max(low, 0.0), min(high, 1.005))
    return marks.interval_dots(
        rows, palette, title="accuracy, %", as_percent=True, domain=domain, band=team, band_name="team", target=target
    )
