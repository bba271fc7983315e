"""People with a browser each, on the server of this test process."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from tests.browsing import WAIT, complaints, tab
from tests.serving import example_id

expect.set_options(timeout=WAIT)


@pytest.fixture
def new_tab(opened_browser):
    """Open tabs, each of another person; in the end no console may have complained."""
    with ExitStack() as stack:
        heard = []

        def open_one(**how):
            page = stack.enter_context(tab(opened_browser, **how))
            heard.append(complaints(page))
            return page

        yield open_one
        assert [line for lines in heard for line in lines] == []


@pytest.fixture
def page(new_tab):
    """A tab on a wide screen."""
    return new_tab()


@pytest.fixture(scope="session")
def example(served):
    """The id of the filled example."""
    store = served.store()
    yield example_id(store)
    store.close()


@pytest.fixture
def server_store(served):
    """The store of the server."""
    store = served.store()
    yield store
    store.close()


@pytest.fixture
def empty_project(server_store):
    """The id of a new project on the server."""
    return server_store.create_project("Reading forms", "nobody").id
