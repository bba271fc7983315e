"""What counts as a missing cell: null, and text that spells it."""

from typing import Any

MISSING_SPELLINGS = ("", "na", "n/a", "nan", "null", "none", "nil", "missing", "?", "-", "--", ".", "#n/a")


def missing_text(cell: Any) -> Any:
    """Whether a cell of text is null or spells that it is missing, as an Ibis expression."""
    return cell.isnull() | cell.strip().lower().isin(MISSING_SPELLINGS)
