"""Tracked runs as a table, and what changed between two of them: code, data, parameters or environment."""

import json
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from components import words
from components.modelling.records import WorkingVersion
from components.modelling.wording import score_text
from components.stats.estimate import Estimate
from components.stats.resampling import bootstrap

PARTS = ("code", "data", "parameters", "environment")
NAMES = {
    "groundwork.version": ("code", "Groundwork"),
    "git.commit": ("code", "commit"),
    "mlflow.source.git.commit": ("code", "commit"),
    "git.dirty": ("code", "changes that were not committed"),
    "data.sha256": ("data", "content of the table"),
    "data.archive_sha256": ("data", "content of the files"),
    "target": ("data", "target"),
    "rulebook": ("data", "rulebook"),
    "split.sha256": ("data", "folds, row by row"),
    "groundwork.model": ("parameters", "model"),
    "seed": ("parameters", "seed"),
    "folds": ("parameters", "number of folds"),
    "metric.convention": ("parameters", "metric"),
    "python": ("environment", "Python"),
    "cpu": ("environment", "processor"),
}
METRICS = {"accuracy": "accuracy", "r2": "R²"}
HASH = 40


def runs_table(runs: list[dict[str, Any]]) -> pd.DataFrame:
    """Return runs in a table: run, metric, value, low, high, data, seed, fit_seconds, memory_megabytes, started, experiment, id."""
    rows = []
    for run in runs:
        metric, value = main_metric(run)
        metrics, tags = run["metrics"], run["tags"]
        rows.append(
            {
                "run": run["name"],
                "metric": METRICS.get(metric, metric),
                "value": value,
                "low": metrics.get(f"{metric}_low"),
                "high": metrics.get(f"{metric}_high"),
                "data": data_name(run),
                "seed": tags.get("seed", run["params"].get("seed", "")),
                "fit_seconds": metrics.get("fit_seconds"),
                "memory_megabytes": metrics.get("memory_megabytes"),
                "started": datetime.fromtimestamp(run["started"] / 1000, UTC).replace(tzinfo=None),
                "experiment": run["experiment"],
                "status": run["status"].lower(),
                "id": run["id"],
            }
        )
    columns = ["run", "metric", "value", "low", "high", "data", "seed", "fit_seconds", "memory_megabytes", "started"]
    return pd.DataFrame(rows, columns=[*columns, "experiment", "status", "id"])


def main_metric(run: dict[str, Any]) -> tuple[str, float | None]:
    """Return the metric that a run is judged by: ours where it has one, else its first by name."""
    metrics = run["metrics"]
    name = next((one for one in METRICS if one in metrics), None) or next(iter(sorted(metrics)), "")
    return name, metrics.get(name)


def data_name(run: dict[str, Any]) -> str:
    """Name the data of a run, with the beginning of its SHA-256."""
    sha = run["tags"].get("data.sha256", "")
    return f"{run['tags'].get('data.name', 'data')} ({sha[:8]})" if sha else ""


def explain(first: dict[str, Any], second: dict[str, Any]) -> pd.DataFrame:
    """Return what changed from one run to another.

    Returns
    -------
    DataFrame
        part (code, data, parameters or environment), what, before, after: one row a difference, in that order of parts. A value that
        a run did not record is “not recorded”.
    """
    found = []
    for tag, (part, what) in NAMES.items():
        before, after = first["tags"].get(tag), second["tags"].get(tag)
        if (before or "") != (after or ""):
            found.append((part, what, before, after))
    if first["tags"].get("git.dirty") == second["tags"].get("git.dirty") == "true":
        found.append(("code", "changes that were not committed", "some", "some, maybe others"))
    packages = [json.loads(run["tags"].get("packages") or "{}") for run in (first, second)]
    for part, pair in (("environment", packages), ("parameters", [first["params"], second["params"]])):
        names = [name for name in sorted({*pair[0], *pair[1]}) if pair[0].get(name) != pair[1].get(name)]
        names = [name for name in names if not any("(" in (one.get(name) or "") for one in pair)]  # made of others that stand here too
        found += [(part, name, pair[0].get(name), pair[1].get(name)) for name in names]
    rows = [(part, what, _short(before), _short(after)) for part, what, before, after in found]
    table = pd.DataFrame(rows, columns=["part", "what", "before", "after"])
    return table.sort_values("part", key=lambda column: column.map(PARTS.index), kind="stable").reset_index(drop=True)


