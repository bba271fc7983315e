"""Real servers for tests, screenshots and benchmarks: each with a home and a port of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from components.kinds import KINDS
from components.project.store import Store
from components.ui.screens import START, Screen

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
FILL_SECONDS = 280
PYTHON = ("app.py",)
STREAMLIT = ("-m", "streamlit", "run", "app.py")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """A running server: where it is, where it keeps things, and its process."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]
    log: Path

    def store(self) -> Store:
        """Open the server's own store; the caller closes it."""
        return Store(f"sqlite:///{self.home / 'groundwork.db'}", KINDS)

    def address(self, screen: Screen, project: str) -> str:
        """Return where a screen is; a screen without a project has none in its address."""
        path = "" if screen == START else screen.url_path
        return f"{self.url}/{path}" + (f"?project={project}" if screen.needs_project else "")

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Return once the server answers; fail with its log when it ends or stays silent."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.log.read_text()}")
            try:
                httpx.get(f"{self.url}/healthz", timeout=5)
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"the server didn't answer within {seconds} s:\n{self.log.read_text()}")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment in which only what is given here sets anything of the app."""
    ours = ("GROUNDWORK_", "STREAMLIT_", "MLFLOW_", "PORT", "HOST")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return {**kept, "GROUNDWORK_HOME": str(home), "GROUNDWORK_NICE": "0", "GROUNDWORK_WARM": "0", **more}  # as in conftest


def start(home: Path, *, way: tuple[str, ...] = PYTHON, host: str = "127.0.0.1", **more: str) -> Served:
    """Start a server on a free port without waiting for it; where people sign in, it is told its own address."""
    home.mkdir(parents=True, exist_ok=True)
    port, log = free_port(), home / "server.log"
    if "GROUNDWORK_OIDC_METADATA_URL" in more:
        more["GROUNDWORK_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    arguments = ["--server.port", str(port), "--server.address", host] if way == STREAMLIT else []
    settings = environment(home, PORT=str(port), HOST=host, **more)
    with log.open("wb") as target:
        process = subprocess.Popen([sys.executable, *way, *arguments], cwd=ROOT, env=settings, stdout=target, stderr=subprocess.STDOUT)
    return Served(f"http://127.0.0.1:{port}", home, process, log)


def stop(served: Served) -> None:
    """End a server as a terminal would, then by force."""
    if served.process.poll() is None:
        served.process.terminate()
        try:
            served.process.wait(20)
        except subprocess.TimeoutExpired:
            served.process.kill()
            served.process.wait()


@contextmanager
def serve(home: Path, *, way: tuple[str, ...] = PYTHON, host: str = "127.0.0.1", **more: str) -> Iterator[Served]:
    """Serve from a home folder until the block ends."""
    served = start(home, way=way, host=host, **more)
    try:
        served.wait()
        yield served
    finally:
        stop(served)


def bare_home(home: Path) -> Path:
    """Make a home whose example was deleted, so that a server starts on it without filling one."""
    store = Store(f"sqlite:///{home / 'groundwork.db'}", KINDS)
    store.delete_project(store.create_project("Example", "nobody", demo=True).id, "nobody")
    store.close()
    return home


def example_id(store: Store) -> str:
    """Return the id of the example project."""
    return next(project.id for project in store.projects() if project.demo)


def wait_filled(served: Served) -> str:
    """Wait until the example is filled, and return its id."""
    store = served.store()
    try:
        until = time.monotonic() + FILL_SECONDS
        while time.monotonic() < until:
            filling = [job for project in store.projects() if project.demo for job in store.jobs(project.id)]
            if filling and filling[-1].state not in {"queued", "running"}:
                assert filling[-1].state == "done", filling[-1].error
                return example_id(store)
            time.sleep(0.3)
    finally:
        store.close()
    raise AssertionError(f"the example wasn't filled within {FILL_SECONDS} s")


def filled_home(shared: Path) -> Path:
    """Return a home whose example is filled; the first process that asks makes it, the others wait. Copy it, don't use it."""
    home, lock, ready = shared / "filled-home", shared / "filled.lock", shared / "filled.ready"
    try:
        lock.touch(exist_ok=False)
    except FileExistsError:
        until = time.monotonic() + START_SECONDS + FILL_SECONDS
        while not ready.exists():
            assert time.monotonic() < until, "another process should have filled the example"
            time.sleep(0.5)
        return home
    with serve(home) as served:
        wait_filled(served)
    ready.touch()
    return home


def copy_home(source: Path, target: Path) -> Path:
    """Copy a home that no server uses."""
    shutil.copytree(source, target)
    return target
