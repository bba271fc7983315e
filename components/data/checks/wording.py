"""A result of a check in words."""

from typing import Any

from components import words

LONGEST = 48
"""Signs of the name of a column in a sentence; the table of the results has all of it."""


def headline(group: list[dict[str, Any]]) -> str:
    """Name what a check found: what it is, and in which columns."""
    columns = [words.shortened(result["column"], LONGEST) for result in group if result["column"]]
    return f"{group[0]['title']}: {words.listed(columns, most=3)}" if columns else str(group[0]["title"])


def figure_text(group: list[dict[str, Any]]) -> str:
    """Say what was found, in the worst column."""
    result = group[0]
    if result["figure"] is None:
        return result["note"] or "It could not be computed."
    says = str(result.get("says", "{figure}, where {threshold} passes."))
    found = says.format(
        figure=_written(result["figure"], result["unit"]),
        threshold=_written(result["threshold"], result["unit"]),
        rows=words.counted(result["rows"], "row"),
        note=result["note"],
    )
    more = f" ({result['note']})" if result["note"] and "{note}" not in says else ""
    where = f"In {words.shortened(result['column'], LONGEST)}: " if len(group) > 1 else ""
    return f"{where}{found.removesuffix('.')}{more}."


def leak_sentence(titles: list[str]) -> str:
    """Say that checks found leaks.

    >>> leak_sentence(["Duplicate rows across splits"])
    'A leak: duplicate rows across splits. Accuracy measured before it is stopped is too good.'
    """
    names = words.listed([title[:1].lower() + title[1:] for title in titles])
    return f"{'A leak' if len(titles) == 1 else f'{len(titles)} leaks'}: {names}. Accuracy measured before it is stopped is too good."


def _written(figure: float, unit: str) -> str:
    if unit == "count":
        return words.count(figure)
    return words.percent(figure) if unit == "share" else words.decimal(figure)
