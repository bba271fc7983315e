"""The worker processes of this server, as it holds them: forked from one that has imported what they need, or started anew."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from io import TextIOWrapper
from itertools import count
from pathlib import Path
from typing import IO, Protocol

from components.jobs.nursery import LONGEST_PACKET

ROOT = Path(__file__).resolve().parents[2]
# Threads of scikit-learn that wait for each other must sleep: where they spin, and others work too, a fit of 1 s takes 90.
PATIENT = {"OMP_WAIT_POLICY": "PASSIVE"}
FORKED = sys.platform == "linux" and hasattr(os, "pidfd_open")


class Worker(Protocol):
    """What is needed of a worker: the part of `subprocess.Popen` of that name."""

    stdin: IO[str] | None

    @property
    def pid(self) -> int:
        """Its process id, which is that of its group too; 0 where it was never born."""

    def poll(self) -> int | None:
        """Return the code it ended with, None while it lives."""

    def wait(self, timeout: float | None = None) -> int:
        """Return the code it ended with, once it has; `subprocess.TimeoutExpired` after so many seconds."""


def start() -> Worker:
    """Start a worker that a signal to this process does not reach; `OSError` where there is no room for one."""
    if FORKED:
        return _forked()
    return subprocess.Popen(_command("worker"), stdin=subprocess.PIPE, text=True, env=_environment(), start_new_session=True)


def say(worker: Worker, text: str) -> None:
    """Write a line to a worker; one that is gone already is noticed when it is waited for."""
    assert worker.stdin is not None
    with contextlib.suppress(OSError):
        worker.stdin.write(text + "\n")
        worker.stdin.flush()


def kill(worker: Worker) -> None:
    """End a worker with every process that it started."""
    if worker.poll() is None and worker.pid:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)


def bury(worker: Worker) -> None:
    """Wait for a worker that ended, and close its input."""
    worker.wait()
    if worker.stdin is not None:
        with contextlib.suppress(OSError):
            worker.stdin.close()


def _command(module: str) -> list[str]:
    return [sys.executable, "-P", "-m", f"components.jobs.{module}"]


def _environment() -> dict[str, str]:
    """Return an environment in which our packages are found wherever the server was started."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return {**PATIENT, **os.environ, "PYTHONPATH": path}


class Forked:
    """A worker that the nursery forked, or is about to: its process id is waited for, writing to it is not."""

    def __init__(self, stdin: TextIOWrapper) -> None:
        self.stdin: IO[str] | None = stdin
        self._pid = 0
        self._code: int | None = None
        self._born, self._over = threading.Event(), threading.Event()

    @property
    def pid(self) -> int:
        """Its process id, which is that of its group too; 0 where it was never born."""
        self._born.wait()
        return self._pid

    def poll(self) -> int | None:
        """Return the code it ended with, None while it lives."""
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        """Return the code it ended with, once it has; `subprocess.TimeoutExpired` after so many seconds."""
        if not self._over.wait(timeout):
            raise subprocess.TimeoutExpired("worker", timeout or 0)
        assert self._code is not None
        return self._code

    def was_born(self, pid: int) -> None:
        """Note under which process id it lives."""
        self._pid = pid
        self._born.set()

    def has_ended(self, code: int) -> None:
        """Note the code it ended with."""
        self._code = code
        self._born.set()
        self._over.set()

    def is_orphaned(self) -> None:
        """End it, as nobody could tell any more that it has ended."""
        if self._born.is_set():
            kill(self)
        self.has_ended(-signal.SIGKILL)


class Nursery:
    """A nursery as its server holds it; the workers that it forked end with it."""

    def __init__(self) -> None:
        self._socket, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._workers: dict[int, Forked] = {}
        self._numbers = count(1)
        try:
            with its:
                self.process = subprocess.Popen(_command("nursery"), stdin=its.fileno(), env=_environment(), start_new_session=True)
        except OSError:
            self._socket.close()
            raise
        threading.Thread(target=self._listen, name="nursery", daemon=True).start()

    def fork(self) -> Forked:
        """Return a worker, perhaps before it is born; `OSError` where the nursery is gone."""
        its_end, our_end = os.pipe()
        said = os.fdopen(our_end, "w", encoding="utf-8")
        worker, number = Forked(said), next(self._numbers)
        try:
            self._workers[number] = worker
            socket.send_fds(self._socket, [str(number).encode()], [its_end, 1, 2])
        except OSError:
            self._workers.pop(number, None)
            said.close()
            raise
        finally:
            os.close(its_end)
        say(worker, json.dumps([_environment(), str(Path.cwd())]))
        return worker

    def _listen(self) -> None:
        """Note what it tells, until it is gone."""
        with self._socket, contextlib.suppress(OSError):
            while packet := self._socket.recv(LONGEST_PACKET):
                what, number, figure = packet.decode().split()
                if what == "born":
                    self._workers[int(number)].was_born(int(figure))
                else:
                    self._workers.pop(int(number)).has_ended(int(figure))
                    self._socket.send(number.encode())
        self.process.wait()
        while self._workers:
            self._workers.popitem()[1].is_orphaned()


OPEN: list[Nursery] = []
"""The nursery of this process, once there is one."""
_opening = threading.Lock()


def _forked() -> Forked:
    """Return a worker of the nursery, which is opened with the first, and anew where it died."""
    with _opening:
        if OPEN:
            with contextlib.suppress(OSError):
                return OPEN[0].fork()
        OPEN[:] = [Nursery()]
        return OPEN[0].fork()
