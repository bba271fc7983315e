"""What the cells of a column of text are: numbers, booleans, times, or text after all."""

import pyarrow as pa
import pyarrow.compute as pc

NULLS = ("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "#N/A")
NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$|^(?i:[+-]?inf(inity)?)$"
WHOLE = r"^[+-]?[0-9]+$"
LEADING_ZERO = r"^[+-]?0[0-9]"
TIME = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?$"
SAMPLE = 1000
EXACT_DIGITS = 15
INTEGER_DIGITS = 18


def recognised(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Give a column of text its type where every cell that isn't a spelling of “missing” has it.

    Numbers with leading zeros, and whole numbers too long to be computed with exactly, stay text: they are names and not sizes.
    """
    spelt = pc.is_in(column, value_set=pa.array(NULLS, pa.string()))
    cells = pc.if_else(spelt, pa.scalar(None, pa.string()), column)
    if cells.null_count == len(cells):
        return column
    cells = pc.utf8_trim_whitespace(cells)
    sample = cells.drop_null().slice(0, SAMPLE)
    for kind in (_numbers, _truths, _times):
        if kind(sample) is not None:
            found = kind(cells)
            if found is not None:
                return found
    return column


def _all(cells: pa.ChunkedArray, pattern: str) -> bool:
    """Whether every cell that isn't missing has a pattern."""
    return bool(pc.all(pc.match_substring_regex(cells, pattern), min_count=0).as_py())


def _any(cells: pa.ChunkedArray, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(cells, pattern), min_count=0).as_py())


def _numbers(cells: pa.ChunkedArray) -> pa.ChunkedArray | None:
    if not _all(cells, NUMBER) or _any(cells, LEADING_ZERO):
        return None
    plain = pc.replace_substring_regex(cells, r"^\+", "")
    if _all(plain, WHOLE):
        digits = pc.max(pc.utf8_length(pc.utf8_ltrim(plain, "-"))).as_py()
        if digits > (EXACT_DIGITS if plain.null_count else INTEGER_DIGITS):
            return None
        return plain.cast(pa.int64())
    try:
        return plain.cast(pa.float64())
    except pa.ArrowInvalid:  # beyond what a float holds, such as 1e999
        return pa.chunked_array([pa.array([None if cell is None else float(cell) for cell in plain.to_pylist()], pa.float64())])


def _truths(cells: pa.ChunkedArray) -> pa.ChunkedArray | None:
    return pc.equal(pc.utf8_lower(cells), "true") if _all(cells, r"^(?i:true|false)$") else None


def _times(cells: pa.ChunkedArray) -> pa.ChunkedArray | None:
    if not _all(cells, TIME):
        return None
    iso = pc.replace_substring(cells, "T", " ")
    iso = pc.replace_substring_regex(iso, r"^(\S{10})$", r"\1 00:00")
    iso = pc.replace_substring_regex(iso, r"^(\S{10} \d{2}:\d{2})$", r"\1:00")
    try:
        return iso.cast(pa.timestamp("us"))
    except pa.ArrowInvalid:  # such as the 31st of April
        return None
