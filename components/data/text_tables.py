"""Tables written as text: their encoding, the sign between their cells, and where a line is broken."""

import csv
import io
from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from components.data.recognition import recognised
from components.errors import BadInput

ENCODINGS = ("utf-8", "cp1252", "latin-1", "utf-16")
MARKS = (b"\xff\xfe", b"\xfe\xff")
UNDEFINED_IN_CP1252 = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
UNCLOSED = "unexpected end of data"
DELIMITERS = ",;\t|"
PEEK = 65536
LOOKED_AT = 50
MOST_CONTROLS = 0.02
CONTROLS = bytes(range(1, 9)) + bytes(range(14, 27)) + bytes(range(28, 32)) + b"\x7f"
KINDS = {
    b"PAR1": "a Parquet file",
    b"PK\x03\x04": "a zip or a spreadsheet",
    b"%PDF": "a PDF",
    b"\x89PNG": "a PNG image",
    b"\x1f\x8b": "gzip",
}


class WrongEncoding(BadInput):
    """A text file isn't in the encoding it was read in; `offer` names the one that its bytes look like."""

    def __init__(self, name: str, line: int, tried: str, detected: str) -> None:
        super().__init__(
            f"{name} isn't {tried.upper()}: line {line} holds bytes that no character has.",
            f"It looks like {detected}: read it as {detected}, or save it as UTF-8.",
        )
        self.offer = {"encoding": detected}


def read_text(name: str, content: bytes, encoding: str | None, delimiter: str | None = None) -> pd.DataFrame:
    """Return the table in a text file; without a delimiter, the one that its first lines agree on."""
    text = decoded(name, content, encoding).lstrip("\r\n")
    if not text.strip():
        raise BadInput(f"{name} is empty.", "Choose a file that has a header and at least one row.")
    delimiter = delimiter or _delimiter(text)
    names = _names(name, text, delimiter)
    table = _parsed(name, text, delimiter, names)
    if not table.num_rows:
        raise BadInput(f"{name} has a header but no rows.", "Add at least one row below the header.")
    return pd.DataFrame({column: _column(recognised(table.column(place))) for place, column in enumerate(names)})


def _column(cells: pa.ChunkedArray) -> pd.Series:
    if pa.types.is_boolean(cells.type) and cells.null_count:
        return pd.Series(cells.to_pylist(), dtype="boolean")
    column: pd.Series = cells.to_pandas()
    return column


def _names(name: str, text: str, delimiter: str) -> list[str]:
    """Return the names of the columns; one that has none is called after its place."""
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise BadInput(f"{name}, line 1 isn't a header.", "Let the first line name the columns.") from None
    names = [column.strip() or f"column {place}" for place, column in enumerate(header, start=1)]
    double = next((column for place, column in enumerate(names) if column in names[:place]), None)
    if double is not None:
        raise BadInput(f"{name} has two columns called “{double[:80]}”.", "Give each column a name of its own.")
    return names


def _parsed(name: str, text: str, delimiter: str, names: list[str]) -> pa.Table:
    """Read every cell as text first: what is a number is decided per column, so that no leading zero is lost."""
    _require_closed(name, text, delimiter)
    encoded = text.encode()
    try:
        table = pa_csv.read_csv(
            io.BytesIO(encoded),
            read_options=pa_csv.ReadOptions(column_names=names, block_size=min(max(1 << 20, len(encoded) + 1024), (1 << 31) - 1)),
            parse_options=pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        raise _ragged(name, text, delimiter, len(names)) from None
    return table.slice(1)


def _rows(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the number of the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        what = "a quote is opened and never closed" if str(error) == UNCLOSED else str(error)
        raise BadInput(f"{name}, line {begins}: {what}.", "Mend the line, then bring the file again.", _around(text, begins)) from None


def _ragged(name: str, text: str, delimiter: str, columns: int) -> BadInput:
    """Find the first row with another number of cells and say where it is."""
    sign = "tab" if delimiter == "\t" else delimiter
    try:
        for number, row in _rows(name, text, delimiter):
            if row and len(row) != columns:
                return BadInput(
                    f"{name}, line {number}: {len(row)} cells where the header has {columns}.",
                    f"Put text that holds “{sign}” in quotes, or mend the line.",
                    _around(text, number),
                )
    except BadInput as error:
        return error
    return BadInput(f"{name} can't be read as a table.", "Open it in a spreadsheet and save it as CSV.")


def _require_closed(name: str, text: str, delimiter: str) -> None:
    """Refuse a quote that is never closed: it would swallow all rows that follow."""
    if text.count('"') % 2 == 0:
        return
    try:
        for _ in _rows(name, text, delimiter):
            pass
    except BadInput as error:
        if "never closed" in error.what:
            raise


def _around(text: str, number: int) -> list[str]:
    """Return a line with its neighbours, each with its number."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [f"{n}  {lines[n - 1][:160]}" for n in range(max(number - 1, 1), min(number + 1, len(lines)) + 1)]


def _delimiter(text: str) -> str:
    """Return the sign that parts the first lines into the most cells, the same number in each where one does."""
    start = "".join(text[:PEEK].splitlines(keepends=True)[:LOOKED_AT])
    best, most = ",", (False, 1)
    for sign in DELIMITERS:
        try:
            counts = [len(row) for row in csv.reader(io.StringIO(start, newline=""), delimiter=sign) if row]
        except csv.Error:
            continue
        if counts and counts[0] > 1:
            agrees = (len(set(counts[:-1] or counts)) == 1, counts[0])
            best, most = (sign, agrees) if agrees > most else (best, most)
    return best


def decoded(name: str, content: bytes, encoding: str | None) -> str:
    """Return a file's text; other encodings than UTF-8 are offered, never guessed silently."""
    if encoding is not None and encoding not in ENCODINGS:
        raise BadInput(f"The encoding “{encoding[:40]}” isn't known here.", f"Use one of {', '.join(ENCODINGS)}.")
    if not content.startswith(MARKS) and encoding != "utf-16":
        _refuse_binary(name, content)
    try:
        text = content.decode("utf-8-sig" if encoding in {None, "utf-8"} else encoding or "")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise WrongEncoding(name, line, encoding or "utf-8", _detected(content)) from None
    if "\0" in text:
        raise BadInput(f"{name} isn't a text file, whatever its ending says.", "Export the table as CSV or Parquet.")
    return text


def _refuse_binary(name: str, content: bytes) -> None:
    start = content[:PEEK]
    kind = next((kind for mark, kind in KINDS.items() if start.startswith(mark)), None)
    if kind or b"\0" in start or len(start.translate(None, CONTROLS)) < (1 - MOST_CONTROLS) * len(start):
        what = f"{name} isn't a text file but {kind}." if kind else f"{name} isn't a text file, whatever its ending says."
        raise BadInput(what, "Export the table as CSV or Parquet, and give the file the ending of its kind.")


def _detected(content: bytes) -> str:
    if content.startswith(MARKS):
        return "utf-16"
    return "latin-1" if UNDEFINED_IN_CP1252 & set(content) else "cp1252"