def _short(value: str | None) -> str:
    if value is None or value == "":
        return "not recorded"
    return value[:12] if len(value) >= HASH and " " not in value and value.isalnum() else value[:120]


def explain_sentence(changes: pd.DataFrame) -> str:
    """Say which of code, data, parameters and environment changed."""
    changed = [part for part in PARTS if (changes["part"] == part).any()]
    same = [part for part in PARTS if part not in changed]
    if not changed:
        return "Nothing that was recorded changed: code, data, parameters and environment are the same."
    verb = "changed" if len(changed) == 1 else "all changed" if not same else "changed"
    rest = f"; {words.listed(same)} {'is' if same in (['code'], ['environment']) else 'are'} the same" if same else ""
    return f"{words.listed(changed).capitalize()} {verb}{rest}."


def score_difference(first: dict[str, Any], second: dict[str, Any], before: pd.DataFrame, after: pd.DataFrame) -> Estimate:
    """Return the score of the second run minus that of the first, on the rows that both predicted.

    Parameters
    ----------
    before, after : DataFrame
        Their predictions: row, truth, prediction.

    Returns
    -------
    Estimate
        Difference of accuracy, or of R² with the variance of the truth; 95 % by the bootstrap over rows, paired.
    """
    if first["tags"].get("data.sha256") != second["tags"].get("data.sha256") or first["tags"].get("target") != second["tags"].get("target"):
        return Estimate(None, why="They are on different data, so their rows can't be paired. “Better data” compares versions fairly.")
    both = before.merge(after, on="row", suffixes=("_before", "_after")).dropna(subset=["prediction_before", "prediction_after"])
    if not len(both):
        return Estimate(None, why="They predicted no row in common.")
    if pd.api.types.is_numeric_dtype(both["prediction_before"]):
        truth = both["truth_before"].to_numpy(float)
        gain = (truth - both["prediction_before"]) ** 2 - (truth - both["prediction_after"]) ** 2
        figures = np.column_stack([gain, (truth - truth.mean()) ** 2])
    else:
        gain = (both["prediction_after"] == both["truth_after"]).astype(float) - (both["prediction_before"] == both["truth_before"])
        figures = np.column_stack([gain, np.ones(len(both))])
    return bootstrap(figures.astype(float), lambda sums: sums[:, 0] / sums[:, 1])


def difference_sentence(found: Estimate, metric: str) -> str:
    """Say whether one run is better than another."""
    if found.value is None:
        return found.why
    share = metric == "accuracy"
    size = words.percent(abs(found.value)) if share else words.decimal(abs(found.value), 3)
    limits = words.interval(found, share, None if share else 3)
    if found.low is None or found.high is None or found.low <= 0 <= found.high:
        return f"They can't be told apart: {words.percent(found.value, sign=True) if share else words.decimal(found.value, 3)} {limits}."
    return f"The second is {'better' if found.value > 0 else 'worse'} by {size} {limits}, n = {words.count(found.n)}."


def runs_answer(table: pd.DataFrame) -> str:
    """Answer “what have we tried, and what came of it?”."""
    scored = table[table["value"].notna() & table["metric"].isin(METRICS.values())]
    if not len(scored):
        return f"{words.counted(len(table), 'run')}, none with a score that we know."
    metric = scored["metric"].mode().iloc[0]
    best = scored[scored["metric"] == metric].sort_values("value", ascending=False, kind="stable").iloc[0]
    tried = f"{words.counted(len(table), 'run')} on {words.counted(table['data'].nunique(), 'version')} of data"
    name = str(best["run"])
    return f"{tried}; the best is {name[:1].lower()}{name[1:]} with {score_text(float(best['value']), metric)}."


def working_version(run: dict[str, Any], why: str) -> WorkingVersion:
    """Return a run as what the team returns to."""
    name, value = main_metric(run)
    tags = run["tags"]
    return WorkingVersion(
        run_id=run["id"],
        name=run["name"],
        data_version=tags.get("groundwork.data_version", ""),
        data=data_name(run),
        data_sha=tags.get("data.sha256", ""),
        metric=METRICS.get(name, name),
        value=value,
        commit=tags.get("git.commit") or tags.get("mlflow.source.git.commit", ""),
        dirty=tags.get("git.dirty") == "true",
        packages=json.loads(tags.get("packages") or "{}"),
        note=why,
    )
