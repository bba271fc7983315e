"""What must be beaten: every comparable result in one order, those that can't be compared apart with the reason."""

from collections.abc import Iterable

import pandas as pd

from components.modelling.records import Baseline, Entry, HumanLevelRun, Leaderboard
from components.stats.estimate import Estimate
from components.stats.intervals import wilson

COLUMNS = ["name", "metric", "value", "low", "high", "n", "role", "note", "source", "fit_seconds", "trivial"]


def comparison(board: Leaderboard | None, entered: Iterable[Baseline] = ()) -> pd.DataFrame:
    """Return all results in one table, comparable ones first and best first.

    Parameters
    ----------
    board : Leaderboard, optional
        The quick models.
    entered : iterable of Baseline
        What somebody entered. Comparable only when its author says so and its metric is the leaderboard's.

    Returns
    -------
    DataFrame
        name, metric, value, low, high, n, role ("highlight" for the best, "other", "not comparable"), note (why it is not
        comparable), source, fit_seconds, trivial (looks at no feature).
    """
    metric = board.metric if board else "accuracy"
    rows = [_model_row(entry, metric) for entry in board.models] if board else []
    rows += [_entered_row(baseline, metric) for baseline in entered]
    table = pd.DataFrame([row for row in rows if row["value"] is not None], columns=COLUMNS)
    apart = table["role"] == "not comparable"
    ranked = table[~apart].sort_values("value", ascending=False, kind="stable")
    table = pd.concat([ranked, table[apart].sort_values("value", ascending=False, kind="stable")], ignore_index=True)
    if len(ranked):
        table.loc[0, "role"] = "highlight"
    return table


def _model_row(entry: Entry, metric: str) -> dict[str, object]:
    estimate = entry.estimate
    return {
        "name": entry.title,
        "metric": metric,
        "value": estimate["value"],
        "low": estimate["low"],
        "high": estimate["high"],
        "n": estimate["n"],
        "role": "other",
        "note": "",
        "source": "quick model",
        "fit_seconds": entry.fit_seconds,
        "trivial": entry.trivial,
    }


def _entered_row(baseline: Baseline, metric: str) -> dict[str, object]:
    same_metric = baseline.metric.strip().lower() == metric.lower()
    comparable = baseline.comparable and same_metric
    why = baseline.why_not or ("other data" if same_metric else f"its metric is {baseline.metric}")
    interval = _wilson(baseline) if comparable else Estimate(baseline.value)
    return {
        "name": baseline.name,
        "metric": metric if same_metric else baseline.metric,
        "value": baseline.value,
        "low": interval.low,
        "high": interval.high,
        "n": baseline.n,
        "role": "other" if comparable else "not comparable",
        "note": "" if comparable else why,
        "source": baseline.link or baseline.source_kind,
        "fit_seconds": None,
        "trivial": False,
    }


def _wilson(baseline: Baseline) -> Estimate:
    if baseline.metric.strip().lower() != "accuracy" or baseline.n is None or not 0 <= baseline.value <= 1:
        return Estimate(baseline.value)
    return wilson(baseline.value * baseline.n, baseline.n)


def people_band(structured: bool | None, board: Leaderboard | None, people: HumanLevelRun | None) -> tuple[Estimate | None, str]:
    """Return the band of human level for the chart, or the reason why there is none."""
    if structured:
        return None, "Human level is no benchmark for structured data, so no band is drawn."
    if people is None:
        return None, "How good people are isn't measured yet."
    if board is not None and board.metric != "accuracy":
        return None, f"People were measured by accuracy, the models by {board.metric}."
    return Estimate(**people.accuracy), ""
