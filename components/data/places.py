"""Data that lie on the server, where its owner allowed it: folders of Parquet files, and tables in PostgreSQL."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from components.data import sources
from components.errors import BadInput
from components.project.settings import Settings

MOST_LISTED = 500
SECONDS = 10


def folders(settings: Settings) -> dict[str, Path]:
    """Return the folders within the allowed ones that hold Parquet files, by their names there."""
    found: dict[str, Path] = {}
    for root in settings.data_folders:
        for folder in sorted({path.parent for path in root.rglob("*.parquet")}):
            if len(found) < MOST_LISTED and folder.resolve().is_relative_to(root) and len(list(folder.glob("*.parquet"))) > 1:
                found[str(folder.relative_to(root.parent))] = folder.resolve()
    return found


def allowed_folder(name: str, settings: Settings) -> Path:
    """Return a folder of Parquet by its name; only one of those that are listed.

    Raises
    ------
    BadInput
        There is no such folder among those that the server's owner allowed.
    """
    found = folders(settings).get(name)
    if found is None:
        raise BadInput(f"There is no folder “{name[:200]}” among those that this server reads.", "Choose one of those that are listed.")
    return found


def read_folder(folder: Path) -> pd.DataFrame:
    """Return the rows of all Parquet files in a folder, in the order of their names; links that lead out of it are not read.

    Raises
    ------
    BadInput
        There is none, one is damaged, they don't fit together, or they hold too much.
    """
    files = [path for path in sorted(folder.rglob("*.parquet")) if path.resolve().is_relative_to(folder.resolve())]
    if not files:
        raise BadInput(f"The folder {folder.name} holds no Parquet file.", "Choose a folder with files that end in .parquet.")
    try:
        cells = sum(meta.num_rows * meta.num_columns for meta in map(pq.read_metadata, files))
        if cells > sources.MOST_CELLS:
            raise BadInput(f"The folder {folder.name} holds {cells:,} cells; that is too many to read.", "Choose some of its files.")
        whole = pa.concat_tables([pq.read_table(path, partitioning=None) for path in files], promote_options="permissive")
    except pa.ArrowException as error:
        what = str(error).splitlines()[0][:160]
        raise BadInput(f"The files in {folder.name} can't be read together: {what}.", "They need the same columns and types.") from None
    return sources.checked(folder.name, sources.flattened(whole.to_pandas()))


def databases(settings: Settings) -> dict[str, str]:
    """Return the addresses of the allowed databases by their names: host and database, without user and password."""
    return {_called(url): url for url in settings.data_databases}


def _called(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname or 'localhost'}/{parts.path.lstrip('/') or 'postgres'}"


def tables(url: str) -> list[str]:
    """Return the tables and views of a database that its user may read, as schema.table.

    Raises
    ------
    BadInput
        The database doesn't answer.
    """
    query = (
        "SELECT table_schema || '.' || table_name FROM information_schema.tables "
        "WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1 LIMIT 500"
    )
    with _reading(url) as connection:
        return [name for (name,) in connection.execute(query)]


def read_database(name: str, table: str, settings: Settings) -> pd.DataFrame:
    """Return a table of an allowed database.

    Raises
    ------
    BadInput
        The database isn't among the allowed ones or doesn't answer, or has no such table, or the table is too large.
    """
    from psycopg import sql

    url = databases(settings).get(name)
    if url is None:
        raise BadInput(f"The database “{name[:80]}” isn't among those that this server reads.", "Choose one of those that are listed.")
    if table not in tables(url):
        raise BadInput(f"There is no table “{table[:120]}” in {name}.", "Choose one of those that are listed.")
    schema, _, short = table.partition(".")
    source = sql.Identifier(schema, short)
    with _reading(url) as connection:
        rows = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(source)).fetchone()[0]
        found = connection.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(source))
        columns = [column.name for column in found.description]
        if rows * max(len(columns), 1) > sources.MOST_CELLS // 10:
            raise BadInput(f"The table {table} holds {rows:,} rows; that is too many to read.", "Make a view with a sample of its rows.")
        cells = connection.execute(sql.SQL("SELECT * FROM {}").format(source)).fetchall()
    frame = pd.DataFrame(cells, columns=columns).infer_objects()
    return sources.checked(table, sources.flattened(frame))


def _reading(url: str) -> Any:
    """Open a database for reading only."""
    import psycopg

    try:
        connection = psycopg.connect(url, connect_timeout=SECONDS)
    except psycopg.Error:
        raise BadInput(f"The database {_called(url)} doesn't answer.", "Ask whoever runs this server.") from None
    connection.read_only = True
    return connection
