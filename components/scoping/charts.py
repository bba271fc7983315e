"""How the scoping phase draws its tables."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from components import marks
from components.project.target import Target
from components.scoping.prior_work import in_metric
from components.scoping.records import PriorWork
from components.theme import Palette


def prior_work_chart(entries: Sequence[PriorWork], target: Target | None, palette: Palette) -> alt.LayerChart:
    """Draw what others have reached, models and people apart, with our target; only what is in the target's metric."""
    metric = target.metric if target else (entries[0].metric if entries else "accuracy")
    higher = (target.direction if target else entries[0].direction if entries else "higher") == "higher"
    rows = []
    for entry in entries:
        score = in_metric(entry, metric)
        if score is not None:
            year = f", {entry.year}" if entry.year else ""
            rows.append({"name": f"{entry.title}{year}", "value": score, "role": "people" if entry.people else "other"})
    frame = pd.DataFrame(rows, columns=["name", "value", "role"]).sort_values("value", ascending=not higher, kind="stable")
    models = frame.index[frame["role"] == "other"]
    if len(models):
        frame.loc[models[0], "role"] = "highlight"
    share = metric.strip().lower() in {"accuracy", "error", "error rate", "f1"}
    low, high = marks.domain_of(frame, [target.value if target else None])
    domain = (max(low, 0.0), min(high, 1.002)) if share else (low, high)
    value = target.value if target else None
    title = f"{metric}, %" if share else metric
    return marks.interval_dots(frame, palette, title=title, as_percent=share, domain=domain, target=value, target_name="our target")
