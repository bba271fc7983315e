"""What a task is given: the project, the parameters, the stores, and a way to say how far it is."""

import importlib
import logging
import time
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from components.errors import BadInput
from components.project.files import Files
from components.project.settings import Settings
from components.project.store import Store, StoreUnavailable

SECONDS_BETWEEN = 0.25
# What is short is waited for in front of a screen; what takes longer steps back behind those who click.
EAGER_SECONDS = 2.0
logger = logging.getLogger(__name__)


class Submits(Protocol):
    """What takes long work: the runner, for whoever may use it."""

    def submit(self, project_id: str, task: str, params: dict[str, Any], title: str, person: str) -> str:
        """Queue a task and return the job's id."""
        ...


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
    _last: float = field(default=float("-inf"), repr=False)

    def part(self, params: dict[str, Any], start: float, end: float) -> "Work":
        """Return the work of another task that is a part of this one, whose progress runs from `start` to `end`."""
        return replace(self, params=params, _span=(self._overall(start), self._overall(end)))

    def progress(self, share: float, message: str) -> None:
        """Say how far the work is (0 to 1) and what it is doing; cheap, since only a few a second are written.

        Raises
        ------
        Cancelled
            Somebody asked to stop, or deleted the project.
        """
        now = time.monotonic()
        if not self.job_id or now - self._last < SECONDS_BETWEEN:
            return
        self._last = now
        try:
            going_on = self.store.progress(self.job_id, self._overall(share), message)
        except StoreUnavailable as error:
            logger.warning("Progress was not noted: %s", error)
            return
        if not going_on:
            raise Cancelled

    def _overall(self, share: float) -> float:
        start, end = self._span
        return start + share * (end - start)


def named(name: str, packages: tuple[str, ...] = ("components",)) -> Any:
    """Return what `module:name` names; only what lies in the given packages can be named.

    Raises
    ------
    BadInput
        There is no such thing.
    """
    module, _, attribute = name.partition(":")
    if not attribute or module.split(".")[0] not in packages:
        raise BadInput(f"There is no task “{name[:80]}”.")
    try:
        return getattr(importlib.import_module(module), attribute)
    except ModuleNotFoundError as error:
        if error.name and not module.startswith(error.name):
            raise
        raise BadInput(f"There is no task “{name[:80]}”.") from error
    except AttributeError:
        raise BadInput(f"There is no task “{name[:80]}”.") from None
