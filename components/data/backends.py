"""Other engines than the embedded one: Spark, and PostgreSQL. What they are given and what they make is gone when they are left."""

import os
import re
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from components.errors import BadInput

EMBEDDED = "duckdb"
SETTING = "GROUNDWORK_ENGINE"


def chosen() -> str:
    """Return which engine computes: duckdb, spark, or the address of a PostgreSQL.

    Raises
    ------
    BadInput
        There is no such engine.
    """
    name = os.environ.get(SETTING) or EMBEDDED
    if name in {EMBEDDED, "spark"} or name.startswith(("postgresql://", "postgres://")):
        return name
    raise BadInput(f"There is no engine “{name[:40]}” for {SETTING}.", "Use duckdb, spark, or a postgresql:// address.")


def hashed(cell: Any) -> Any:
    """Return a whole number for a cell, the same for the same value; engines differ in which, so that no figure may rest on it."""
    if _named(cell) != "postgres":
        return cell.hash()
    import ibis

    def of_text(text: str, seed: int) -> int:
        """Stand for PostgreSQL's function of this name."""
        raise NotImplementedError

    known = ibis.udf.scalar.builtin(of_text, name="hashtextextended", signature=(("string", "int64"), "int64"))
    return known(cell.cast("string"), 0).coalesce(0)


def pattern(cell: Any, regex: str) -> str:
    """Return a regular expression in the words of the engine that a cell is in: letters and digits, and characters by their number."""
    if _named(cell) != "postgres":
        return regex
    told = regex.replace(r"[^\p{L}\p{N}]", "[^[:alnum:]]").replace(r"\p{L}", "[[:alpha:]]").replace(r"\x00", r"\x01")
    return re.sub(r"\\x\{([0-9A-F]{4})\}", r"\\u\1", told)


def _named(cell: Any) -> str:
    return str(cell.get_backend().name)


@contextmanager
def elsewhere(engine: str, table: pa.Table) -> Iterator[Any]:
    """Give a table to another engine; yields its expression there."""
    name = f"groundwork_{uuid.uuid4().hex}"
    with _on_spark(table, name) if engine == "spark" else _on_postgres(table, name, engine) as expression:
        yield expression


@cache
def spark() -> Any:
    """Return the Spark session of this process; the first call starts it.

    Raises
    ------
    BadInput
        PySpark or Java isn't installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise BadInput("PySpark isn't installed.", "Install pyspark>=3.5,<4.1 beside Groundwork, or leave the setting out.") from None
    settings = {
        "spark.master": "local[*]",
        "spark.sql.warehouse.dir": tempfile.mkdtemp(prefix="groundwork-spark-"),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "false",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    given = os.environ.get("PYSPARK_SUBMIT_ARGS", "").replace("--master ", "spark.master=")
    builder = SparkSession.builder.appName("groundwork")
    for key, value in settings.items():
        if key not in given:
            builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except Exception as error:
        raise BadInput("Spark could not be started.", "It needs Java 17 or newer: set JAVA_HOME, or leave the setting out.") from error


@contextmanager
def _on_spark(table: pa.Table, name: str) -> Iterator[Any]:
    import ibis

    session = spark()
    with tempfile.TemporaryDirectory(prefix="groundwork-") as folder:
        path = Path(folder) / "data.parquet"
        pq.write_table(table, path, coerce_timestamps="us", store_schema=False)
        connection = ibis.pyspark.connect(session)
        before = session.catalog.currentDatabase()
        session.sql(f"CREATE DATABASE {name}")
        session.catalog.setCurrentDatabase(name)
        try:
            rows = connection.read_parquet(str(path), table_name=f"data_{name}")
            yield rows.mutate(**{one: rows[one].cast("timestamp") for one, kind in rows.schema().items() if kind.is_timestamp()})
        finally:
            session.catalog.setCurrentDatabase(before)
            session.sql(f"DROP DATABASE {name} CASCADE")
            session.catalog.dropTempView(f"data_{name}")


@contextmanager
def _on_postgres(table: pa.Table, name: str, url: str) -> Iterator[Any]:
    import ibis
    import psycopg

    parts = urlsplit(url)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(f'CREATE SCHEMA "{name}"')
        try:
            connection = ibis.postgres.connect(
                host=parts.hostname or "localhost",
                port=parts.port or 5432,
                user=unquote(parts.username or ""),
                password=unquote(parts.password or ""),
                database=parts.path.lstrip("/") or "postgres",
                schema=name,
            )
            try:
                yield connection.create_table("data", table)
            finally:
                connection.disconnect()
        finally:
            owner.execute(f'DROP SCHEMA "{name}" CASCADE')
