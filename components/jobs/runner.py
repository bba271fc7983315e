"""Runs long work: one worker process for each job, so that a cancel or a crash ends that job and no other."""

import contextlib
import json
import os
import secrets
import subprocess
import sys
import threading
from collections import deque
from dataclasses import asdict
from pathlib import Path
from typing import Any

from components.errors import BadInput
from components.jobs.work import named
from components.project.settings import Settings
from components.project.store import Store

ROOT = Path(__file__).resolve().parents[2]


class Runner:
    """Starts workers, keeps one warm, queues what is more than the machine has processors for.

    A worker is `python -m components.jobs.worker`: it imports the heavy libraries, waits on its standard input for a job,
    runs it and exits. When the server dies, its input closes and it exits too. Progress and results travel through the store.

    Parameters
    ----------
    settings : Settings
    kinds : str
        Where the kinds of record are listed, as `module:name`; workers read it too.
    """

    def __init__(self, settings: Settings, kinds: str = "components.kinds:KINDS", most: int | None = None) -> None:
        self.settings = settings
        self.store = Store(settings.database_url, named(kinds))
        self.kinds = kinds
        self.server = secrets.token_hex(8)
        self.most = most or max(os.cpu_count() or 1, 1)
        self._lock = threading.Lock()
        self._waiting: deque[str] = deque()
        self._running: dict[str, subprocess.Popen[str]] = {}
        self._warm: subprocess.Popen[str] | None = None
        self._closed = False
        self.store.lose_jobs(self.server)

    def warm(self) -> None:
        """Start a worker ahead of the first job, so that the imports are paid before anybody waits."""
        with self._lock:
            if self._warm is None and not self._closed:
                self._warm = self._start()

    def submit(self, project_id: str, task: str, params: dict[str, Any], title: str, person: str) -> str:
        """Queue a task, named `module:function`, and return the job's id."""
        job_id = self.store.add_job(project_id, task, params, title, person, self.server)
        with self._lock:
            self._waiting.append(job_id)
        self._next()
        return job_id

    def cancel(self, job_id: str) -> None:
        """End a job at once, waiting or running; nothing it already saved is taken back."""
        self.store.end_job(job_id, "cancelled", error="Stopped.")
        with self._lock:
            if job_id in self._waiting:
                self._waiting.remove(job_id)
            worker = self._running.get(job_id)
        if worker:
            worker.kill()

    def close(self) -> None:
        """End every worker; what ran is noted as lost by the next server."""
        with self._lock:
            self._closed = True
            workers = [*self._running.values(), *([self._warm] if self._warm else [])]
            self._warm = None
        for worker in workers:
            worker.kill()
            worker.wait()
        self.store.close()

    def _next(self) -> None:
        """Hand waiting jobs to workers while there are free processors."""
        while True:
            with self._lock:
                if self._closed or not self._waiting or len(self._running) >= self.most:
                    return
                job_id = self._waiting.popleft()
                worker = self._warm if self._warm and self._warm.poll() is None else self._start()
                self._warm = None
                self._running[job_id] = worker
            threading.Thread(target=self._follow, args=(job_id, worker), name=f"job {job_id}", daemon=True).start()

    def _follow(self, job_id: str, worker: subprocess.Popen[str]) -> None:
        """Give a job to its worker and note an ending that the worker could not note itself."""
        assert worker.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            worker.stdin.write(job_id + "\n")
            worker.stdin.flush()
        code = worker.wait()
        worker.stdin.close()
        with self._lock:
            self._running.pop(job_id, None)
            closed = self._closed
        if closed:
            return
        with contextlib.suppress(BadInput):
            self.store.end_job(job_id, "failed", error=_ending(code))
        self._next()
        self.warm()

    def _start(self) -> subprocess.Popen[str]:
        options = {name: str(value) if isinstance(value, Path) else value for name, value in asdict(self.settings).items()}
        options["data_folders"] = [str(folder) for folder in self.settings.data_folders]
        told = json.dumps({"settings": options, "kinds": self.kinds})
        environment = {**os.environ, "GROUNDWORK_WORKER": told, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, "-m", "components.jobs.worker"], stdin=subprocess.PIPE, text=True, cwd=ROOT, env=environment, bufsize=1
        )


def _ending(code: int) -> str:
    """Say how a worker ended that did not say so itself."""
    if code < 0:
        return "The worker was killed before it finished, perhaps because memory ran out. Try again with less data."
    return "The worker stopped before it finished. The server's log says more."
