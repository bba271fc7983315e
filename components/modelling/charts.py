"""How the modelling phase draws its tables."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from components import marks, words
from components.modelling.human_bounds import BiasVariance
from components.modelling.records import SHARES, TranscriptRun
from components.stats.estimate import Estimate
from components.theme import Palette

NAMES_ROOM = 0.6
FEWEST_LINES, MOST_SPEAKERS = 5, 12
MOST_PEOPLE = 30


def baselines_chart(
    table: pd.DataFrame,
    palette: Palette,
    *,
    metric: str = "accuracy",
    band: Estimate | None = None,
    target: tuple[float, str] | None = None,
    lower: bool = False,
) -> alt.LayerChart:
    """Draw every baseline with its interval, the human band and the target with its name; `table` as `baselines.comparison` gives it.

    The scale shows what learnt something; the best of what only guesses is named at its edge when it lies beyond. Results by another
    metric have no place on this scale: they are not drawn, see `wording.on_another_scale`.
    """
    table = table[table["metric"] == metric]
    table = table.drop(index=table.index[table["trivial"].astype(bool)][1:])  # all of them stand in the table
    share = metric.lower() in SHARES
    title = f"{metric}{', %' if share else ''} ({'lower' if lower else 'higher'} is better)"
    reach, name = target or (None, "")
    extra = [reach, *((band.low, band.high) if band else ())]
    learnt = table[~table["trivial"].astype(bool)]
    low, high = marks.domain_of(learnt if (learnt["role"] != "not comparable").any() else table, extra)
    room = NAMES_ROOM * (high - low)  # names of the best stand at the side of their dots where there is more room
    low, high = (low, high + room) if lower else (low - room, high)
    domain = (max(low, 0.0), min(high, 1.005)) if share else (low, high)
    return marks.interval_dots(
        table, palette, title=title, as_percent=share, domain=domain, band=band, target=reach, target_name=words.shortened(name)
    )


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


def transcripts_chart(runs: Sequence[TranscriptRun], palette: Palette) -> alt.LayerChart:
    """Draw word error rates: people as a band, each of their best transcribers and each machine as a row."""
    people = next((run for run in reversed(runs) if run.who == "people"), None)
    band = Estimate(**people.words) if people else None
    rows = [
        {"name": run.name, "value": run.words["value"], "low": run.words["low"], "high": run.words["high"], "role": "highlight"}
        for run in runs
        if run.who == "machine"
    ]
    speakers = people.per_speaker if people else []
    enough = sorted((one for one in speakers if one["lines"] >= FEWEST_LINES), key=lambda one: -one["lines"])[:MOST_SPEAKERS]
    rows += [{"name": one["speaker"], **{key: one[key] for key in ("value", "low", "high")}, "role": "people"} for one in enough]
    frame = pd.DataFrame(rows, columns=["name", "value", "low", "high", "role"]).sort_values("value", kind="stable")
    low, high = marks.domain_of(frame, [band.low, band.high] if band else [])
    domain = (max(low, 0.0), high + 0.3 * (high - low))
    return marks.interval_dots(frame, palette, title="word error rate, %", as_percent=True, domain=domain, band=band)


def bias_chart(found: BiasVariance, palette: Palette) -> alt.LayerChart:
    """Draw avoidable bias and variance as sizes, in points, with their intervals where they were measured."""
    frame = bias_table(found).rename(columns={"what": "name", "points": "value"})
    larger = frame["value"].idxmax()
    frame["role"] = ["highlight" if number == larger else "other" for number in frame.index]
    frame["text"] = [f"{value:+.1f}".replace("+0.", "+.").replace("-0.", "-.") for value in frame["value"]]
    reached = frame[["value", "low", "high"]].astype("float64")
    least, most = min(0.0, float(reached.min().min())), max(float(reached.max().max()), 0.1)
    return marks.pale_bars(frame, palette, title="points of error", domain=(1.1 * least, most + 0.3 * (most - least)))


def bias_table(found: BiasVariance) -> pd.DataFrame:
    """Return avoidable bias and variance in points: what, points, low, high; without limits where they were typed in."""
    parts = (("Avoidable bias", found.avoidable_bias, found.bias_measured), ("Variance", found.variance, found.variance_measured))
    rows = []
    for name, value, measured in parts:
        limits = [None if limit is None else 100 * limit for limit in (measured.low, measured.high)] if measured else [None, None]
        rows.append((name, 100 * value, *limits))
    return pd.DataFrame(rows, columns=["what", "points", "low", "high"])
