"""A result of a check in words."""

from typing import Any

from components import words


def headline(result: dict[str, Any]) -> str:
    """Name a result: what it is, and where."""
    return f"{result['title']}: {result['column']}" if result["column"] else str(result["title"])


def figure_text(result: dict[str, Any]) -> str:
    """Say what was found, against the threshold."""
    figure, threshold = result["figure"], result["threshold"]
    note = f" ({result['note']})" if result["note"] else ""
    if figure is None:
        return result["note"] or "It could not be computed."
    limit = "at least" if result["at_least"] else "at most"
    return f"{_written(figure, result['unit'])}{note}, where {limit} {_written(threshold, result['unit'])} passes."


def _written(figure: float, unit: str) -> str:
    if unit == "count":
        return words.count(figure)
    return words.percent(figure) if unit == "share" else words.decimal(figure)
