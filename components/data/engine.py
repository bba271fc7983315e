"""The data engine: Ibis over an embedded DuckDB that can reach nothing but the table it was given."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd
import pyarrow as pa

ROW = "groundwork row"
"""Name of the column with the number of the row, counted from 1."""


@contextmanager
def opened(frame: pd.DataFrame) -> Iterator[Any]:
    """Give a table to the engine; its rows are numbered in the column `ROW`.

    The database may not read or write files, load extensions or change its settings: a column name or a cell can never make it.
    """
    import ibis

    arrow = pa.Table.from_pandas(_uniform(frame), preserve_index=False).replace_schema_metadata(None)
    arrow = arrow.append_column(ROW, pa.array(range(1, len(frame) + 1), pa.int64()))
    connection = ibis.duckdb.connect()
    try:
        table = connection.create_table("data", arrow)
        for setting in ("enable_external_access=false", "autoinstall_known_extensions=false", "lock_configuration=true"):
            connection.raw_sql(f"SET {setting}")
        yield table
    finally:
        connection.disconnect()


def _uniform(frame: pd.DataFrame) -> pd.DataFrame:
    """Write columns of mixed types as text; the engine knows one type a column."""
    columns = {}
    for name in frame.columns:
        column = frame[name]
        if column.dtype == object and len({type(cell) for cell in column.dropna()} - {str}) > 0:
            column = column.map(str, na_action="ignore")
        columns[str(name)] = column.reset_index(drop=True)
    return pd.DataFrame(columns)
