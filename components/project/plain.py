"""Text and figures brought to a form that every database and JSON can hold."""

import math
from typing import Any

from components.errors import BadInput

LONGEST_ID = 64
LONGEST_RECORD_ID = 128


def line(text: str) -> str:
    r"""Return a text on one line, without signs that no screen can show.

    >>> line("  Ana\x00 \n Maria ")
    'Ana Maria'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def name_of(what: str, text: str, longest: int) -> str:
    """Return a name as it is kept; `what` says whose it is.

    Raises
    ------
    BadInput
        It is empty or too long.
    """
    name = line(text)
    if not name:
        raise BadInput(f"The {what} has no name yet.", "Type one.")
    if len(name) > longest:
        raise BadInput(f"The name of the {what} has {len(name)} characters.", f"Use at most {longest}.")
    return name


def is_id(text: str) -> bool:
    """Whether a text can be an id; what stands in an address or a cookie may be anything."""
    return 0 < len(text) <= LONGEST_ID and text.isprintable()


def check_ids(person_id: str, record_id: str) -> None:
    """Refuse ids that not every database can hold.

    Raises
    ------
    BadInput
        One is too long, or holds signs that can't be shown.
    """
    if not (is_id(person_id) and 0 < len(record_id) <= LONGEST_RECORD_ID and record_id.isprintable()):
        raise BadInput("This can't be saved under that name.", "Names have at most 128 signs, and all of them can be shown.")


def finite(value: Any) -> Any:
    """Return a value that JSON can hold: NumPy's numbers become Python's, and what isn't a number becomes None."""
    if isinstance(value, dict):
        return {str(key): finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [finite(inner) for inner in value]
    if hasattr(value, "tolist"):
        return finite(value.tolist())
    return None if isinstance(value, float) and not math.isfinite(value) else value
