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
TOKEN = re.compile(r"\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\p\{L\}|\\.|\[:\^?\w+:\]|\[\^?\]?|.", re.DOTALL)
OPTION = re.compile(r"(\^?(?:\(\?:)?)\(\?([is]+)\)")
CLASSES = {r"\d": "0-9", r"\w": "A-Za-z0-9_", r"\s": r" \t\n\f\r", r"\p{L}": "[:alpha:]"}
WORDS = {r"\b": r"\y", r"\B": r"\Y", r"\z": r"\Z"}
LARGEST_SHORT = 0xFFFF


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
    """Return a regular expression (RE2) in the words of the engine that a cell is in.

    PostgreSQL has other words for word boundaries, the ends of the text, classes of Unicode and characters by their number, means more by
    a digit and a letter, and takes options at the very beginning alone; what it has no word for it refuses. A digit of another script
    may be a letter to it.
    """
    if _named(cell) != "postgres":
        return regex
    parts, within = [], False
    for token in TOKEN.findall(regex.replace(r"[^\p{L}\p{N}]", "[^[:alnum:]]")):
        parts.append(_in_postgres(token, within))
        within = token.startswith("[") or (within and token != "]")
    told = "".join(parts)
    option = OPTION.match(told)
    return f"(?{option[2]}){option[1]}{told[option.end() :]}" if option else told


def _in_postgres(token: str, within: bool) -> str:
    """Return a piece of a pattern as PostgreSQL writes it; `within` square brackets or not."""
    if token.startswith(r"\x"):
        code = max(int(token[2:].strip("{}"), 16), 1)  # no text of PostgreSQL holds the character 0
        return f"\\u{code:04X}" if code <= LARGEST_SHORT else f"\\U{code:08X}"
    if token in CLASSES:
        return CLASSES[token] if within else f"[{CLASSES[token]}]"
    if token.lower() in CLASSES and not within:
        return f"[^{CLASSES[token.lower()]}]"
    return WORDS.get(token, token)


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
