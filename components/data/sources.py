"""Reading what a team brings: CSV, TSV, Parquet, JSON lines. Whatever can't be read is told in a sentence, with what to do."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from components.errors import BadInput

MOST_BYTES = 200 * 1024 * 1024
MOST_COLUMNS = 5000
ENDINGS = (".csv", ".tsv", ".txt", ".parquet", ".jsonl", ".ndjson")
NULLS = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "#N/A"]
ENCODINGS = ("utf-8", "cp1252", "latin-1", "utf-16")
LEADING_ZERO = re.compile(r"^\s*[+-]?0[0-9]")
TIME = re.compile(r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$")
ZONE = r"(?:[+-]\d{2}:?\d{2}|Z)$"


class WrongEncoding(BadInput):
    """A text file isn't UTF-8; `offer` names the encoding that its bytes look like."""

    def __init__(self, name: str, line: int, detected: str) -> None:
        super().__init__(
            f"{name} isn't UTF-8: line {line} holds bytes that no character has.",
            f"It looks like {detected}: read it as {detected}, or save it as UTF-8.",
        )
        self.offer = {"encoding": detected}


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
    size = data.stat().st_size if isinstance(data, Path) else len(data)
    if size > MOST_BYTES:
        raise BadInput(
            f"{name} has {size / 1024**2:.0f} MB; at most 200 MB can be read.", "Take a sample of its rows, or save it as Parquet."
        )
    if size == 0:
        raise BadInput(f"{name} is empty.", "Choose a file that has a header and at least one row.")
    if ending == ".parquet":
        frame = _parquet(name, data)
    else:
        content = data.read_bytes() if isinstance(data, Path) else data
        frame = _json_lines(name, content) if ending in {".jsonl", ".ndjson"} else _text(name, content, encoding, ending)
    return _checked(name, frame)


