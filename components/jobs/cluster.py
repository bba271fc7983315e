"""Long work on a Dask cluster: the same jobs, with the same results, on other machines.

A worker there needs this code, the same GROUNDWORK_HOME (a shared folder) and the same database; settings travel with the job. A
cancel takes effect between steps. A job whose worker dies is run again on another one, until Dask gives it up.
"""

import contextlib
import multiprocessing
from dataclasses import replace
from functools import partial
from typing import Any

from components.jobs.runner import Runner
from components.jobs.told import Told
from components.jobs.work import named
from components.project.settings import Settings
from components.project.store import Store

CONNECT_SECONDS = 10
KILLED = "Its workers on the cluster were killed before it finished, perhaps because memory ran out. Try again with less data."


def runner_for(settings: Settings, **options: Any) -> Runner:
    """Return what runs long work in this installation: processes of this machine, or a Dask cluster."""
    return ClusterRunner(settings, **options) if settings.jobs else Runner(settings, **options)


class ClusterRunner(Runner):
    """Hands jobs to a Dask cluster, `settings.jobs`; the same interface as `Runner`, which runs them on this machine."""

    def __init__(self, settings: Settings, **options: Any) -> None:
        self._client: Any = None
        self._futures: dict[str, Any] = {}
        super().__init__(replace(settings, oidc_client_secret="", cookie_secret=""), **options)  # no worker elsewhere needs these

    def warm(self) -> None:
        """Do nothing: the cluster's workers are there before anybody asks."""

    def submit(self, project_id: str, task: str, params: dict[str, Any], title: str, person: str) -> str:
        """Hand a task to the cluster and return the job's id; a cluster that doesn't answer fails the job and says so."""
        self.store.beat(self.server)
        job_id = self.store.add_job(project_id, task, params, title, person, self.server)
        self._begin(partial(self._hand_over, job_id), f"job {job_id}")
        return job_id

    def close(self) -> None:
        """Let go of the cluster, and note what was going on as lost; its workers stop between steps."""
        with self._lock:
            client, self._client = self._client, None
        super().close()
        if client is not None:
            client.close(timeout=2)

    def _hand_over(self, job_id: str) -> None:
        try:
            future = self._connected().submit(run_there, self.told.model_dump_json(), job_id, key=f"groundwork-{job_id}", pure=False)
        except (OSError, TimeoutError, ValueError, RuntimeError):
            todo = "Start it, or leave GROUNDWORK_JOBS out."
            what = f"The Dask cluster at {self.told.settings.jobs} doesn't answer."
            self.store.end_job(job_id, "failed", error=f"{what} {todo}", result={"what": what, "todo": todo, "lines": []})
            return
        with self._lock:
            self._futures[job_id] = future
        future.add_done_callback(partial(self._ended, job_id))

    def _connected(self) -> Any:
        from distributed import Client

        with self._lock:
            if self._client is None or self._client.status not in {"running", "connecting"}:
                self._client = Client(  # type: ignore[no-untyped-call]
                    self.told.settings.jobs, timeout=CONNECT_SECONDS, name="groundwork", set_as_default=False
                )
            return self._client

    def _ended(self, job_id: str, future: Any) -> None:
        """Note an ending that the worker could not note itself."""
        with self._lock:
            self._futures.pop(job_id, None)
        if not self._closed.is_set():
            self.store.end_job(job_id, "failed", error=KILLED if future.status == "error" else "The cluster let go of it. Try again.")

    def _mine(self) -> list[str]:
        with self._lock:
            return list(self._futures)

    def _drop(self, job_id: str) -> None:
        with self._lock:
            future = self._futures.pop(job_id, None)
        if future is not None:
            with contextlib.suppress(Exception):  # what waits is taken off the queue; what runs asks between steps
                future.cancel()


def run_there(told: str, job_id: str) -> None:
    """Run a job in a worker of the cluster."""
    from components.jobs.worker import run

    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined] # quick models fit in processes of their own
    given = Told.model_validate_json(told)
    store = Store(given.settings.database_url, named(given.kinds, given.packages))
    try:
        run(store, given, job_id)
    finally:
        store.close()
