"""Roles hold for whoever speaks to the server without a screen: every widget of every screen pressed over the websocket itself."""

import secrets

from components.demo import AUTHOR
from components.demo.templates import TEMPLATES, begin
from components.project.decisions import Decision
from components.project.target import Target
from components.scoping.milestones import Milestone
from components.scoping.records import Problem, Solution
from components.server.middleware import person_id
from components.ui.screens import SCREENS
from tests.serving import example_id, serve
from tests.wire import opened, spoken

SECRET = "Nobody outside may read this sentence"
SHOWN = [screen for screen in SCREENS if screen.needs_project]


def test_a_viewer_who_presses_everything_on_every_screen_changes_nothing(house):
    url, store = house
    cookie = secrets.token_urlsafe(24)
    me, project = person_id(cookie), begin(store, TEMPLATES[0], "Ours", "ana")
    problem = store.save(project.id, Problem(statement="Forms wait"), person="ana").id
    store.save(project.id, Solution(problem=problem, title="Read by machine", approach="build"), person="ana")
    store.save(project.id, Target(value=0.98), person="ana", id="target")
    store.save(project.id, Decision(title="Begin small"), person="ana")
    store.save(project.id, Milestone(title="Pilot"), person="ana")
    store.set_role(project.id, me, "viewer", by="ana")
    before = store.history(project.id, most=None), store.project(project.id).name, store.members(project.id)
    pressed = 0
    for screen in SHOWN:
        wire = spoken(opened(url, cookie, screen.url_path, f"project={project.id}", press=True))
        assert b"Traceback" not in wire.heard, screen.path
        assert b"did not foresee" not in wire.heard, screen.path
        assert (b"so its forms rest" in wire.heard) is not screen.bare, screen.path
        pressed += len(wire.widgets)
    assert pressed > 100
    assert (store.history(project.id, most=None), store.project(project.id).name, store.members(project.id)) == before
    assert store.jobs(project.id) == []


def test_a_viewer_of_a_project_full_of_work_changes_nothing_either(filled_copy):
    """With data, models, rounds and a rollout there stand forms on the screens that an empty project doesn't have."""
    cookie, pressed = secrets.token_urlsafe(24), 0
    with serve(filled_copy) as served:
        store = served.store()
        project = example_id(store)
        store.set_everyone(project, "viewer", by=AUTHOR)
        before = store.history(project, most=None), store.jobs(project)
        for screen in SHOWN:
            wire = spoken(opened(served.url, cookie, screen.url_path, f"project={project}", press=True))
            assert b"Traceback" not in wire.heard, screen.path
            assert b"did not foresee" not in wire.heard, screen.path
            pressed += len(wire.widgets)
        assert pressed > 300
        assert (store.history(project, most=None), store.jobs(project)) == before
        store.close()


def test_an_outsider_hears_nothing_of_a_project_on_any_screen(house):
    url, store = house
    cookie = secrets.token_urlsafe(24)
    project = store.create_project(SECRET, "ana", everyone="").id
    store.save(project, Problem(statement=SECRET), person="ana", id="first")
    store.save(project, Target(value=0.98), person="ana", id="target")
    for screen in SCREENS:
        wire = spoken(opened(url, cookie, screen.url_path, f"project={project}", press=screen in SHOWN))
        assert SECRET.encode() not in wire.heard, screen.path
    assert {one.person for one in store.history(project)} == {"ana"}
    inside = secrets.token_urlsafe(24)
    store.set_role(project, person_id(inside), "viewer", by="ana")
    wire = spoken(opened(url, inside, "problems-and-solutions", f"project={project}", press=False))
    assert SECRET.encode() in wire.heard
