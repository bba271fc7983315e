"""A result of a check in words."""

from typing import Any

from components import words


def headline(group: list[dict[str, Any]]) -> str:
    """Name what a check found: what it is, and in which columns."""
    columns = [result["column"] for result in group if result["column"]]
    return f"{group[0]['title']}: {words.listed(columns, most=3)}" if columns else str(group[0]["title"])


def figure_text(group: list[dict[str, Any]]) -> str:
    """Say what was found, in the worst column, against the threshold."""
    result = group[0]
    figure, threshold = result["figure"], result["threshold"]
    note = f" ({result['note']})" if result["note"] else ""
    if figure is None:
        return result["note"] or "It could not be computed."
    limit = "at least" if result["at_least"] else "at most"
    worst = f"Up to {words.counted(result['rows'], 'row')}: " if len(group) > 1 else ""
    return f"{worst}{_written(figure, result['unit'])}{note}, where {limit} {_written(threshold, result['unit'])} passes."


def _written(figure: float, unit: str) -> str:
    if unit == "count":
        return words.count(figure)
    return words.percent(figure) if unit == "share" else words.decimal(figure)
