"""The example project: created on first start, so that nothing is empty."""

from components.jobs.work import Submits
from components.project.store import Project, Store

NAME = "Handwriting recognition"
TASK = "components.demo.work:create"
AUTHOR = "groundwork"


def ensure(store: Store, runner: Submits) -> Project | None:
    """Create the example unless it is there, or somebody deleted it."""
    if any(project.demo for project in store.projects()) or any(project.demo for project in store.projects(deleted=True)):
        return None
    return create(store, runner)


def create(store: Store, runner: Submits, person: str = AUTHOR) -> Project:
    """Create the example anew and have a worker fill it."""
    store.name_person(AUTHOR, "Groundwork")
    project = store.create_project(NAME, person, demo=True)
    runner.submit(project.id, TASK, {}, "Filling the example", AUTHOR)
    return project


def reset(store: Store, runner: Submits, person: str) -> Project:
    """Replace every example there is by a fresh one."""
    for project in store.projects():
        if project.demo:
            store.delete_project(project.id, person)
    return create(store, runner, person)
