"""What a task is given: the project, the parameters, the stores, and a way to say how far it is."""

import importlib
import time
from dataclasses import dataclass, field, replace
from typing import Any

from components.errors import BadInput
from components.project.files import Files
from components.project.settings import Settings
from components.project.store import Store

SECONDS_BETWEEN = 0.25


class Cancelled(Exception):  # noqa: N818 - it is what was asked for, not a failure
    """Somebody asked to stop; raised by `Work.progress`."""


@dataclass
class Work:
    """One job as its task sees it. Results are saved as records, by `store.put`, under `person`."""

    store: Store
    files: Files
    settings: Settings
    project_id: str
    params: dict[str, Any]
    person: str
    job_id: str = ""
    _span: tuple[float, float] = field(default=(0.0, 1.0), repr=False)
    _last: float = field(default=0.0, repr=False)

    def part(self, params: dict[str, Any], start: float, end: float) -> "Work":
        """Return the work of another task that is a part of this one, whose progress runs from `start` to `end`."""
        return replace(self, params=params, _span=(start, end))

    def progress(self, share: float, message: str) -> None:
        """Say how far the work is (0 to 1) and what it is doing; cheap, since only a few a second are written.

        Raises
        ------
        Cancelled
            Somebody asked to stop.
        """
        now = time.monotonic()
        if not self.job_id or now - self._last < SECONDS_BETWEEN:
            return
        self._last = now
        job = self.store.job(self.job_id)
        if job is None or not job.living:
            raise Cancelled
        start, end = self._span
        self.store.progress(self.job_id, start + share * (end - start), message)


def named(name: str) -> Any:
    """Return what `module:name` names; only this program's own modules can be named."""
    module, _, attribute = name.partition(":")
    if not module.startswith("components."):
        raise BadInput(f"There is no task “{name[:80]}”.")
    return getattr(importlib.import_module(module), attribute)
