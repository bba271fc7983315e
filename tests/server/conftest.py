"""Servers to which tests speak without a screen."""

import pytest

from tests.serving import bare_home, serve


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A server without an example, and its store."""
    with serve(bare_home(tmp_path_factory.mktemp("house") / "home")) as served:
        store = served.store()
        yield served.url, store
        store.close()
