"""Cells as a rule reads them: as a number, a time or text, whatever the column holds them as."""

from datetime import datetime
from typing import Any

from components.data.checks.table import Table

NUMBER = r"^\s*[+-]?([0-9]{1,200}\.?[0-9]{0,200}|\.[0-9]{1,200})([eE][+-]?[0-9]{1,2})?\s*$"
WHOLE = r"^\s*[+-]?[0-9]+\s*$"
DAY_OF_YEAR = (
    r"(\d{4}-(02-(0[1-9]|1\d|2[0-8])|(0[469]|11)-(0[1-9]|[12]\d|30)|(0[13578]|1[02])-(0[1-9]|[12]\d|3[01]))"
    r"|(\d{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)"
)
TIME = rf"^\s*{DAY_OF_YEAR}([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{{1,6}})?)?)?\s*$"
TRUTH = r"^\s*([tT][rR][uU][eE]|[fF][aA][lL][sS][eE])\s*$"
TO_THE_DAY, TO_THE_MINUTE = 10, 16


def present(table: Table, column: str) -> Any:
    """Whether a cell is filled."""
    return ~table.missing(column)


def number(table: Table, column: str) -> Any:
    """Return a cell as a number; null where it is none."""
    cell = table[column]
    if column in table.text:
        return cell.re_search(NUMBER).ifelse(cell.strip(), None).cast("float64")
    return cell.ifelse(1.0, 0.0) if table.schema[column].is_boolean() else cell.cast("float64")


def text(table: Table, column: str) -> Any:
    """Return a cell as text."""
    cell = table[column]
    if column in table.text:
        return cell
    return cell.ifelse("true", "false") if table.schema[column].is_boolean() else cell.cast("string")


def outside(table: Table, column: str, low: float | datetime | None, high: float | datetime | None) -> Any:
    """Whether a filled cell is below `low`, above `high`, or can't be compared with them."""
    by_time = isinstance(low if low is not None else high, datetime)
    kind = table.schema[column]
    if by_time and column in table.text:
        cell = _padded(table[column])
        bounds = [None if one is None else f"{one:%Y-%m-%d %H:%M:%S}" for one in (low, high)]
    elif by_time:
        cell, bounds = (table[column] if kind.is_timestamp() else None), [low, high]  # type: ignore[list-item]
    else:
        cell, bounds = (None if kind.is_timestamp() else number(table, column)), [low, high]  # type: ignore[list-item]
    if cell is None:
        return present(table, column)
    wrong = cell.isnull()
    if bounds[0] is not None:
        wrong |= cell < bounds[0]
    if bounds[1] is not None:
        wrong |= cell > bounds[1]
    return present(table, column) & wrong


def _padded(cell: Any) -> Any:
    """Return an ISO time as text to the second, so that its order is that of time; null where it is none."""
    iso = cell.re_search(TIME).ifelse(cell.strip().replace("T", " "), None)
    return (iso.length() == TO_THE_DAY).ifelse(iso + " 00:00:00", (iso.length() == TO_THE_MINUTE).ifelse(iso + ":00", iso))
