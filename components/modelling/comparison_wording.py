"""Comparisons of models in words, and as the chart grammar draws them."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from components import marks, words
from components.modelling.metrics import BY_CODE, Metric
from components.modelling.records import ModelComparison
from components.stats.estimate import Estimate
from components.theme import Palette

MOST_DRAWN = 20
SAID = {
    "better": "{first} is better than {second}",
    "worse": "{first} is worse than {second}",
    "equivalent": "{first} and {second} are as good as each other",
    "undecided": "Which of {first} and {second} is better can't be told",
}
OPPOSITE = {"better": "worse", "worse": "better"}


def metric_in(run: ModelComparison) -> Metric:
    """Return the metric of a comparison."""
    return BY_CODE[run.metric]


def models_table(run: ModelComparison) -> pd.DataFrame:
    """Return the models as a table, best first."""
    return pd.DataFrame(run.models)


def comparison_answer(run: ModelComparison) -> str:
    """Answer “which model is better, and is that sure?”."""
    metric, models = metric_in(run), run.models
    best = models[0]
    said = f"{best['model']} leads with {metric.written(best['value'])}"
    if len(models) == 1:
        return f"{best['model']} reaches {metric.written(best['value'])}."
    close = [one["model"] for one in models[1:] if one["beside"] != "better"]
    if not close:
        return f"{said}, and is better than {'the other' if len(models) == 2 else f'all {len(models) - 1} others'}."  # noqa: PLR2004
    if len(close) == 1:
        return f"{said}; {close[0]} can't be told from it."
    if len(close) == len(models) - 1:
        return f"{said}; none of the {len(close)} others can be told from it."
    return f"{said}; {len(close)} of {len(models) - 1} others can't be told from it."


def comparison_method(run: ModelComparison) -> str:
    """Say how models were compared."""
    pairs = words.counted(len(run.pairs), "pair")
    test = "McNemar’s exact test" if metric_in(run).right_or_wrong else "bootstrap test"
    compared = f" {pairs} on the same items: paired 95 % intervals, {test}, Holm over all pairs." if run.pairs else ""
    return f"{run.convention} {words.counted(run.n, 'item')}.{compared}"


def pair_of(run: ModelComparison, first: str, second: str) -> Mapping[str, Any] | None:
    """Return what was found of two models, the first against the second."""
    for pair in run.pairs:
        if (pair["first"], pair["second"]) == (first, second):
            return dict(pair)
        if (pair["first"], pair["second"]) == (second, first):
            return {
                **pair,
                "first": first,
                "second": second,
                "difference": -pair["difference"],
                "low": None if pair["high"] is None else -pair["high"],
                "high": None if pair["low"] is None else -pair["low"],
                "verdict": OPPOSITE.get(pair["verdict"], pair["verdict"]),
            }
    return None


def pair_sentence(run: ModelComparison, pair: Mapping[str, Any]) -> str:
    """Say what was found of two models."""
    metric = metric_in(run)
    estimate = Estimate(pair["difference"], pair["low"], pair["high"], run.n)
    limits = words.points_interval(estimate) if metric.share else words.interval(estimate, digits=3)
    said = SAID[pair["verdict"]].format(first=pair["first"], second=pair["second"])
    return (
        f"{said}: {metric.difference(pair['difference'])} {limits}, p = {pair['adjusted_p']:.2g} after Holm. "
        f"So many items show a difference of {metric.difference(pair['smallest'])} in four of five tries."
    )


def models_chart(run: ModelComparison, palette: Palette, *, band: Estimate | None = None, target: float | None = None) -> alt.LayerChart:
    """Draw the models with their intervals, best first; those that can't be told from the best share its colour."""
    metric = metric_in(run)
    rows = models_table(run).head(MOST_DRAWN).rename(columns={"model": "name"})
    rows["role"] = ["highlight" if one == 0 else "other" for one in range(len(rows))]
    low, high = marks.domain_of(rows, [target, *((band.low, band.high) if band else ())])
    room = 0.6 * (high - low)
    domain = (low - room, high) if metric.direction == "higher" else (low, high + room)
    if metric.share:
        domain = (max(domain[0], 0.0), min(domain[1], 1.005) if metric.direction == "higher" else domain[1])
    title = f"{metric.code}, %" if metric.share else metric.code
    return marks.interval_dots(rows, palette, title=title, as_percent=metric.share, domain=domain, band=band, target=target)


def shown_models(run: ModelComparison) -> pd.DataFrame:
    """Return the models as people read them."""
    metric = metric_in(run)
    rows = []
    for place, one in enumerate(run.models, 1):
        limits = words.interval(Estimate(one["value"], one["low"], one["high"]), metric.share, None if metric.share else 3)
        beside = {"better": "worse", "equivalent": "as good", "undecided": "not told apart"}.get(one["beside"], "leads")
        rows.append((place, one["model"], metric.written(one["value"]), limits, one["n"], round(100 * one["best"]), beside))
    return pd.DataFrame(rows, columns=["rank", "model", metric.code, "95 % interval", "n", "leads in, %", "against the best"])
