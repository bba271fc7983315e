"""A worker process: it is told on its standard input what to run, runs it and exits.

The first line says with which settings (`Told`), the second, once there is something to do, the id of the job. When the server
dies, the input closes and the worker exits.
"""

import contextlib
import importlib
import logging
import os
import select
import signal
import threading
from io import FileIO

from components.errors import BadInput
from components.jobs.told import Told
from components.jobs.work import EAGER_SECONDS, Cancelled, Work, named
from components.project.files import Files
from components.project.store import Store

# What most tasks need, imported while the worker waits; MLflow takes as long as all of these and few tasks track.
HEAVY = (
    "numpy",
    "pandas",
    "pyarrow.parquet",
    "sklearn.ensemble",
    "sklearn.linear_model",
    "sklearn.model_selection",
    "sklearn.pipeline",
    "duckdb",
    "ibis",
)
UNFORESEEN = "Something went wrong that we did not foresee. The server's log says more; nothing was lost."
logger = logging.getLogger(__name__)


def main() -> None:
    """Wait for a job, run it, exit."""
    with open(0, "rb", buffering=0, closefd=False) as server:
        told = Told.model_validate_json(server.readline())
        _warm_up(server, told)
        job_id = server.readline().decode().strip()
    if not job_id:
        return
    threading.Thread(target=_exit_with_server, daemon=True).start()
    later = threading.Timer(EAGER_SECONDS, _step_back, (told.settings.nice,))
    later.daemon = True
    later.start()
    store = Store(told.settings.database_url, named(told.kinds, told.packages))
    run(store, told, job_id)
    store.close()


def _step_back(nice: int) -> None:
    """Let those who look at screens go first, with all threads and processes of this worker, also where Linux shares by session."""
    if not nice or not hasattr(os, "setpriority") or os.getpgrp() != os.getpid():
        return
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PGRP, 0, nice)
    with contextlib.suppress(OSError), open("/proc/self/autogroup", "w", encoding="ascii") as group:
        group.write(str(nice))


def _warm_up(server: FileIO, told: Told) -> None:
    """Import what most tasks need, and make ready what was asked for, as long as no job is waiting for this worker."""
    for name in (*HEAVY, told.kinds.partition(":")[0]):
        if select.select([server], [], [], 0)[0]:
            return
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    for name in told.ready:
        if not select.select([server], [], [], 0)[0]:
            named(name, told.packages)()


def run(store: Store, told: Told, job_id: str) -> None:
    """Run one job and note how it ended."""
    job = store.job(job_id)
    if job is None or not store.start_job(job_id):
        return
    try:
        work = Work(store, Files(told.settings.home), told.settings, job.project_id, job.params, job.submitted_by, job_id)
        result = named(job.task, told.packages)(work)
        store.end_job(job_id, "done", result=result)
    except Cancelled:
        store.end_job(job_id, "cancelled", error="Stopped.")
    except BadInput as error:
        lines = {"what": error.what, "todo": error.todo, "lines": error.lines, **vars(error).get("offer", {})}
        store.end_job(job_id, "failed", error=str(error), result=lines)
    except MemoryError:
        store.end_job(job_id, "failed", error="Memory ran out. Try again with less data.")
    except Exception:
        logger.exception("The task %s failed", job.task)
        store.end_job(job_id, "failed", error=UNFORESEEN)


def _exit_with_server() -> None:
    """Exit, with every process that a task started, when the server is gone: its end of our standard input closes."""
    while os.read(0, 1):
        pass
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main()
