"""Which server runs a job, and whether that server still lives."""

import secrets
import socket
from datetime import UTC, datetime, timedelta

import psutil

LONGEST_SILENCE = timedelta(minutes=2)
SAME_START_SECONDS = 1.0


def identity() -> str:
    """Return a name for a runner of this process: the machine, the process and when it began, so that others can tell if it lives."""
    process = psutil.Process()
    return f"{_machine()}|{process.pid}|{process.create_time():.2f}|{secrets.token_hex(4)}"


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
        return abs(psutil.Process(int(pid)).create_time() - float(started)) > SAME_START_SECONDS
    except psutil.NoSuchProcess:
        return True


def _machine() -> str:
    return socket.gethostname().replace("|", "")[:24]
