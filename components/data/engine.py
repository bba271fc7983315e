"""The data engine: Ibis over an embedded DuckDB that can reach nothing but the table it was given."""

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from components.data import backends
from components.project.tables import canonical

ROW = "row"
"""Name in the engine of the column with the number of the row, counted from 1."""
MEMORY = "6GB"
LITTLE_MEMORY = "1GB"
MOST_CELLS_HELD = 60_000_000
"""A Parquet file of more cells than these is read again by each step instead of being held in memory."""
BYTES_OF_A_PLACE = 3
"""A cell of text that takes fewer in a Parquet file is a place in a list of values; words are longer."""
PLAIN = (
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_decimal,
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_date,
)
LOCKS = (
    "preserve_insertion_order=false",
    "enable_external_access=false",
    "autoinstall_known_extensions=false",
    "autoload_known_extensions=false",
    "lock_configuration=true",
)


Source: TypeAlias = pd.DataFrame | pa.Table | Path
"""What the engine is given: a table in memory, or where a Parquet file lies."""


class Opened(NamedTuple):
    """A table in the engine: its expression, the name there of each of its columns, and its cells where they lie in memory."""

    expression: Any
    names: dict[str, str]
    cells: pa.Table | None


@contextmanager
def opened(table: Source, beside: pd.DataFrame | None = None) -> Iterator[Opened]:
    """Give a table to the engine.

    Columns are called by their place there, so that no name can mean anything to the engine; rows are numbered in the column `ROW`.
    The database may not read or write files but the one it was given, load extensions or change its settings. `beside` holds more
    columns of the same rows, which keep their names there.
    """
    import ibis

    names = {name: f"c{place}" for place, name in enumerate(column_names(table))}
    engine = backends.chosen()
    if engine != backends.EMBEDDED:
        with backends.elsewhere(engine, _unfolded(_numbered(table, names, beside))) as elsewhere:
            yield Opened(elsewhere, names, None)
        return
    with tempfile.TemporaryDirectory(prefix="groundwork-") as folder:
        connection = ibis.duckdb.connect()
        connection.raw_sql("SET enable_progress_bar=false")  # it would be drawn into what a program reads
        try:
            if isinstance(table, Path) and beside is None and row_count(table) * len(names) > MOST_CELLS_HELD:
                expression = _scanned(connection, table, names)
                limits = [f"memory_limit='{LITTLE_MEMORY}'", f"temp_directory='{folder}'"]
                _lock(connection, [*limits, f"allowed_paths=[{_quoted(table)}]"])
                yield Opened(expression, names, None)
                return
            cells = _numbered(table, names, beside)
            connection.con.register("data", cells)  # read where it lies: no copy is made
            expression = connection.table("data")
            _lock(connection, [f"memory_limit='{MEMORY}'", "temp_directory=''"])
            yield Opened(expression, names, cells)
        finally:
            connection.disconnect()


def _lock(connection: Any, limits: list[str]) -> None:
    for setting in (*limits, *LOCKS):
        connection.raw_sql(f"SET {setting}")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _numbered(table: Source, names: dict[str, str], beside: pd.DataFrame | None) -> pa.Table:
    """Return a table in memory as the engine takes it."""
    if isinstance(table, Path):
        table = read(table)
    arrow = table if isinstance(table, pa.Table) else as_arrow(table)
    more = {} if beside is None else {str(name): _plain(as_arrow(beside[[name]]).column(0)) for name in beside.columns}
    numbered = pa.array(np.arange(1, arrow.num_rows + 1, dtype=np.int64))
    columns = [*(_plain(column) for column in arrow.columns), *more.values(), numbered]
    return pa.table(columns, names=[*names.values(), *more, ROW])


