"""Tables come into being and into today's form by migrations, whoever starts first."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

import components.project
from components.kinds import KINDS
from components.project import schema
from components.project.store import Store
from components.project.target import Target

ROOT = Path(__file__).resolve().parents[2]
START = "import sys; from components.project.store import Store; Store(sys.argv[1], ()).ping()"


def config(connection):
    config = Config()
    config.set_main_option("script_location", str(Path(components.project.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def test_the_migrations_make_the_tables_that_the_store_reads(any_store):
    with any_store.database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), schema.metadata) == []
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == schema.REVISION


def test_a_database_of_the_first_version_is_brought_forward_with_all_it_holds(database_url):
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        command.upgrade(config(connection), "0001")
        now = datetime.now(UTC).replace(tzinfo=None)
        connection.execute(
            sa.text(
                "INSERT INTO project (id, name, created_at, created_by, changed_at, unlisted, demo, deleted, seq) "
                "VALUES ('p', 'Handwriting', :now, 'ana', :now, :no, :no, :no, 0)"
            ),
            {"now": now, "no": False},
        )
    engine.dispose()
    store = Store(database_url, KINDS)
    assert store.project("p").name == "Handwriting"
    assert store.save("p", Target(value=0.5), person="ana", id="target").seq == 1
    assert store.working_servers() == {}
    store.close()


def test_servers_that_start_at_once_all_start(database_url):
    servers = [subprocess.Popen([sys.executable, "-c", START, database_url], cwd=ROOT, stderr=subprocess.PIPE) for _ in range(4)]
    endings = [(server.communicate()[1].decode(), server.returncode) for server in servers]
    assert endings == [("", 0)] * 4
