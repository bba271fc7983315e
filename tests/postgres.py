"""A PostgreSQL of the tests' own, on a free port: started, stopped, and killed."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psutil
import pytest

from tests.serving import free_port


def programs() -> Path:
    """Return the folder of PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(p) for p in [shutil.which("initdb")] if p]
    if not found:
        pytest.fail("PostgreSQL isn't installed: run `make test`, which installs it.")
    return found[-1].resolve().parent


class Cluster:
    """A cluster in a folder of its own; `fsync` off is for tests in which nothing is killed."""

    def __init__(self, *, fsync: bool = False) -> None:
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="groundwork-postgres-")), free_port()
        self.data = self.folder / "data"
        self.options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c fsync={'on' if fsync else 'off'} -c max_connections=200"
        self.url = f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-A", "trust", "-U", "postgres", "--no-sync", "-D", self.data)

    def start(self) -> None:
        """Start it, and return once it answers."""
        self._run("pg_ctl", "-w", "-D", self.data, "-o", self.options, "-l", self.folder / "log", "start")

    def kill(self) -> None:
        """End every process of it at once, as when the machine loses its power but for what the disk was told."""
        server = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        every = [server, *server.children(recursive=True)]
        for one in every:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs(every, timeout=30)

    def remove(self) -> None:
        """Stop it, and leave nothing behind."""
        self._run("pg_ctl", "-w", "-m", "immediate", "-D", self.data, "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str | Path) -> None:
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*as_postgres, programs() / program, *arguments], cwd=self.folder, check=True, **quiet)
