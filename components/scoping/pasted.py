"""Tables as people bring them: pasted from a spreadsheet or out of a CSV, with headings as they happen to be called."""

import csv
import io
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from components import words
from components.errors import BadInput
from components.project.records import Body

B = TypeVar("B", bound=Body)
Row = tuple[str, dict[str, str]]
MOST_ROWS = 2000
MOST_SIGNS = 2_000_000
DELIMITERS = "\t;,|"
FORMULA = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")
PERCENT = re.compile(r"([+-]?[0-9]*[.,]?[0-9]+)\s*%")
COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+")


@dataclass
class Taken(Generic[B]):
    """What a text holds: records, the columns that nobody knows, and the rows that can't be taken, each with why."""

    entries: list[B] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def sentence(self, noun: str) -> str:
        """Say what was found."""
        found = f"{words.counted(len(self.entries), noun)} can be taken."
        if self.refused:
            found += f" {words.counted(len(self.refused), 'row')} can't."
        if self.unknown:
            names = words.listed([f"“{name}”" for name in self.unknown], most=12)
            found += f" {names} {'is' if len(self.unknown) == 1 else 'are'} unknown here and left out."
        return found


def taken(
    body_type: type[B], rows: Sequence[tuple[str, dict[str, Any]]], unknown: Sequence[str], make: Callable[[dict[str, Any]], B]
) -> Taken[B]:
    """Return the records that rows hold; a row that can't be one is told and spoils no other."""
    found = Taken[B](unknown=list(unknown))
    for place, row in rows:
        try:
            found.entries.append(make(row))
        except ValidationError as error:
            found.refused.append(f"{place}: {_sentence(body_type, error.errors()[0])}")
        except ValueError as error:
            found.refused.append(f"{place}: {error}")
    return found


def new_ones(found: Sequence[B], known: Sequence[B]) -> list[B]:
    """Return the records that are not there yet, each once."""
    here = {entry.model_dump_json() for entry in known}
    fresh = {entry.model_dump_json(): entry for entry in found}
    return [entry for said, entry in fresh.items() if said not in here]


def require_text(name: str, text: str, example: str) -> None:
    """Refuse what is empty or too long.

    Raises
    ------
    BadInput
        It is one of these.
    """
    if len(text) > MOST_SIGNS:
        raise BadInput(f"{name} is too long.", f"Bring at most {words.count(MOST_ROWS)} rows at once.")
    if not text.strip():
        raise BadInput(f"{name} is empty.", f"The first line names the columns, such as: {example}.")


def table_rows(name: str, text: str, fields: dict[str, str], required: Sequence[str]) -> tuple[list[Row], list[str]]:
    """Return the rows of a table with commas, semicolons, tabs or bars between its cells, and the headings that nobody knows.

    Parameters
    ----------
    fields : dict
        Headings in small letters, and the field that each stands for.
    required : sequence of str
        Fields that must have a column.

    Raises
    ------
    BadInput
        A required column is missing, two columns stand for one field, a row has more cells than the header, or a quote is open.
    """
    lines = _lines(name, text)
    number, header = next(lines)
    named = [fields.get(" ".join(heading.replace("_", " ").split()).lower(), "") for heading in header]
    twice = next((one for place, one in enumerate(named) if one and one in named[:place]), None)
    if twice:
        raise BadInput(f"{name} has two columns for “{twice}”.", "Leave one of them out.")
    absent = [f"“{one}”" for one in required if one not in named]
    if absent:
        known = ", ".join(dict.fromkeys(fields.values()))
        what = f"{name} has no column {words.listed(absent)}."
        raise BadInput(what, f"The first line names the columns; known are: {known}.", [f"{number}  {' | '.join(header)[:160]}"])
    unknown = [heading.strip() or f"column {place}" for place, (heading, one) in enumerate(zip(header, named, strict=True), 1) if not one]
    rows: list[Row] = []
    for number, cells in lines:
        if len(rows) >= MOST_ROWS:
            raise BadInput(f"{name} holds more than {words.count(MOST_ROWS)} rows.", "Bring fewer at once.")
        if any(cell.strip() for cell in cells[len(header) :]):
            what = f"{name}, line {number} has {len(cells)} cells, the header has {len(header)}."
            raise BadInput(what, "Put text that holds the sign between cells in quotes.")
        rows.append((f"Line {number}", {one: cell for one, cell in zip(named, cells, strict=False) if one}))
    if not rows:
        raise BadInput(f"{name} has a header but no rows.", "Add at least one row below it.")
    return rows, unknown


LONGEST_LINE = 100_000
"""Python's reader of CSV takes no longer cell than 131,072 signs."""


def _lines(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, with the number of their last line."""
    first = next(line for line in text.splitlines() if line.strip())
    if max(len(line) for line in text.splitlines()) > LONGEST_LINE:
        raise BadInput(
            f"{name} has a line of more than {LONGEST_LINE:,} signs.", "A table has a row a line: see whether this is the right file."
        )
    delimiter = max(DELIMITERS, key=lambda sign: (len(next(csv.reader([first], delimiter=sign))), -DELIMITERS.index(sign)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        told = "has a quote that is never closed" if "unexpected end" in str(error) else "can't be read"
        raise BadInput(f"{name} {told}, near line {reader.line_num}.", "Mend the line, or copy the table anew.") from None


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet runs as a formula; `unguarded` gives it back as it was.

    >>> guarded("=cmd()"), unguarded("'=cmd()"), unguarded(guarded("'=x")), guarded("fine")
    ("'=cmd()", '=cmd()', "'=x", 'fine')
    """
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that `guarded` put before it."""
    return cell[1:] if GUARDED.match(cell) else cell


def number_in(name: str, value: Any) -> float:
    """Return a number as people write it: `97.2 %`, `0,972`.

    Raises
    ------
    ValueError
        It is none.

    >>> number_in("score", "97.2 %"), number_in("score", "0,972"), number_in("year", 1998)
    (0.972, 0.972, 1998.0)
    """
    if isinstance(value, str):
        text, share = value.strip(), PERCENT.fullmatch(value.strip())
        text = share.group(1) if share else text
        text = text.replace(",", ".") if COMMA.fullmatch(text) else text
        try:
            value = round(float(text) / 100, 12) if share else float(text)
        except ValueError:
            raise ValueError(f"the {name} “{value[:40]}” isn't a number") from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"the {name} “{str(value)[:40]}” isn't a number")
    return float(value)


def decoded(name: str, content: bytes) -> str:
    """Return the text of a file in UTF-8.

    Raises
    ------
    BadInput
        It is in another encoding.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{name} isn't UTF-8.", "Save it as “CSV UTF-8”, or copy the table and paste it.") from None


def _sentence(body_type: type[Body], error: Any) -> str:
    place = str(error["loc"][0]) if error["loc"] else ""
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"].startswith(("date_from", "date_parsing")):
        message = "write the date as 2026-11-24"
    info = body_type.model_fields.get(place)
    title = (info.title if info else None) or place
    return f"{title}: {message[:1].lower()}{message[1:]}" if title else message
