"""Real parts for every test: SQLite and PostgreSQL, a store of files, settings in a folder of its own."""

import os
import uuid
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from components.kinds import KINDS
from components.project.files import Files
from components.project.settings import Settings
from components.project.store import Store
from tests.browsing import browser
from tests.postgres import Cluster
from tests.serving import copy_home, filled_home, serve

os.environ.setdefault("OMP_NUM_THREADS", "1")  # two workers share two processors
os.environ |= {"GROUNDWORK_NICE": "0", "GROUNDWORK_WARM": "0"}  # tests wait for workers, and few tests need one
# A busy machine is no defect, and a run says the same as the last one.
hypothesis.register_profile("shared", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("shared")
ROOT = Path(__file__).resolve().parents[1]
FIRST_NUMBERS: dict[tuple[str, str], dict] = {}


@pytest.fixture(autouse=True)
def own_numbers(request):
    """Begin each test at the numbers its module began with, whatever ran before it."""
    module = getattr(request, "module", None)
    for name, generator in list(vars(module).items()) if module else []:
        if isinstance(generator, np.random.Generator):
            generator.bit_generator.state = FIRST_NUMBERS.setdefault((module.__name__, name), generator.bit_generator.state)


@pytest.fixture(scope="session")
def postgres_server():
    """A PostgreSQL of the test run's own, on a free port."""
    cluster = Cluster()
    cluster.start()
    yield cluster.url
    cluster.remove()


@pytest.fixture
def postgres_url(postgres_server):
    """A fresh, empty schema."""
    import psycopg

    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{name}"')
    yield f"{postgres_server}?options=-csearch_path%3D{name}"
    with psycopg.connect(postgres_server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'DROP SCHEMA "{name}" CASCADE')


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """The address of an empty database, SQLite and PostgreSQL in turn."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    return f"sqlite:///{tmp_path / 'groundwork.db'}"


@pytest.fixture
def any_store(database_url):
    """A store on SQLite and on PostgreSQL in turn."""
    opened = Store(database_url, KINDS)
    yield opened
    opened.close()


@pytest.fixture
def settings(tmp_path):
    """Settings of an installation in a folder of its own, on SQLite."""
    home = tmp_path / "home"
    return Settings(home, f"sqlite:///{home / 'groundwork.db'}", f"sqlite:///{home / 'mlflow.db'}")


@pytest.fixture
def store(settings):
    """A store on SQLite."""
    opened = Store(settings.database_url, KINDS)
    yield opened
    opened.close()


@pytest.fixture
def files(settings):
    """The files of the installation."""
    return Files(settings.home)


@pytest.fixture
def project(store):
    """An empty project."""
    return store.create_project("Handwriting", "ana")


@pytest.fixture
def reference_data():
    """The folder of reference data; tests that need it are skipped, and say so, where it is missing."""
    folder = Path(os.environ.get("GROUNDWORK_REFERENCE_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the reference data isn't here: set GROUNDWORK_REFERENCE_DATA to its folder")
    return folder


@pytest.fixture(scope="session")
def filled(tmp_path_factory, worker_id):
    """A home with a filled example, made once for all test processes; copy it, no server uses it."""
    base = tmp_path_factory.getbasetemp()
    return filled_home(base if worker_id == "master" else base.parent)


@pytest.fixture
def filled_copy(filled, tmp_path):
    """A filled home of the test's own."""
    return copy_home(filled, tmp_path / "home")


@pytest.fixture(scope="session")
def served(filled, tmp_path_factory):
    """A server on a filled home, shared by the tests of this process."""
    with serve(copy_home(filled, tmp_path_factory.mktemp("served") / "home")) as one:
        yield one


@pytest.fixture(scope="session")
def opened_browser():
    """One browser for each test process: Playwright starts no second one beside it."""
    with browser() as one:
        yield one


def pytest_collection_modifyitems(items):
    """Let a test that drives a browser begin anew, twice at most: a page that a busy machine draws late is no defect; it is reported."""
    for item in items:
        if "browser" in item.path.parts or item.path.stem.endswith("browser"):
            item.add_marker(pytest.mark.flaky(reruns=2))
