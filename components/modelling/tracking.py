"""Experiments in MLflow: one run a baseline, with what is needed to run it again."""

import contextlib
import fcntl
import json
import logging
import os
import platform
import re
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import distributions, version
from pathlib import Path
from typing import Any

import pandas as pd

from components import __version__
from components.errors import BadInput
from components.project.settings import Settings

EXPERIMENT = "groundwork"
PROJECT = "groundwork.project"
MOST_RUNS, MOST_READ = 1_000, 5_000
MOST_SLICES = 100
MOST_PARAMS = 100
"""How many parameters MLflow takes at once."""
UNWRITABLE = re.compile(r"[^\w \-]")
"""What the name of a metric can't hold."""
UNREACHED = re.compile(r"API request to (?:\w+://)?(?:[^/@\s]+@)?([^/\s]+)\S* failed.*")
"""How MLflow says that a server is away, and which one."""
PACKAGES = ("scikit-learn", "numpy", "pandas", "scipy", "mlflow")
QUIET = {
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "5",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
}


@dataclass(frozen=True)
class Run:
    """One run to log: what was fitted, with what, and what came of it."""

    name: str
    params: dict[str, str]
    metrics: dict[str, float]
    tags: dict[str, str]
    predictions: pd.DataFrame


def load() -> None:
    """Import MLflow, which takes seconds: done in a thread while models fit elsewhere, nobody waits for it. `log` says what is wrong."""
    with contextlib.suppress(ImportError, Warning):
        import_module("mlflow")


def log(settings: Settings, runs: Sequence[Run]) -> list[str]:
    """Log runs and return their ids, in the same order.

    Raises
    ------
    BadInput
        The tracking store doesn't answer; nothing else is lost by that.
    """
    with _answering("Results are kept here all the same; start the store, or set MLFLOW_TRACKING_URI."):
        client, experiment = _opened(settings)
        shared, packages = environment(), resolved_packages()
        return [_log_one(client, experiment, run, shared, packages) for run in runs]


def add_slices(settings: Settings, slices: Mapping[str, pd.DataFrame]) -> None:
    """Add to runs, by their ids, how good each is on the slices of the data: `slice`, `accuracy` (or another score by its name) and `n`.

    Raises
    ------
    BadInput
        The tracking store doesn't answer.
    """
    from mlflow.entities import Metric

    with _answering("The slices are kept here all the same; measure them again once it does."):
        client, _ = _opened(settings)
        now = int(time.time() * 1000)
        for run_id, table in slices.items():
            score = table.columns[1]
            rows = table.dropna().head(MOST_SLICES).itertuples(index=False)
            metrics = [Metric(f"slice/{UNWRITABLE.sub('_', str(row[0]))[:150]}/{score}", float(row[1]), now, 0) for row in rows]
            client.log_batch(run_id, metrics=metrics)
            client.log_dict(run_id, table.to_dict("records"), "slices.json")


def runs(settings: Settings, project_id: str, most: int = MOST_RUNS) -> list[dict[str, Any]]:
    """Return the runs in the store, the newest first: this project's of our experiment, and all of the team's other experiments.

    Returns
    -------
    list of dict
        id, name, experiment, experiment_id, started (milliseconds), status, params, metrics, tags (MLflow's own left out).

    Raises
    ------
    BadInput
        The tracking store doesn't answer.
    """
    with _answering("Start the store, or set MLFLOW_TRACKING_URI, and read it again; what was read before stays."):
        client, _ = _opened(settings)
        experiments = {one.experiment_id: one.name for one in client.search_experiments()}
        found = client.search_runs(list(experiments), max_results=MOST_READ, order_by=["attributes.start_time DESC"])
        ours = [
            one
            for one in found
            if experiments[one.info.experiment_id] != EXPERIMENT or one.data.tags.get(PROJECT, project_id) == project_id
        ]
        return [_told(one, experiments[one.info.experiment_id]) for one in ours[:most]]


def _told(run: Any, experiment: str) -> dict[str, Any]:
    tags = {name: value for name, value in run.data.tags.items() if not name.startswith("mlflow.") or name == "mlflow.source.git.commit"}
    return {
        "id": str(run.info.run_id),
        "name": run.info.run_name or str(run.info.run_id)[:8],
        "experiment": experiment,
        "experiment_id": str(run.info.experiment_id),
        "started": run.info.start_time,
        "status": run.info.status,
        "params": dict(run.data.params),
        "metrics": dict(run.data.metrics),
        "tags": tags,
    }


