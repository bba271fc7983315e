"""The data engine: Ibis over an embedded DuckDB that can reach nothing but the table it was given."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from components.project.tables import canonical

ROW = "row"
"""Name in the engine of the column with the number of the row, counted from 1."""
MEMORY = "6GB"
LOCKS = (
    "temp_directory=''",
    f"memory_limit='{MEMORY}'",
    "preserve_insertion_order=false",
    "enable_external_access=false",
    "autoinstall_known_extensions=false",
    "autoload_known_extensions=false",
    "lock_configuration=true",
)


@contextmanager
def opened(table: pd.DataFrame | pa.Table) -> Iterator[tuple[Any, dict[str, str]]]:
    """Give a table to the engine; yields its expression, and the name in the engine of each of its columns.

    Columns are called by their place there, so that no name can mean anything to the engine; rows are numbered in the column `ROW`.
    The database may not read or write files, load extensions or change its settings.
    """
    import ibis

    arrow = table if isinstance(table, pa.Table) else as_arrow(table)
    names = {str(name): f"c{place}" for place, name in enumerate(arrow.column_names)}
    columns = [_plain(column) for column in arrow.columns]
    numbered = pa.array(range(1, arrow.num_rows + 1), pa.int64())
    connection = ibis.duckdb.connect()
    try:
        expression = connection.create_table("data", pa.table([*columns, numbered], names=[*names.values(), ROW]))
        for lock in LOCKS:
            connection.raw_sql(f"SET {lock}")
        yield expression, names
    finally:
        connection.disconnect()


def as_arrow(frame: pd.DataFrame) -> pa.Table:
    """Return a table as Arrow; where a column has no single type, as what is kept of it: text."""
    frame = frame.reset_index(drop=True).set_axis([str(name) for name in frame.columns], axis=1)
    try:
        if not any(pd.api.types.is_object_dtype(kind) for kind in frame.dtypes):
            return pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    except pa.ArrowException:
        pass  # such as periods and complex numbers
    return pq.read_table(io.BytesIO(canonical(frame)))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column as one of the types that checks know: boolean, whole number, float (NaN being missing), text, time."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _plain(column.cast(kind.value_type))
    if pa.types.is_timestamp(kind):
        return column.cast(pa.timestamp("us"), safe=False)
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        numbers = column.cast(pa.float64())
        return pc.if_else(pc.is_nan(numbers), pa.scalar(None, pa.float64()), numbers)
    if pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_string(kind):
        return column
    try:
        return column.cast(pa.string())
    except (pa.ArrowException, UnicodeDecodeError):
        return pa.chunked_array([pa.array([None if cell is None else str(cell) for cell in column.to_pylist()], pa.string())])