def _checked(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    doubled = frame.columns[frame.columns.duplicated()]
    if len(doubled):
        raise BadInput(f"{name} has two columns called “{doubled[0]}”.", "Give each column a name of its own.")
    if frame.shape[1] > MOST_COLUMNS:
        raise BadInput(f"{name} has {frame.shape[1]:,} columns; at most {MOST_COLUMNS:,} can be read.", "Leave out what isn't needed.")
    if not len(frame):
        raise BadInput(f"{name} has a header but no rows.", "Add at least one row below the header.")
    return frame


def _text(name: str, content: bytes, encoding: str | None, ending: str) -> pd.DataFrame:
    text = decoded(name, content, encoding)
    if not text.strip():
        raise BadInput(f"{name} is empty.", "Choose a file that has a header and at least one row.")
    delimiter = "\t" if ending == ".tsv" else _delimiter(text)
    header = next(csv.reader(io.StringIO(text), delimiter=delimiter))
    names = [column.strip() for column in header]
    unnamed = [place for place, column in enumerate(names, start=1) if not column]
    if unnamed and len(names) > 1:
        names = [column or f"column {place}" for place, column in enumerate(names, start=1)]
    if len(set(names)) < len(names):
        double = next(column for place, column in enumerate(names) if column in names[:place])
        raise BadInput(f"{name} has two columns called “{double[:80]}”.", "Give each column a name of its own.")
    table = _parsed(name, text, delimiter, names)
    return pd.DataFrame({column: _typed(table.column(place).to_pandas()) for place, column in enumerate(names)})


def _parsed(name: str, text: str, delimiter: str, names: list[str]) -> pa.Table:
    """Read every cell as text first: what is a number is decided per column, so that no leading zero is lost."""
    read_options = pa_csv.ReadOptions(column_names=names, skip_rows=0, block_size=max(1 << 20, len(text) + 1024))
    options = pa_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    try:
        table = pa_csv.read_csv(
            io.BytesIO(text.encode()),
            read_options=read_options,
            parse_options=pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=options,
        )
    except pa.ArrowInvalid:
        raise _ragged(name, text, delimiter, len(names)) from None
    return table.slice(1)


def _ragged(name: str, text: str, delimiter: str, columns: int) -> BadInput:
    """Find the first row with another number of cells and say where it is."""
    lines = text.splitlines()
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for row in reader:
            if row and len(row) != columns:
                number = reader.line_num
                shown = [f"{n}  {lines[n - 1][:160]}" for n in range(max(number - 1, 1), min(number + 1, len(lines)) + 1)]
                return BadInput(
                    f"{name}, line {number}: {len(row)} cells where the header has {columns}.",
                    f"Put text that holds “{delimiter if delimiter != chr(9) else 'tab'}” in quotes, or mend the line.",
                    shown,
                )
    except csv.Error as error:
        return BadInput(f"{name}, line {reader.line_num}: {error}.", "Mend the line, then bring the file again.")
    return BadInput(f"{name} can't be read as a table.", "Open it in a spreadsheet and save it as CSV.")


def _delimiter(text: str) -> str:
    """Return the sign that separates the cells of the header."""
    header = text.lstrip().split("\n", 1)[0]
    return max(",;\t|", key=header.count) if any(sign in header for sign in ",;\t|") else ","


def decoded(name: str, content: bytes, encoding: str | None) -> str:
    """Return a file's text; other encodings than UTF-8 are offered, never guessed silently."""
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")) and encoding is None:
        raise BadInput(f"{name} isn't a text file, whatever its ending says.", "Export the table as CSV or Parquet.")
    if encoding is not None and encoding not in ENCODINGS:
        raise BadInput(f"The encoding “{encoding[:40]}” isn't known here.", f"Use one of {', '.join(ENCODINGS)}.")
    try:
        return content.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise WrongEncoding(name, line, _detected(content)) from None


def _detected(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    controls = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return "latin-1" if controls & set(content) else "cp1252"


def _typed(column: pd.Series) -> pd.Series:
    """Give a column of text its type where every cell that isn't a spelling of “missing” has it: number, boolean or time."""
    present = column.dropna()
    present = present[~present.isin(NULLS)]
    if present.empty:
        return column
    sample = present.head(1000)
    if _looks_numeric(sample) and not present.str.match(LEADING_ZERO).any():
        numbers = pd.to_numeric(present, errors="coerce")
        if numbers.notna().all():
            whole = len(present) == len(column) and np.isfinite(numbers).all() and not present.str.contains("[.eEnN]", regex=True).any()
            return numbers.astype("int64") if whole and numbers.abs().max() < 2**53 else numbers.astype("float64").reindex(column.index)
    if set(sample.str.lower()) <= {"true", "false"} and set(present.str.lower()) <= {"true", "false"}:
        truth = present.str.lower() == "true"
        return truth.astype("bool") if len(present) == len(column) else truth.astype("boolean").reindex(column.index)
    if sample.str.match(TIME).all() and not sample.str.contains(ZONE, regex=True).any():
        times = pd.to_datetime(present, errors="coerce", format="ISO8601")
        if times.notna().all():
            return times.reindex(column.index)
    return column


def _looks_numeric(sample: pd.Series) -> bool:
    return bool(sample.str.match(r"^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$|^\s*[+-]?(inf|infinity)\s*$", flags=re.IGNORECASE).all())


def _parquet(name: str, data: bytes | Path) -> pd.DataFrame:
    try:
        table = pq.read_table(data if isinstance(data, Path) else io.BytesIO(data))
    except (pa.ArrowException, OSError):
        raise BadInput(f"{name} isn't a Parquet file, or is damaged.", "Write it again, or bring the table as CSV.") from None
    names = [str(column) for column in table.column_names]
    if len(set(names)) < len(names):
        raise BadInput(f"{name} has two columns of the same name.", "Give each column a name of its own.")
    frame: pd.DataFrame = table.to_pandas()
    if frame.index.name is not None or not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index()
    frame.columns = pd.Index([str(column) for column in frame.columns])
    return pd.DataFrame({column: _flat(frame[column]) for column in frame.columns})


def _flat(column: pd.Series) -> pd.Series:
    """Write lists and structures as JSON, so that every cell can be compared."""
    if column.dtype == object and column.map(lambda cell: isinstance(cell, dict | list | np.ndarray)).any():
        return column.map(lambda cell: _as_json(cell) if isinstance(cell, dict | list | np.ndarray) else cell)
    return column


def _as_json(cell: Any) -> str:
    return json.dumps(cell.tolist() if isinstance(cell, np.ndarray) else cell, ensure_ascii=False, default=str)


def _json_lines(name: str, content: bytes) -> pd.DataFrame:
    rows = []
    for number, line in enumerate(decoded(name, content, None).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise BadInput(
                f"{name}, line {number} isn't a JSON object.",
                'Write one object a line, like {"text": "…", "label": "…"}.',
                [f"{number}  {line[:160]}"],
            )
        rows.append({key: json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value for key, value in row.items()})
    if not rows:
        raise BadInput(f"{name} is empty.", "Write one JSON object a line.")
    frame = pd.DataFrame(rows)
    frame.columns = pd.Index([str(column) for column in frame.columns])
    return frame
