"""Tables as they are kept and handed out: one canonical Parquet for the same content, and CSV in which no cell is a formula."""

import io
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from components.errors import BadInput
from components.project.files import Files

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def canonical(frame: pd.DataFrame) -> bytes:
    """Return a table as Parquet, the same bytes for the same names, types and cells in the same order.

    The index is left out. A column of mixed types becomes text, with missing cells kept missing.
    """
    plain = pd.DataFrame({str(name): _plain(frame[name]) for name in frame.columns}) if len(frame.columns) else frame
    table = pa.Table.from_pandas(plain, preserve_index=False).replace_schema_metadata(None)
    table = table.cast(
        pa.schema([field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field for field in table.schema])
    )
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", version="2.6", store_schema=False, write_statistics=False)
    return sink.getvalue()


def _plain(column: pd.Series) -> pd.Series:
    if column.dtype != object:
        return column.reset_index(drop=True)
    kinds = {type(cell) for cell in column.dropna()}
    if len(kinds) > 1:
        column = column.map(str, na_action="ignore")
    return column.reset_index(drop=True)


def put_table(files: Files, frame: pd.DataFrame) -> str:
    """Keep a table and return the SHA-256 of its canonical form."""
    return files.put(canonical(frame))


def read_table(files: Files, sha: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return a kept table, or some of its columns."""
    try:
        table = pq.read_table(io.BytesIO(files.read(sha)), columns=list(columns) if columns is not None else None)
    except pa.ArrowInvalid as error:
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
    safe = pd.DataFrame({name: frame[name].map(_safe) if _holds_text(frame[name]) else frame[name] for name in frame.columns})
    safe.columns = pd.Index([_safe(str(name)) for name in frame.columns])
    return str(safe.to_csv(index=False, lineterminator="\n"))


def _holds_text(column: pd.Series) -> bool:
    return not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column))


def _safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
