"""The report as one self-contained HTML file: opens offline, prints well, and runs no script."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from markupsafe import Markup

from components import __version__, words
from components.errors import BadInput
from components.project.files import Files
from components.project.store import Project, Store
from components.report.fonts import with_signs
from components.report.parts import Section, Source
from components.report.sections import known_sections, made_sections

FIRST_ROWS, MOST_ROWS = 6, 10
"""A table with more rows than the second shows as many as the first, and the others on demand; on paper all."""
PHONE, LONGEST_COLUMN, SHORT = 46, 24, 4
"""How many letters a phone has room for side by side, how many of them a column takes at most, and how many a code has."""
WHOLE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]{2} \d{4}|\[[^\]]{1,20}\]")


def html(store: Store, files: Files, project_id: str, sections: Sequence[str] | None = None, made_at: datetime | None = None) -> str:
    """Return the report of a project.

    Parameters
    ----------
    sections : sequence of str, optional
        Names of the sections to include: summary, scoping, milestones, decisions, data, modelling, deployment, changes; all by default.
    made_at : datetime, optional
        The date that the report carries; two reports of the same state and date are the same file.

    Raises
    ------
    BadInput
        There is no such project, or no such section.
    """
    project = store.project(project_id)
    if project is None:
        raise BadInput(f"There is no project “{project_id[:60]}”.", "Its id stands in the address of its screens.")
    known_sections(sections or ())
    return page(project, made_sections(Source(store, files, project_id), sections), authors(store, project_id), made_at)


def authors(store: Store, project_id: str) -> list[str]:
    """Return the names of whoever changed something."""
    return [person.name for person in store.people(project_id)]


def page(project: Project, made: Sequence[Section], authors: Sequence[str], made_at: datetime | None = None) -> str:
    """Return sections as the page of a project."""
    simulated = list(dict.fromkeys(part.simulated for section in made for part in section.parts if part.simulated))
    text: str = _template().render(
        project=project,
        sections=made,
        simulated=simulated,
        date=(made_at or datetime.now(UTC)).strftime("%-d %B %Y"),
        version=__version__,
        authors=authors,
        first_rows=FIRST_ROWS,
        most_rows=MOST_ROWS,
    )
    return with_signs(text)


def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("components.report", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "cell": cell,
        "without_empty": without_empty,
        "heading": heading,
        "is_wide": is_wide,
        "kind_of_cell": kind_of_cell,
    }
    return environment.get_template("report.html.j2")


def without_empty(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table without columns in which nothing stands: paper is narrow."""
    said = [any(cell(value) not in {"", words.MISSING} for value in table[name]) for name in table.columns]
    return table.loc[:, said]


def is_wide(table: pd.DataFrame) -> bool:
    """Return whether a phone is too narrow for a table, so that its rows stand there as paragraphs."""

    def width(name: str) -> int:
        texts = [LONGEST_COLUMN if len(text) > LONGEST_COLUMN else len(text) for text in map(cell, table[name])]
        return max([*texts, *(len(word) for word in str(name).split())], default=0)

    return sum(width(name) for name in table) > PHONE


def heading(table: pd.DataFrame) -> int:
    """Return which column heads a row that stands as a paragraph: the first that holds more than a number or a code."""
    longest = [max((len(cell(value)) for value in table[name]), default=0) for name in table]
    return next((place for place, letters in enumerate(longest) if letters > SHORT), 0)


def kind_of_cell(value: Any, heads: bool) -> Markup:
    """Return the class of a cell: it heads its row, nothing stands in it, or what stands in it isn't broken."""
    text = cell(value)
    kind = "heads" if heads else "nothing" if text in {"", words.MISSING} else "whole" if WHOLE.fullmatch(text) else ""
    return Markup(f' class="{kind}"' if kind else "")


def cell(value: Any) -> str:
    """Return what stands in a cell of a table."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return words.MISSING
    if isinstance(value, float):
        if (value == round(value) and abs(value) < 1e12) or abs(value) >= 1000:
            return f"{value + 0.0:,.0f}"
        text = f"{value:.2f}" if abs(value) >= 1 else f"{value:.3g}"
        return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
    return str(value)
