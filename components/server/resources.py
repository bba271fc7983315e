"""What the server opens once and every session shares: settings, store, files, the job runner."""

from functools import cache

from components.jobs.cluster import runner_for
from components.jobs.runner import Runner
from components.kinds import KINDS
from components.project.files import Files
from components.project.settings import Settings
from components.project.store import Store

READY = ("components.readiness.quick_check:ready",)
"""What a waiting worker prepares: a quick check is what somebody waits for, with a file dropped a moment ago."""


@cache
def settings() -> Settings:
    """Return the settings of this installation."""
    return Settings.from_environment()


@cache
def store() -> Store:
    """Return the record store; migrates at the first call."""
    return Store(settings().database_url, KINDS)


@cache
def files() -> Files:
    """Return the store of files."""
    return Files(settings().home)


@cache
def runner() -> Runner:
    """Return the runner of long work; its first call marks what a dead server left behind as lost."""
    return runner_for(settings(), ready=READY)


def close() -> None:
    """End the workers and forget everything opened, as at shutdown."""
    if runner.cache_info().currsize:
        runner().close()
    for opened in (runner, store, files, settings):
        opened.cache_clear()
