"""Tables as they are kept and handed out: one canonical Parquet for the same content, and CSV in which no cell is a formula."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from components.errors import BadInput
from components.project.files import Files

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def canonical(frame: pd.DataFrame) -> bytes:
    """Return a table as Parquet, the same bytes for the same names, types and cells in the same order.

    The index is left out. A column whose cells Parquet has no common type for (numbers among text, sets, periods, …) becomes text,
    with missing cells kept missing; categories become their values.

    Raises
    ------
    BadInput
        Two columns have the same name.
    """
    names = [str(name) for name in frame.columns]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(f"Two columns are called “{twice[0]}”.", "Give every column a name of its own.")
    columns = [_column(frame.iloc[:, position]) for position in range(len(names))]
    sink = io.BytesIO()
    table = pa.table(columns, names=names) if names else pa.table({})
    pq.write_table(table, sink, compression="zstd", version="2.6", store_schema=False, write_statistics=False)
    return sink.getvalue()


def _column(cells: pd.Series) -> pa.Array:
    """Return a column as Arrow has it after a round trip through Parquet."""
    if isinstance(cells.dtype, pd.SparseDtype):
        cells = cells.sparse.to_dense()
    if isinstance(cells.dtype, pd.CategoricalDtype):
        cells = cells.astype(object if cells.isna().any() else cells.cat.categories.dtype)
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        in_utc = _plain(pa.array(cells.dt.tz_convert(None), from_pandas=True))
        return in_utc.cast(pa.timestamp(in_utc.type.unit, "UTC"))
    if cells.dtype == object:
        as_text = len({_kind(cell) for cell in cells.dropna()}) > 1
    else:
        as_text = isinstance(cells.dtype, pd.PeriodDtype | pd.IntervalDtype) or cells.dtype.kind in "cm"
    if not as_text:
        try:
            return _plain(pa.array(cells, from_pandas=True))
        except (pa.ArrowException, OverflowError, UnicodeEncodeError):
            pass  # no type of Parquet holds these cells
    return pa.array([None if missing else _text(cell) for cell, missing in zip(cells, cells.isna(), strict=True)], pa.string())


def _kind(cell: Any) -> type:
    """Return the type of a cell, with all numbers as one: whole and broken ones share a column."""
    if isinstance(cell, bool | np.bool_):
        return bool
    return float if isinstance(cell, int | float | np.integer | np.floating) else type(cell)


def _plain(array: Any) -> Any:
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_large_string(array.type) or pa.types.is_string_view(array.type):
        return array.cast(pa.string())
    if pa.types.is_timestamp(array.type) and array.type.unit != "us":
        try:
            return array.cast(pa.timestamp("us", array.type.tz))
        except pa.ArrowInvalid:
            return array
    return array


def _text(cell: Any) -> str:
    text = cell.decode("utf-8", "backslashreplace") if isinstance(cell, bytes) else str(cell)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def put_table(files: Files, frame: pd.DataFrame) -> str:
    """Keep a table and return the SHA-256 of its canonical form."""
    return files.put(canonical(frame))


def read_table(files: Files, sha: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return a kept table, or some of its columns.

    Raises
    ------
    BadInput
        The file is missing, damaged or no table, or has no such column.
    """
    try:
        with pq.ParquetFile(io.BytesIO(files.read(sha))) as parquet:
            absent = [name for name in columns or () if name not in parquet.schema_arrow.names]
            if absent:
                raise BadInput(f"There is no column “{absent[0]}”.", f"The columns are: {', '.join(parquet.schema_arrow.names[:12])}.")
            table = parquet.read(columns=list(columns) if columns is not None else None)
    except (pa.ArrowException, OSError) as error:
        raise BadInput("This table can't be read.", "Bring the data in again.") from error
    frame: pd.DataFrame = table.to_pandas()
    return frame


def to_csv(frame: pd.DataFrame) -> str:
    """Return a table as CSV; text that a spreadsheet would run as a formula begins with an apostrophe.

    >>> print(to_csv(pd.DataFrame({"text": ["=cmd()", "fine"], "number": [-1, 2]})), end="")
    text,number
    '=cmd(),-1
    fine,2
    """
    columns = (frame.iloc[:, position] for position in range(len(frame.columns)))
    safe = [column.astype(object).map(_safe) if _holds_text(column) else column for column in columns]
    table = pd.concat(safe, axis=1) if safe else frame
    table.columns = pd.Index([_safe(str(name)) for name in frame.columns], dtype=object)
    text = str(table.to_csv(index=False, lineterminator="\n"))
    if "\r" in text:  # unquoted, it would begin a line, and so a cell that nobody looked at
        text = str(table.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC))
    return text


def _holds_text(column: pd.Series) -> bool:
    return not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column))


def _safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
