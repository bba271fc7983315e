"""Runs long work: one worker process for each job, so that a cancel or a crash ends that job and no other."""

import contextlib
import logging
import os
import subprocess
import threading
import time
from collections import deque
from functools import partial
from typing import Any

from components.jobs import servers, workers
from components.jobs.told import Told
from components.jobs.work import EAGER_SECONDS, named
from components.jobs.workers import Worker
from components.project.settings import Settings
from components.project.store import Store, StoreUnavailable

WATCH_SECONDS = 1.0
BEAT_SECONDS = 15.0
JOIN_SECONDS = 5.0
logger = logging.getLogger(__name__)


class Runner:
    """Starts workers, keeps one warm, queues what is more than the machine has processors for.

    A worker is forked from a process that has imported the heavy libraries (elsewhere than on Linux it is a process of its own, that
    imports them). It waits on its standard input for a job, runs it and exits. Soon after it took one the next is started, for whoever
    comes then. When the server dies, its input closes and it exits too. Progress and results travel through the store.

    Parameters
    ----------
    settings : Settings
    kinds : str
        Where the kinds of record are listed, as `module:name`; workers read it too.
    most : int, optional
        How many jobs run at once; by default one for each processor.
    packages : tuple of str
        The packages that tasks may lie in.
    ready : tuple of str
        What a worker calls while it waits, as `module:function`, to spare its job the time.
    """

    def __init__(
        self,
        settings: Settings,
        kinds: str = "components.kinds:KINDS",
        most: int | None = None,
        packages: tuple[str, ...] = ("components",),
        ready: tuple[str, ...] = (),
    ) -> None:
        self.store = Store(settings.database_url, named(kinds, packages))
        self.told = Told(settings=settings, kinds=kinds, packages=packages, ready=ready)
        self.server = servers.identity()
        self.most = most or max(os.cpu_count() or 1, 1)
        self._lock = threading.Lock()
        self._waiting: deque[str] = deque()
        self._running: dict[str, Worker] = {}
        self._warm: Worker | None = None
        self._threads: set[threading.Thread] = set()
        self._closed = threading.Event()
        self._lose_dead()
        self._begin(self._watch, "jobs")

    def warm(self) -> None:
        """Start a worker ahead of the first job, so that the imports are paid before anybody waits; unless the settings want none."""
        if not self.told.settings.warm:
            return
        with self._lock, contextlib.suppress(OSError):
            if not self._closed.is_set():
                self._warm = self._take_warm() or self._start()

    def submit(self, project_id: str, task: str, params: dict[str, Any], title: str, person: str) -> str:
        """Queue a task, named `module:function`, and return the job's id."""
        self.store.beat(self.server)
        job_id = self.store.add_job(project_id, task, params, title, person, self.server)
        with self._lock:
            self._waiting.append(job_id)
        self._next()
        return job_id

    def cancel(self, job_id: str) -> None:
        """End a job at once, waiting or running, on whichever server; nothing it already saved is taken back."""
        try:
            self.store.end_job(job_id, "cancelled", error="Stopped.")
        finally:
            self._drop(job_id)

    def close(self) -> None:
        """End every worker, and note what they were doing as lost."""
        self._closed.set()
        with self._lock:
            living = [*self._running.values(), *([self._warm] if self._warm else [])]
            self._waiting.clear()
            self._warm = None
        for worker in living:
            workers.kill(worker)
        for thread in list(self._threads):
            thread.join(JOIN_SECONDS)
        for worker in living:
            workers.bury(worker)
        with contextlib.suppress(StoreUnavailable):
            self.store.lose_jobs(self.server)
        self.store.close()

    def _next(self) -> None:
        """Hand waiting jobs to workers while there are free processors."""
        while True:
            with self._lock:
                if self._closed.is_set() or not self._waiting or len(self._running) >= self.most:
                    return
                job_id = self._waiting.popleft()
                try:
                    self._running[job_id] = self._take_warm() or self._start()
                except OSError as error:
                    logger.warning("No worker could be started: %s", error)
                follow = partial(self._follow, job_id, self._running.get(job_id))
            self._begin(follow, f"job {job_id}")

    def _take_warm(self) -> Worker | None:
        """Return the warm worker, if it is there and still lives."""
        warm, self._warm = self._warm, None
        if warm is None or warm.poll() is None:
            return warm
        workers.bury(warm)
        return None

    def _follow(self, job_id: str, worker: Worker | None) -> None:
        """Give a job to its worker and note an ending that the worker could not note itself."""
        ending = "The server has no room for another worker. Try again in a moment."
        if worker is not None:
            workers.say(worker, job_id)
            with contextlib.suppress(subprocess.TimeoutExpired):  # a short job has the processors to itself
                worker.wait(EAGER_SECONDS)
            self.warm()
            ending = _ending(worker.wait())
            workers.bury(worker)
        while not self._closed.is_set():
            try:
                self.store.end_job(job_id, "failed", error=ending)
                break
            except StoreUnavailable:
                self._closed.wait(WATCH_SECONDS)
        with self._lock:
            self._running.pop(job_id, None)
        self._next()

    def _watch(self) -> None:
        """Stop what was cancelled elsewhere or whose project is gone, tell other servers that this one lives, bury dead ones."""
        beat = time.monotonic()
        while not self._closed.wait(WATCH_SECONDS):
            mine = self._mine()
            with contextlib.suppress(StoreUnavailable):
                states = self.store.states(mine) if mine else {}
                for job_id in mine:
                    if states.get(job_id, "gone") in {"gone", "cancelled", "lost"}:
                        self._drop(job_id)
                if time.monotonic() - beat > BEAT_SECONDS:
                    beat = time.monotonic()
                    if mine:
                        self.store.beat(self.server)
                    self._lose_dead()

    def _mine(self) -> list[str]:
        """Return the jobs that this server has in hand."""
        with self._lock:
            return [*self._running, *self._waiting]

    def _drop(self, job_id: str) -> None:
        with self._lock:
            if job_id in self._waiting:
                self._waiting.remove(job_id)
            worker = self._running.get(job_id)
        if worker:
            workers.kill(worker)

    def _lose_dead(self) -> None:
        for server, seen_at in self.store.working_servers().items():
            if server != self.server and servers.is_dead(server, seen_at):
                lost = self.store.lose_jobs(server)
                logger.warning("The server %s is gone; %d of its jobs are lost", server, lost)

    def _begin(self, run: Any, name: str) -> None:
        def finish() -> None:
            run()
            self._threads.discard(thread)

        thread = threading.Thread(target=finish, name=name, daemon=True)
        self._threads.add(thread)
        thread.start()

    def _start(self) -> Worker:
        worker = workers.start()
        workers.say(worker, self.told.model_dump_json())
        return worker


def _ending(code: int) -> str:
    """Say how a worker ended that did not say so itself."""
    if code < 0:
        return "The worker was killed before it finished, perhaps because memory ran out. Try again with less data."
    return "The worker stopped before it finished. The server's log says more."
