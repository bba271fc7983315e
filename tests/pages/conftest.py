"""Screens drawn in this process, in the frame, on a store of their own."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from components.ui import resources, screens


def plain(shown):
    """Return a text as it was before it was escaped."""
    return str(shown).replace("\\", "").replace("\u00a0", " ")


class Screens:
    """A browser tab without a browser: opens screens of a project in the frame."""

    def __init__(self, project_id=None):
        self.project_id = project_id
        self.app = AppTest.from_file(str(screens.ROOT / "pages" / "frame.py"), default_timeout=30)
        if project_id:
            self.app.query_params["project"] = project_id

    def open(self, path):
        self.app.run()
        self.app.switch_page(str(screens.ROOT / "pages" / f"{path}.py"))
        if self.project_id:
            self.app.query_params["project"] = self.project_id
        self.app.run()
        self.whole()
        return self.app

    def whole(self):
        """No traceback stands on the screen."""
        assert not self.app.exception, [one.message for one in self.app.exception]

    @property
    def text(self):
        """Everything that the screen says."""
        parts = [
            one.value for kind in ("title", "markdown", "caption", "code") for one in self.app.get(kind) if getattr(one, "value", None)
        ]
        return "\n".join(plain(part) for part in parts)

    @property
    def answer(self):
        """The headline."""
        return plain(self.app.title[0].value)


@pytest.fixture
def installation(tmp_path, monkeypatch):
    """An installation of its own for the screens of this process."""
    for name in ("GROUNDWORK_DATABASE_URL", "MLFLOW_TRACKING_URI", "GROUNDWORK_DATA_FOLDERS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GROUNDWORK_HOME", str(tmp_path / "home"))
    resources.close()
    yield resources
    resources.close()


@pytest.fixture
def project_id(installation):
    """An empty project."""
    return installation.store().create_project("Reading forms", "ana").id


@pytest.fixture
def tab(project_id):
    """A tab on an empty project."""
    return Screens(project_id)


@pytest.fixture
def open_tab(installation):
    """A function that opens another tab."""
    return Screens


def finished(store, project_id, task=None, seconds=60):
    """Wait until no job of a project is living, and return its jobs."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        jobs = store.jobs(project_id, task)
        if jobs and not any(job.living for job in jobs):
            return jobs
        time.sleep(0.1)
    raise AssertionError(f"still working: {[(job.task, job.state, job.message) for job in store.jobs(project_id, task)]}")
