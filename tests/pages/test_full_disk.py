"""A database without room, on the screen: a sentence, what was typed stays, and the next press saves it."""

import pytest
import sqlalchemy as sa

from components.project.data_sets import DataSet
from components.project.store import StoreUnavailable
from components.scoping.records import Problem

TYPED = "Forms wait two days"


@pytest.fixture
def limit(installation, project_id):
    """Says how many more pages the database may take; it is full at first."""
    store, most = installation.store(), [0]

    def set_limit(connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count={most[0] or 1_000_000}")

    sa.event.listen(store.database.engine, "begin", set_limit)
    with store.database.read() as connection:
        most[0] = connection.exec_driver_sql("PRAGMA page_count").scalar() + 2

    def fill():
        while True:
            store.save(project_id, DataSet(name="x", note="y" * 200), person="ana")

    with pytest.raises(StoreUnavailable):
        fill()
    yield most
    sa.event.remove(store.database.engine, "begin", set_limit)


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def test_what_somebody_typed_is_still_there_when_the_disk_was_full(open_tab, installation, project_id, limit):
    tab, store = open_tab(project_id), installation.store()
    app = tab.open("scoping/problems_and_solutions")
    app.text_area(key="problems.new.0.statement").set_value(TYPED)
    press(app, "Add the problem")
    tab.whole()
    assert "The disk is full, so nothing was saved." in tab.text
    assert "Make room on the server, then try again; what was saved is safe." in tab.text
    assert app.text_area(key="problems.new.0.statement").value == TYPED
    assert store.all(project_id, Problem) == []
    limit[0] = 0
    press(app, "Add the problem")
    tab.whole()
    assert [one.body.statement for one in store.all(project_id, Problem)] == [TYPED]
