"""What counts as a missing cell (null, and text that spells it), and as an infinite one."""

from typing import Any

MISSING_SPELLINGS = ("", "na", "n/a", "nan", "null", "none", "nil", "missing", "?", "-", "--", ".", "#n/a")


def missing_text(cell: Any) -> Any:
    """Whether a cell of text is null or spells that it is missing, as an Ibis expression."""
    return cell.isnull() | cell.strip().lower().isin(MISSING_SPELLINGS)


LARGEST = 1.7976931348623157e308


def infinite(cell: Any) -> Any:
    """Whether a floating-point cell is infinite, as an Ibis expression; Spark takes a comparison with infinity itself for false."""
    return cell.abs() > LARGEST
