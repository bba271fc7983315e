"""Which server runs a job, and whether that server still lives."""

import secrets
import socket
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import psutil

LONGEST_SILENCE = timedelta(minutes=2)
SAME_START_SECONDS = 1.0


def identity() -> str:
    """Return a name for a runner of this process: the machine, the process and when it began, so that others can tell if it lives."""
    process = psutil.Process()
    return f"{_machine()}|{process.pid}|{_started(process):.2f}|{secrets.token_hex(4)}"


def is_dead(server: str, seen_at: datetime | None) -> bool:
    """Whether a server is gone: on this machine its process is, on another one it was silent for two minutes."""
    machine, _, rest = server.partition("|")
    pid, _, rest = rest.partition("|")
    started, _, _ = rest.partition("|")
    if not pid or not started:
        return True
    if machine != _machine():
        return seen_at is None or datetime.now(UTC) - seen_at > LONGEST_SILENCE
    try:
        return abs(_started(psutil.Process(int(pid))) - float(started)) > SAME_START_SECONDS
    except psutil.NoSuchProcess:
        return True


def _started(process: psutil.Process) -> float:
    """Return when a process began, in seconds since the machine did: the clock may be set meanwhile."""
    return process.create_time() - psutil.boot_time()


@cache
def _machine() -> str:
    """Return this machine's name, and which of its runs this is, where the system says so."""
    boot = ""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")[:6]
    return f"{socket.gethostname().replace('|', '')[:20]} {boot}".strip()
