"""Tables come into being and into today's form by migrations, whoever starts first."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import components.project
from components.kinds import KINDS
from components.project import schema
from components.project.store import Store, StoreUnavailable
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


FILLED = {
    "0001": (
        "INSERT INTO project (id, name, created_at, created_by, changed_at, unlisted, demo, deleted, seq) "
        "VALUES ('p', 'Handwriting', :now, 'ana', :now, :no, :no, :no, 1)",
        "INSERT INTO record (project_id, kind, id, version, body, updated_by, updated_at, seq) "
        "VALUES ('p', 'target', 'target', 1, :body, 'ana', :now, 1)",
        "INSERT INTO history (project_id, seq, kind, record_id, version, after, person, at) "
        "VALUES ('p', 1, 'target', 'target', 1, :body, 'ana', :now)",
        "INSERT INTO person (id, name) VALUES ('ana', 'Ana')",
        "INSERT INTO presence (project_id, person_id, screen, at) VALUES ('p', 'ana', 'Overview', :now)",
        "INSERT INTO job (id, project_id, task, title, params, state, share, message, submitted_by, submitted_at, error, result, server) "
        "VALUES ('j', 'p', 'a:b', 'Work', '{}', 'done', 1, '', 'ana', :now, '', '{}', 's')",
    ),
    "0002": ("INSERT INTO server (id, seen_at) VALUES ('s', :now)",),
    "0003": (
        "INSERT INTO ballot (project_id, round_id, voter, name, role, done, entered_by, at) "
        "VALUES ('p', 'r', 'ana', 'Ana', '', :no, 'ana', :now)",
        "INSERT INTO vote (project_id, round_id, voter, card, answers, note, at) VALUES ('p', 'r', 'ana', 'c', '{}', '', :now)",
    ),
    "0004": (),
}
"""What each migration brought room for, filled."""


def every_revision():
    folder = str(Path(components.project.__file__).parent / "migrations")
    return [one.revision for one in reversed(list(ScriptDirectory(folder).walk_revisions()))]


def test_every_migration_is_tried_with_data_in_it():
    assert list(FILLED) == every_revision()
    assert every_revision()[-1] == schema.REVISION


@pytest.mark.parametrize("revision", FILLED)
def test_a_database_of_any_earlier_version_is_brought_forward_with_all_it_holds(database_url, revision):
    now = datetime.now(UTC).replace(tzinfo=None)
    body = '{"schema_version": 1, "metric": "accuracy", "value": 0.5, "direction": "higher", "why": ""}'
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        for step, rows in FILLED.items():
            command.upgrade(config(connection), step)
            for row in rows:
                wanted = {"now": now, "no": False, "body": body}
                connection.execute(sa.text(row), {name: value for name, value in wanted.items() if f":{name}" in row})
            if step == revision:
                break
    engine.dispose()
    store = Store(database_url, KINDS)
    assert store.get("p", Target, "target").body.value == 0.5
    assert [one.person for one in store.history("p")] == ["ana"]
    assert store.job("j").state == "done"
    assert store.person("ana").name == "Ana"
    assert store.project("p").everyone == "editor"
    if revision != "0004":
        assert [(one.person_id, one.role) for one in store.members("p")] == [("ana", "owner")]
    assert store.save("p", Target(value=0.6), person="ben", id="target", read=1).seq == 2
    store.close()


def test_a_way_back_is_refused_with_what_to_do(any_store):
    with any_store.database.write() as connection, pytest.raises(NotImplementedError, match="restore a backup"):
        command.downgrade(config(connection), "-1")
    assert any_store.projects() == []


def test_a_database_of_a_newer_version_is_left_alone_and_said_to_be_newer(any_store, database_url):
    with any_store.database.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match="newer version"):
        Store(database_url, KINDS)
