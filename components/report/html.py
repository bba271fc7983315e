"""The report as one self-contained HTML file: opens offline, prints well, and runs no script."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from components import __version__, words
from components.errors import BadInput
from components.project.files import Files
from components.project.store import Project, Store
from components.report.fonts import with_signs
from components.report.parts import Section, Source
from components.report.sections import SECTIONS, made_sections


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
    unknown = [name for name in sections or () if name not in SECTIONS]
    if unknown:
        raise BadInput(f"There is no section “{unknown[0][:60]}”.", f"The sections are {', '.join(SECTIONS)}.")
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
    )
    return with_signs(text)


def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("components.report", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"cell": cell, "without_empty": without_empty}
    return environment.get_template("report.html.j2")


def without_empty(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table without columns in which nothing stands: paper is narrow."""
    said = [any(cell(value) not in {"", words.MISSING} for value in table[name]) for name in table.columns]
    return table.loc[:, said]


def cell(value: Any) -> str:
    """Return what stands in a cell of a table."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return "–"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == round(value) and abs(value) < 1e12 else f"{value:,.2f}" if abs(value) >= 1 else f"{value:.3g}"
    return str(value)
