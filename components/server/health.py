"""Whether everything that the server needs answers, and how fast: for the status screen, and for whoever watches it."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2

from components import words
from components.errors import BadInput
from components.server import resources

LEAST_FREE = 1 << 30
PATIENCE = 3


@dataclass(frozen=True)
class Answer:
    """What one part of the installation says of itself."""

    name: str
    well: bool
    said: str
    milliseconds: float


def answers() -> list[Answer]:
    """Ask every store, one after the other."""
    return [_asked(name, ask) for name, ask in PARTS.items()]


def _asked(name: str, ask: Callable[[], tuple[bool, str]]) -> Answer:
    began = time.perf_counter()
    try:
        well, said = ask()
    except (BadInput, OSError) as error:
        well, said = False, error.what if isinstance(error, BadInput) else "It can't be read or written."
    return Answer(name, well, said, 1000 * (time.perf_counter() - began))


def _database() -> tuple[bool, str]:
    store = resources.store()
    store.ping()
    return True, "SQLite" if store.database.is_sqlite else "PostgreSQL"


def _files() -> tuple[bool, str]:
    folder = resources.files().folder
    free = shutil.disk_usage(folder).free
    resources.files().probe()
    said = f"{free / (1 << 30):,.0f} GB free"
    return free > LEAST_FREE, said if free > LEAST_FREE else f"{said}: make room"


def _workers() -> tuple[bool, str]:
    counts = resources.store().job_counts()
    return True, f"{words.counted(counts.get('running', 0), 'job')} running, {words.count(counts.get('queued', 0))} waiting"


def _runs() -> tuple[bool, str]:
    """Ask for the tracked runs: a server is asked whether it lives, a file needs to be there only once something was tracked."""
    address = resources.settings().tracking_uri
    if urlsplit(address).scheme not in {"http", "https"}:
        return True, "in the home of this server"
    try:
        well = httpx2.get(f"{address.rstrip('/')}/health", timeout=PATIENCE).status_code < 500
    except httpx2.HTTPError:
        return False, "The MLflow server doesn't answer; baselines run all the same, untracked."
    return well, "an MLflow server"


PARTS: dict[str, Callable[[], tuple[bool, str]]] = {
    "Records": _database,
    "Files": _files,
    "Long work": _workers,
    "Tracked runs": _runs,
}
