"""Reading what a team brings: CSV, TSV, Parquet, JSON lines. Whatever can't be read is told in a sentence, with what to do."""

import io
import json
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from components.data.text_tables import WrongEncoding, decoded, read_text
from components.errors import BadInput

__all__ = ["ENDINGS", "MOST_BYTES", "WrongEncoding", "allowed", "read"]

MOST_BYTES = 200 * 1024 * 1024
MOST_COLUMNS = 5000
MOST_CELLS = 1_000_000_000
ENDINGS = (".csv", ".tsv", ".txt", ".parquet", ".jsonl", ".ndjson")


def read(name: str, data: bytes | Path, encoding: str | None = None) -> pd.DataFrame:
    """Return the table in a file.

    Parameters
    ----------
    name : str
        The file's name; its ending says what it is.
    data : bytes or Path
        Its content, or where it lies.
    encoding : str, optional
        Encoding of a text file; UTF-8 by default.

    Returns
    -------
    DataFrame
        Numbers, booleans and times are recognised; numbers with leading zeros stay text, since they are names and not sizes.

    Raises
    ------
    BadInput
        The file is too large, empty, damaged, ragged, in another encoding (`WrongEncoding`), or has no rows or doubled columns.
    """
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise BadInput(f"{name} can't be read: the ending “{ending or 'none'}” isn't known.", f"Bring one of {', '.join(ENDINGS)}.")
    size = size_of(name, data)
    if size > MOST_BYTES:
        raise BadInput(
            f"{name} has {size / 1024**2:.0f} MB; at most 200 MB can be read.", "Take a sample of its rows, or save it as Parquet."
        )
    if size == 0:
        raise BadInput(f"{name} is empty.", "Choose a file that has a header and at least one row.")
    if ending == ".parquet":
        return checked(name, _parquet(name, data))
    content = data.read_bytes() if isinstance(data, Path) else data
    if ending in {".jsonl", ".ndjson"}:
        return checked(name, _json_lines(name, content, encoding))
    return checked(name, read_text(name, content, encoding, "\t" if ending == ".tsv" else None))


def size_of(name: str, data: bytes | Path) -> int:
    """Return the size of a file in bytes."""
    if not isinstance(data, Path):
        return len(data)
    try:
        return data.stat().st_size
    except OSError:
        raise BadInput(f"{name} can't be opened.", "Check its name and its permissions.") from None


def allowed(path: str, folders: tuple[Path, ...]) -> Path:
    """Return a file on the server where it lies in one of the folders that the server's owner allowed.

    Raises
    ------
    BadInput
        There is no such file there, or the path leads out of the folders.
    """
    for folder in folders:
        with suppress(OSError, ValueError):  # no such path can be: too long, or with a sign that none holds
            found = (folder / path).resolve()
            if found.is_relative_to(folder.resolve()) and found.is_file():
                return found
    raise BadInput(f"There is no file “{path[:200]}” in the folders that this server reads.", "Choose one of those that are listed.")


def checked(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table once it is known to have rows, and columns with names of their own."""
    doubled = frame.columns[frame.columns.duplicated()]
    if len(doubled):
        raise BadInput(f"{name} has two columns called “{str(doubled[0])[:80]}”.", "Give each column a name of its own.")
    if frame.shape[1] > MOST_COLUMNS:
        raise BadInput(f"{name} has {frame.shape[1]:,} columns; at most {MOST_COLUMNS:,} can be read.", "Leave out what isn't needed.")
    if not len(frame) or not frame.shape[1]:
        raise BadInput(f"{name} has a header but no rows.", "Add at least one row below the header.")
    return frame


def _parquet(name: str, data: bytes | Path) -> pd.DataFrame:
    damaged = BadInput(f"{name} isn't a Parquet file, or is damaged.", "Write it again, or bring the table as CSV.")
    try:
        opened = pq.ParquetFile(data if isinstance(data, Path) else io.BytesIO(data))
        if opened.metadata.num_rows * opened.metadata.num_columns > MOST_CELLS:
            raise BadInput(f"{name} holds {opened.metadata.num_rows:,} rows; that is too many to read.", "Take a sample of its rows.")
        names = opened.schema_arrow.names
        double = next((column for place, column in enumerate(names) if column in names[:place]), None)
        if double is not None:
            raise BadInput(f"{name} has two columns called “{double[:80]}”.", "Give each column a name of its own.")
        frame = _as_pandas(opened.read())
    except (pa.ArrowException, OSError, OverflowError, UnicodeDecodeError):
        raise damaged from None
    except ValueError as error:
        raise error if isinstance(error, BadInput) else damaged from None
    if frame.index.name is not None or not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index()
    frame.columns = pd.Index([str(column) for column in frame.columns])
    return flattened(frame)


def _as_pandas(table: pa.Table) -> pd.DataFrame:
    """Return a table as pandas wrote it; where what the file says of its index is no sense, as its columns."""
    try:
        frame: pd.DataFrame = table.to_pandas()
    except (LookupError, TypeError, AttributeError, ValueError):
        frame = table.to_pandas(ignore_metadata=True)
    return frame


def flattened(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which every cell can be compared."""
    return pd.DataFrame({column: _flat(frame[column]) for column in frame.columns})


def _flat(column: pd.Series) -> pd.Series:
    """Write lists and structures as JSON and decimals as numbers, so that every cell can be compared."""
    if column.dtype != object:
        return column
    if column.map(lambda cell: isinstance(cell, dict | list | np.ndarray)).any():
        return column.map(lambda cell: _as_json(cell) if isinstance(cell, dict | list | np.ndarray) else cell)
    present = column.dropna()
    return column.astype("float64") if len(present) and present.map(lambda cell: isinstance(cell, Decimal)).all() else column


def _as_json(cell: Any) -> str:
    return json.dumps(cell.tolist() if isinstance(cell, np.ndarray) else cell, ensure_ascii=False, default=str)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return one object of JSON; the same name twice is an error, since one of the two would be lost."""
    if len(dict(pairs)) < len(pairs):
        raise _TwiceError(next(name for place, (name, _) in enumerate(pairs) if name in dict(pairs[:place])))
    return dict(pairs)


class _TwiceError(ValueError):
    """An object has the same name twice."""


def _json_lines(name: str, content: bytes, encoding: str | None) -> pd.DataFrame:
    rows = []
    for number, line in enumerate(decoded(name, content, encoding).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line, object_pairs_hook=_object)
        except _TwiceError as twice:
            what = f"{name}, line {number} has two values called “{str(twice)[:80]}”."
            raise BadInput(what, "Give each value a name of its own.", [f"{number}  {line[:160]}"]) from None
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise BadInput(
                f"{name}, line {number} isn't a JSON object with a name for each value.",
                'Write one object a line, like {"text": "…", "label": "…"}.',
                [f"{number}  {line[:160]}"],
            )
        rows.append({key: json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value for key, value in row.items()})
    if not rows:
        raise BadInput(f"{name} is empty.", "Write one JSON object a line.")
    try:
        frame = pd.DataFrame.from_records(rows)
        frame.columns = pd.Index([str(column) for column in frame.columns])
    except UnicodeEncodeError:
        raise BadInput(f"{name} holds half a character (\\ud800 to \\udfff).", "Write the file again as UTF-8.") from None
    return frame
