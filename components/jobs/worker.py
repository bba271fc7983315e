"""A worker process: `python -m components.jobs.worker` waits for one job on its standard input, runs it and exits."""

import contextlib
import importlib
import json
import logging
import os
import sys
import threading
from pathlib import Path

from components.errors import BadInput
from components.jobs.work import Cancelled, Work, named
from components.project.files import Files
from components.project.settings import Settings
from components.project.store import Store

HEAVY = ("numpy", "pandas", "pyarrow", "sklearn.ensemble", "sklearn.linear_model", "sklearn.model_selection", "duckdb", "ibis")
logger = logging.getLogger(__name__)


def main() -> None:
    """Wait for a job, run it, exit."""
    told = json.loads(os.environ["GROUNDWORK_WORKER"])
    options = told["settings"]
    settings = Settings(**{**options, "home": Path(options["home"]), "data_folders": tuple(map(Path, options["data_folders"]))})
    for name in HEAVY:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    job_id = sys.stdin.readline().strip()
    if not job_id:
        return
    threading.Thread(target=_exit_with_server, daemon=True).start()
    run(Store(settings.database_url, named(told["kinds"])), settings, job_id)


def run(store: Store, settings: Settings, job_id: str) -> None:
    """Run one job and note how it ended."""
    job = store.job(job_id)
    if job is None or not job.living:
        return
    store.start_job(job_id)
    work = Work(store, Files(settings.home), settings, job.project_id, job.params, job.submitted_by, job_id)
    try:
        result = named(job.task)(work)
    except Cancelled:
        store.end_job(job_id, "cancelled", error="Stopped.")
    except BadInput as error:
        lines = {"what": error.what, "todo": error.todo, "lines": error.lines, **vars(error).get("offer", {})}
        store.end_job(job_id, "failed", error=str(error), result=lines)
    except MemoryError:
        store.end_job(job_id, "failed", error="Memory ran out. Try again with less data.")
    except Exception:
        logger.exception("The task %s failed", job.task)
        store.end_job(job_id, "failed", error="Something went wrong that we did not foresee. The server's log says more; nothing was lost.")
    else:
        store.end_job(job_id, "done", result=result)


def _exit_with_server() -> None:
    """Exit when the server that started this worker is gone: its end of our standard input closes."""
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
