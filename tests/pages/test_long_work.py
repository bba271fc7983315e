"""How long work ended is seen by those whom it concerns, also after a refresh, until they put it away."""

import pytest

from components.ui.uploads import concerns_me

TASK = "components.data.work:check"


def shown(tab):
    """What the screen of the overview says, on which the filling of an example is watched."""
    tab.open("project/overview")
    return tab.text


def test_what_a_server_lost_is_said_to_everybody_and_can_be_started_again(tab, installation, monkeypatch):
    store = installation.store()
    store.add_job(tab.project_id, "components.demo.work:create", {}, "Filling the example", "groundwork", "a server")
    store.lose_jobs("a server")
    assert "The server stopped while this was running" in shown(tab)
    assert "What it had found by then is kept." in tab.text
    begun = []
    monkeypatch.setattr(type(installation.runner()), "submit", lambda _, *asked: begun.append(asked) or "again")
    next(button for button in tab.app.button if button.label == "Start it again").click().run()
    tab.whole()
    assert begun[0][:3] == (tab.project_id, "components.demo.work:create", {})


def test_it_can_be_put_away(tab, installation):
    store = installation.store()
    store.add_job(tab.project_id, "components.demo.work:create", {}, "Filling the example", "groundwork", "a server")
    store.lose_jobs("a server")
    assert "The server stopped" in shown(tab)
    next(button for button in tab.app.button if button.label == "Close").click().run()
    assert "The server stopped" not in tab.text


@pytest.mark.parametrize(
    ("how", "by", "concerns"), [("lost", "ben", True), ("failed", "ben", False), ("failed", "ana", True), ("done", "ana", False)]
)
def test_whom_it_concerns(installation, project_id, monkeypatch, how, by, concerns):
    store = installation.store()
    job = store.add_job(project_id, TASK, {}, "Checking", by, "a server")
    if how == "lost":
        store.lose_jobs("a server")
    else:
        store.end_job(job, how)
    monkeypatch.setattr("components.ui.uploads.person", lambda: store.name_person("ana", "Ana"))
    monkeypatch.setattr("components.ui.uploads.state.value", lambda _, default=None: default)
    assert concerns_me("checks", store.job(job)) is concerns
