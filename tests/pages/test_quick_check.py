"""A file, and within seconds its checks and baselines, without a project."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from components.data.records import CheckRun
from components.modelling.records import Leaderboard
from tests.pages.conftest import finished

pytestmark = [pytest.mark.xdist_group("workers")]


def table(rows=120):
    rng = np.random.default_rng(0)
    size = rng.normal(size=rows)
    return pd.DataFrame(
        {"size": size, "colour": rng.choice(["red", "blue"], rows), "sold": np.where(size + rng.normal(size=rows) > 0, "yes", "no")}
    )


def drop(tab, content, name="shop.csv"):
    app = tab.open("project/quick_check")
    app.file_uploader(key="quick_check.upload").set_value((name, content, "text/csv")).run()
    tab.whole()
    tab.project_id = app.query_params["project"][0] if isinstance(app.query_params["project"], list) else app.query_params["project"]
    return app


@pytest.fixture
def tab(open_tab, installation):
    """A tab without any project."""
    return open_tab()


def test_nothing_is_needed_but_a_file(tab):
    tab.open("project/quick_check")
    assert tab.answer == "Drop a file to find out."
    assert "forgotten after a week" in tab.text


def test_checks_and_baselines_on_one_screen_and_it_can_be_kept(tab, installation, open_tab):
    store = installation.store()
    drop(tab, table()[["sold", "colour", "size"]].to_csv(index=False).encode())
    project = store.project(tab.project_id)
    assert project.unlisted
    assert timedelta(days=6.9) < project.expires_at - datetime.now(UTC) < timedelta(days=7.1)
    assert not store.projects()
    finished(store, tab.project_id)
    app = tab.open("project/quick_check")
    assert "You can train" in tab.answer
    app.selectbox(key="quick_check.target").select("sold").run()
    tab.whole()
    jobs = finished(store, tab.project_id, "components.modelling.work:baselines", 120)
    assert [job.state for job in jobs] == ["done"]
    finished(store, tab.project_id)
    tab.open("project/quick_check")
    assert store.all(tab.project_id, Leaderboard)[0].body.target == "sold"
    assert "same folds" in tab.text
    colleague = open_tab(tab.project_id)
    colleague.open("project/quick_check")
    assert colleague.answer == tab.answer
    kept = tab.open("project/quick_check")
    next(button for button in kept.button if button.label == "Keep it as a project").click().run()
    tab.whole()
    assert [project.name for project in store.projects()] == ["shop"]
    assert store.project(tab.project_id).expires_at is None


def test_a_target_that_is_guessed_needs_no_click(tab, installation):
    store = installation.store()
    drop(tab, table().rename(columns={"sold": "label"}).to_csv(index=False).encode())
    finished(store, tab.project_id)
    tab.open("project/quick_check")
    assert store.all(tab.project_id, Leaderboard)[0].body.target == "label"
    assert "target “label”" in tab.text
    (run,) = store.all(tab.project_id, CheckRun)
    assert any(result["code"] == "L01" and result["status"] == "passed" for result in run.body.results)


def test_a_last_column_of_two_values_is_taken_as_what_is_predicted_and_the_screen_says_that_it_guessed(tab, installation):
    store = installation.store()
    drop(tab, table()[["size", "colour", "sold"]].to_csv(index=False).encode())
    finished(store, tab.project_id)
    tab.open("project/quick_check")
    assert store.all(tab.project_id, Leaderboard)[0].body.target == "sold"
    assert "Guessed from the columns" in tab.text


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "is empty"), (b"a,b\n", "no rows"), (b"a\n1,2\n", "line 2"), (b"\x00\x01", "isn't a text file")]
)
def test_a_file_that_cannot_be_read_says_why_to_everybody_with_the_address(tab, installation, open_tab, content, says):
    drop(tab, content)
    finished(installation.store(), tab.project_id)
    for one in (tab, open_tab(tab.project_id)):
        one.open("project/quick_check")
        assert one.answer == "This file can't be read yet."
        assert says in one.text
        assert any(button.label == "Choose another file" for button in one.app.button)


def test_another_encoding_is_offered_and_read(tab, installation):
    drop(tab, "name,label\nMüller,a\nMeier,b\n".encode("latin-1"))
    finished(installation.store(), tab.project_id)
    app = tab.open("project/quick_check")
    next(button for button in app.button if button.label == "Read it as cp1252").click().run()
    finished(installation.store(), tab.project_id)
    tab.open("project/quick_check")
    assert tab.answer == "Too few to train on: 2 rows. Nothing else is wrong."