@contextlib.contextmanager
def _answering(todo: str) -> Iterator[None]:
    """Turn whatever a store, its driver or its server raises into one sentence: tracking is no reason to lose a result."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    try:
        yield
    except Exception as error:
        said = UNREACHED.sub(r"nothing heard from \1", str(error).splitlines()[0])[:100] if str(error) else type(error).__name__
        raise BadInput(f"The tracking store doesn't answer ({said}).", todo) from error


def _opened(settings: Settings) -> tuple[Any, str]:
    """Return a client and the id of our experiment; a fresh store is set up by one process at a time."""
    from mlflow import MlflowClient

    for chatty in ("mlflow", "alembic"):  # once imported, MLflow sets a level of its own
        logging.getLogger(chatty).setLevel(logging.ERROR)
    settings.home.mkdir(parents=True, exist_ok=True)
    local = settings.tracking_uri.startswith("sqlite:")
    with _locked(settings.home / "mlflow.lock"):
        client = MlflowClient(tracking_uri=settings.tracking_uri)
        found = client.get_experiment_by_name(EXPERIMENT)
        if found is not None:
            return client, str(found.experiment_id)
        location = (settings.home / "mlflow-artifacts").as_uri() if local else None
        return client, str(client.create_experiment(EXPERIMENT, artifact_location=location))


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _log_one(client: Any, experiment: str, run: Run, shared: dict[str, str], packages: str) -> str:
    from mlflow.entities import Metric, Param

    tags = {**shared, **run.tags, "mlflow.runName": run.name}
    created = client.create_run(experiment, tags=tags)
    run_id = str(created.info.run_id)
    now = int(time.time() * 1000)
    metrics = [Metric(name, value, now, 0) for name, value in run.metrics.items()]
    params = [Param(name, value[:6000]) for name, value in run.params.items()]
    try:
        client.log_batch(run_id, metrics=metrics, params=params[:MOST_PARAMS])
        for start in range(MOST_PARAMS, len(params), MOST_PARAMS):
            client.log_batch(run_id, params=params[start : start + MOST_PARAMS])
        client.log_inputs(run_id, [_data_set(run.tags)])
        client.log_table(run_id, run.predictions, "predictions.json")
        client.log_text(run_id, packages, "packages.txt")
    except Exception:
        with contextlib.suppress(Exception):  # the first reason is the one to pass on
            client.set_terminated(run_id, "FAILED")
        raise
    client.set_terminated(run_id)
    return run_id


def _data_set(tags: dict[str, str]) -> Any:
    """Return the data as MLflow's own screen shows them: by our SHA-256 over all of them, since its digest looks at the first rows only."""
    from mlflow.entities import Dataset, DatasetInput, InputTag

    sha = tags.get("data.sha256", "")
    data = Dataset(tags.get("data.name", "data")[:500], sha[:36], "groundwork", json.dumps({"sha256": sha}))
    return DatasetInput(data, [InputTag("mlflow.data.context", "cross-validation")])


def resolved_packages() -> str:
    """Return every installed package with its version, a line each, as an installer reads it."""
    return "".join(sorted({f"{one.name}=={one.version}\n" for one in distributions()}, key=str.lower))


def environment() -> dict[str, str]:
    """Return what describes the code and the machine: commit, versions, processor."""
    packages = {name: version(name) for name in PACKAGES}
    return {
        "groundwork.version": __version__,
        "python": platform.python_version(),
        "cpu": f"{platform.machine()}, {os.cpu_count()} processors",
        "packages": json.dumps(packages),
        **_commit(),
    }


def _commit() -> dict[str, str]:
    """Return the commit of the code that runs, and whether it was changed since; nothing outside a repository."""
    root = Path(__file__).resolve().parents[2]
    try:
        commit = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, timeout=5, check=True
        ).stdout.strip()
        status = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True, timeout=5, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return {}
    return {"git.commit": commit, "git.dirty": str(bool(status.strip())).lower()}
