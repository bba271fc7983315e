"""Folders of Parquet and tables in PostgreSQL: read where the server's owner allowed it, and nowhere else."""

from dataclasses import replace

import pandas as pd
import psycopg
import pytest

from components.data import places
from components.data.work import ingest
from components.errors import BadInput
from components.jobs.work import Work
from components.project.data_sets import DataVersion


@pytest.fixture
def shared(tmp_path):
    """A folder that the owner allowed, with two Parquet files of one table, and one beside it that was not allowed."""
    for name in ("allowed/orders", "secret"):
        (tmp_path / name).mkdir(parents=True)
        pd.DataFrame({"id": [1, 2], "x": [0.5, None]}).to_parquet(tmp_path / name / "a.parquet")
        pd.DataFrame({"id": [3], "x": [1.5]}).to_parquet(tmp_path / name / "b.parquet")
    return tmp_path


@pytest.fixture
def database(postgres_url):
    """An address of a database with one table."""
    url = postgres_url.replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute('CREATE TABLE "odd "" name" (id int, amount numeric(8,2), day date, who text)')
        connection.execute('INSERT INTO "odd "" name" VALUES (1, 2.50, %s, %s), (2, NULL, NULL, NULL)', ["2026-01-02", "Zoë"])
    return url


def table_of(database):
    return next(name for name in places.tables(database) if name.endswith('odd " name') and database.split("%3D")[1] in name)


def test_a_folder_is_one_table(shared, settings, store, files, project):
    allowed = replace(settings, data_folders=(shared / "allowed",))
    assert list(places.folders(allowed)) == ["allowed/orders"]
    assert places.read_folder(places.allowed_folder("allowed/orders", allowed))["id"].tolist() == [1, 2, 3]
    done = ingest(Work(store, files, allowed, project.id, {"name": "orders", "folder": "allowed/orders", "id_column": "id"}, "ana"))
    version = store.get(project.id, DataVersion, done["data_version"]).body
    assert (version.rows, version.columns) == (3, {"id": "number", "x": "number"})


@pytest.mark.parametrize("name", ["secret", "../secret", "allowed/../secret", "allowed", "", "/etc"])
def test_no_other_folder_is_read(shared, settings, name):
    (shared / "allowed" / "link").symlink_to(shared / "secret")
    with pytest.raises(BadInput, match="no folder"):
        places.allowed_folder(name, replace(settings, data_folders=(shared / "allowed",)))
    assert "allowed/link" not in places.folders(replace(settings, data_folders=(shared / "allowed",)))


def test_files_that_do_not_fit_together_and_empty_folders_are_bad_input(shared):
    pd.DataFrame({"id": ["word"]}).to_parquet(shared / "allowed" / "orders" / "c.parquet")
    with pytest.raises(BadInput, match="can't be read together"):
        places.read_folder(shared / "allowed" / "orders")
    (shared / "empty").mkdir()
    with pytest.raises(BadInput, match="no Parquet file"):
        places.read_folder(shared / "empty")


def test_a_table_of_an_allowed_database_is_read(database, settings, store, files, project):
    allowed = replace(settings, data_databases=(database,))
    (name,) = places.databases(allowed)
    assert name == "127.0.0.1/postgres"
    frame = places.read_database(name, table_of(database), allowed)
    assert frame["amount"].tolist()[0] == 2.5
    assert frame["who"].tolist()[0] == "Zoë"
    params = {"name": "odd", "database": name, "table": table_of(database)}
    done = ingest(Work(store, files, allowed, project.id, params, "ana"))
    assert store.get(project.id, DataVersion, done["data_version"]).body.rows == 2


def test_no_other_database_no_other_table_and_nothing_but_reading(database, settings):
    allowed = replace(settings, data_databases=(database,))
    with pytest.raises(BadInput, match="isn't among those"):
        places.read_database("127.0.0.1/other", "public.x", allowed)
    with pytest.raises(BadInput, match="no table"):
        places.read_database("127.0.0.1/postgres", "pg_catalog.pg_authid", allowed)
    with places._reading(database) as connection, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        connection.execute("CREATE TABLE x (y int)")


def test_a_database_that_does_not_answer_is_one_sentence_without_its_password():
    with pytest.raises(BadInput) as caught:
        places.tables("postgresql://ana:secret@127.0.0.1:1/none")
    assert "127.0.0.1/none doesn't answer" in str(caught.value)
    assert "secret" not in str(caught.value)
