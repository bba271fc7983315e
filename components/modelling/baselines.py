"""What must be beaten: every comparable result in one order, those that can't be compared apart with the reason."""

import re
from collections.abc import Iterable, Sequence

import pandas as pd

from components.modelling.records import SHARES, Baseline, Entry, HumanLevelRun, Leaderboard, ModelComparison
from components.stats.estimate import Estimate
from components.stats.intervals import wilson

COLUMNS = ["name", "metric", "value", "low", "high", "n", "role", "note", "source", "fit_seconds", "trivial", "kind", "status"]
MOST_BROUGHT = 10
LOWER = re.compile(r"error|loss|perplexity|\b(mae|mse|rmse|wer|cer|ece|latency)\b", re.IGNORECASE)


def lower_is_better(metric: str) -> bool:
    """Whether a metric is by its name one of which less is better.

    >>> lower_is_better("word error rate"), lower_is_better("RMSE"), lower_is_better("accuracy")
    (True, True, False)
    """
    return LOWER.search(metric) is not None


def metric_of(board: Leaderboard | None, entered: Sequence[Baseline]) -> tuple[str, bool]:
    """Return the metric that baselines are ranked by, and whether less of it is better: the leaderboard's, else the commonest entered."""
    if board is not None:
        return board.metric, lower_is_better(board.metric)
    names = [one.metric for one in entered if one.comparable] or [one.metric for one in entered] or ["accuracy"]
    metric = max(dict.fromkeys(names), key=names.count)
    return metric, any(one.direction == "lower" for one in entered if one.metric == metric)


def comparison(board: Leaderboard | None, entered: Iterable[Baseline] = (), compared: Iterable[ModelComparison] = ()) -> pd.DataFrame:
    """Return all results in one table, comparable ones first and best first.

    Parameters
    ----------
    board : Leaderboard, optional
        The quick models.
    entered : iterable of Baseline
        What somebody entered. Comparable only when its author says so and its metric is the one that is ranked.
    compared : iterable of ModelComparison
        Predictions that were brought for the same version of the data. Comparable where their metric and number of items are the
        leaderboard's.

    Returns
    -------
    DataFrame
        name, metric, value, low, high, n, role ("highlight" for the best, "other", "not comparable"), note (why it is not
        comparable), source, fit_seconds, trivial (looks at no feature), kind, status.
    """
    entered = list(entered)
    metric, lower = metric_of(board, entered)
    rows = [_model_row(entry, metric) for entry in board.models] if board else []
    rows += [row for run in compared for row in _compared_rows(run, metric, board)]
    people = [one for one in entered if one.source_kind == "human level" and one.comparable]  # drawn as the band
    rows += [_entered_row(baseline, metric, lower) for baseline in entered if baseline not in people]
    table = pd.DataFrame([row for row in rows if row["value"] is not None], columns=COLUMNS)
    apart = table["role"] == "not comparable"
    ranked = table[~apart].sort_values("value", ascending=lower, kind="stable")
    table = pd.concat([ranked, table[apart].sort_values("value", ascending=lower, kind="stable")], ignore_index=True)
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
        "kind": "trivial" if entry.trivial else "simple model",
        "status": "measured here",
    }


def _compared_rows(run: ModelComparison, metric: str, board: Leaderboard | None) -> list[dict[str, object]]:
    same_metric = run.metric.lower() == metric.lower()
    same_items = board is None or run.n == board.n
    why = "" if same_metric and same_items else f"its metric is {run.metric}" if not same_metric else f"on {run.n:,} items"
    return [
        {
            "name": one["model"],
            "metric": metric if same_metric else run.metric,
            "value": one["value"],
            "low": None if why else one["low"],
            "high": None if why else one["high"],
            "n": one["n"],
            "role": "not comparable" if why else "other",
            "note": why,
            "source": "predictions that were brought",
            "fit_seconds": None,
            "trivial": False,
            "kind": "your predictions",
            "status": "measured here",
        }
        for one in run.models[:MOST_BROUGHT]
    ]


def _entered_row(baseline: Baseline, metric: str, lower: bool) -> dict[str, object]:
    same_metric = baseline.metric.strip().lower() == metric.lower()
    same_way = (baseline.direction == "lower") == lower
    comparable = baseline.comparable and same_metric and same_way and baseline.status != "failed to reproduce"
    interval = _interval(baseline) if comparable else Estimate(baseline.value)
    return {
        "name": baseline.name,
        "metric": metric if same_metric else baseline.metric,
        "value": baseline.value,
        "low": interval.low,
        "high": interval.high,
        "n": baseline.n,
        "role": "other" if comparable else "not comparable",
        "note": "" if comparable else _why_not(baseline, same_metric, same_way),
        "source": baseline.link or baseline.source_kind,
        "fit_seconds": None,
        "trivial": baseline.source_kind == "trivial",
        "kind": baseline.source_kind,
        "status": baseline.status,
    }


def _why_not(baseline: Baseline, same_metric: bool, same_way: bool) -> str:
    if baseline.why_not:
        return baseline.why_not
    if not same_metric:
        return f"its metric is {baseline.metric}"
    if baseline.comparable and baseline.status == "failed to reproduce":
        return "failed to reproduce"
    return "other data" if same_way or not baseline.comparable else f"of its {baseline.metric}, {baseline.direction} is better"


def _interval(baseline: Baseline) -> Estimate:
    """Return the interval that was entered, else Wilson's where it is a share of known n."""
    if baseline.low is not None or baseline.high is not None:
        return Estimate(baseline.value, baseline.low, baseline.high, baseline.n)
    if baseline.metric.strip().lower() not in SHARES or baseline.n is None:
        return Estimate(baseline.value)
    return wilson(baseline.value * baseline.n, baseline.n)


def people_band(
    structured: bool | None, board: Leaderboard | None, people: HumanLevelRun | None, typed: Baseline | None = None
) -> tuple[Estimate | None, str]:
    """Return the band of human level for the chart, or the reason why there is none; `typed` is what somebody entered for people."""
    overridden = people is not None and bool(people.override)
    if structured and not overridden:
        return None, "Human level is no benchmark for structured data, so no band is drawn."
    if people is None and typed is None:
        return None, "How good people are isn't measured yet."
    metric = "accuracy" if people is not None or typed is None else typed.metric
    if board is not None and board.metric.lower() != metric.lower():
        return None, f"People were measured by {metric}, the models by {board.metric}."
    if people is not None:
        return Estimate(
            **people.accuracy
        ), f"The data are structured; people are a benchmark because: {people.override}" if overridden else ""
    assert typed is not None
    return _interval(typed), f"People: typed in, from {typed.link or typed.data or 'the team'}."


def typed_people(entered: Iterable[Baseline]) -> Baseline | None:
    """Return the human level that somebody entered as comparable, the newest."""
    found = [one for one in entered if one.source_kind == "human level" and one.comparable]
    return found[-1] if found else None
