"""What the server opened, as the person in front of this browser may use it: the store refuses what their role doesn't allow."""

from dataclasses import dataclass
from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.jobs.runner import Runner
from components.project.store import Store
from components.server import resources
from components.server.resources import close, files, settings
from components.ui import identity

__all__ = ["close", "files", "runner", "settings", "store"]


@dataclass(frozen=True)
class Work:
    """The runner of long work, for somebody who may change the project it is for."""

    runner: Runner
    store: Store

    def submit(self, project_id: str, task: str, params: dict[str, Any], title: str, person: str) -> str:
        """Queue a task and return the job's id."""
        self.store.check(project_id, "editor")
        return self.runner.submit(project_id, task, params, title, person)

    def cancel(self, job_id: str) -> None:
        """End a job at once."""
        job = self.store.job(job_id)
        if job is not None:
            self.store.check(job.project_id, "editor")
            self.runner.cancel(job_id)


def store() -> Store:
    """Return the record store as whoever uses this browser sees it."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return resources.store()
    me = identity.me()
    return resources.store().seen_by(me.id, known=me.known)


def runner() -> Work:
    """Return the runner of long work for whoever uses this browser."""
    return Work(resources.runner(), store())