def _scanned(connection: Any, path: Path, names: dict[str, str]) -> Any:
    """Return a Parquet file as an expression, each column as one of the types that checks know."""
    rows = connection.read_parquet(str(path), file_row_number=True)
    columns = {}
    for name, short in names.items():
        cell = rows[name]
        if cell.type().is_floating():
            cell = cell.isnan().ifelse(None, cell).cast("float64")
        elif cell.type().is_decimal():
            cell = cell.cast("float64")
        elif cell.type().is_temporal():
            cell = cell.cast("timestamp(6)")
        columns[short] = cell
    return rows.select(**columns, **{ROW: rows.file_row_number + 1})


def read(path: Path) -> pa.Table:
    """Read a Parquet file; a column of text that is stored as a short list of values and places in it stays so."""
    schema, metadata = pq.read_schema(path), pq.read_metadata(path)
    sizes = dict.fromkeys(schema.names, 0)
    for group in range(metadata.num_row_groups):
        for place in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(place)
            if chunk.path_in_schema in sizes:
                sizes[chunk.path_in_schema] += chunk.total_uncompressed_size
    text = [field.name for field in schema if pa.types.is_string(field.type)]
    return pq.read_table(path, read_dictionary=[name for name in text if sizes[name] < BYTES_OF_A_PLACE * metadata.num_rows])


def scannable(path: Path) -> bool:
    """Whether the engine can read a Parquet file by itself: every column has a plain type, and no two have the same name."""
    try:
        with pq.ParquetFile(path) as opened:
            schema, rows = opened.schema_arrow, opened.metadata.num_rows
    except (pa.ArrowException, OSError):
        return False  # whoever reads it says what is wrong with it
    kinds = [kind.value_type if pa.types.is_dictionary(kind) else kind for kind in schema.types]
    fit = all(any(is_kind(kind) for is_kind in PLAIN) or (pa.types.is_timestamp(kind) and kind.tz is None) for kind in kinds)
    same = len({name.lower() for name in schema.names}) < len(schema.names)
    return fit and not same and rows > 0 and "file_row_number" not in schema.names


def column_names(table: Source) -> list[str]:
    """Return the names of the columns."""
    if isinstance(table, Path):
        return list(pq.read_schema(table).names)
    return [str(name) for name in (table.column_names if isinstance(table, pa.Table) else table.columns)]


def row_count(table: Source) -> int:
    """Return the number of rows."""
    return int(pq.read_metadata(table).num_rows) if isinstance(table, Path) else len(table)


def as_arrow(frame: pd.DataFrame) -> pa.Table:
    """Return a table as Arrow; where a column has no single type, as what is kept of it: text."""
    frame = frame.reset_index(drop=True).set_axis([str(name) for name in frame.columns], axis=1)
    try:
        if not any(pd.api.types.is_object_dtype(kind) for kind in frame.dtypes):
            return pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    except pa.ArrowException:
        pass  # such as periods and complex numbers
    return pq.read_table(io.BytesIO(canonical(frame)))


def is_folded(kind: pa.DataType) -> bool:
    """Whether a column holds text as a list of values and places in it."""
    return bool(pa.types.is_dictionary(kind) and pa.types.is_string(kind.value_type))


def _unfolded(table: pa.Table) -> pa.Table:
    kinds = [(field.name, pa.string() if is_folded(field.type) else field.type) for field in table.schema]
    return table.cast(pa.schema(kinds))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column as one of the types that checks know: boolean, whole number, float (NaN being missing), text, time."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return column.unify_dictionaries() if is_folded(kind) else _plain(column.cast(kind.value_type))
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return column.cast(pa.timestamp("us"), safe=False)
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        numbers = column.cast(pa.float64())
        gone = pc.is_nan(numbers)
        return pc.if_else(gone, pa.scalar(None, pa.float64()), numbers) if pc.any(gone).as_py() else numbers
    if pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_string(kind):
        return column
    try:
        return column.cast(pa.string())
    except (pa.ArrowException, UnicodeDecodeError):
        return pa.chunked_array([pa.array([None if cell is None else str(cell) for cell in column.to_pylist()], pa.string())])
