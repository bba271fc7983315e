"""Long work on reports: drawing the charts takes a second and must not hold the server."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from components import words
from components.errors import BadInput
from components.jobs.work import Work
from components.project.files import Files
from components.project.store import Project, Store
from components.report.brief import brief
from components.report.html import authors, page
from components.report.markdown import markdown
from components.report.model_card import model_card
from components.report.parts import Section, Source
from components.report.pdf import pdf
from components.report.pictures import archive
from components.report.records import Report
from components.report.sections import SECTIONS, known_sections, made_sections, measured

FORMS = {
    "html": ("The report", "html", "text/html"),
    "pdf": ("PDF", "pdf", "application/pdf"),
    "markdown": ("Markdown", "md", "text/markdown"),
    "brief": ("One page", "one-page.html", "text/html"),
    "card": ("Model card", "README.md", "text/markdown"),
    "charts": ("Charts", "charts.zip", "application/zip"),
}
"""The forms of a report: how each is called, how its file ends, and its type."""


def render(work: Work) -> dict[str, Any]:
    """Make the report and keep it. `params`: `sections` and `forms` (beside the HTML), names in any order."""
    forms = ["html", *[name for name in FORMS if name != "html" and name in work.params.get("forms", [])]]
    wanted = [name for name in SECTIONS if name in work.params.get("sections", SECTIONS)]
    source = Source(work.store, work.files, work.project_id)
    project = work.store.project(work.project_id)
    if project is None:
        raise BadInput("This project isn't here any more.", "Somebody deleted it.")
    work.progress(0.1, "Drawing the charts")
    made = made_sections(source, wanted)
    kept, notes = {}, []
    for number, name in enumerate(forms):
        work.progress(0.4 + 0.6 * number / len(forms), f"Writing: {FORMS[name][0]}")
        try:
            kept[name] = work.files.put(form(name, source, project, made))
        except BadInput as error:
            notes.append(str(error))
    on = datetime.now(UTC).date().isoformat()
    also = {name: sha for name, sha in kept.items() if name != "html"}
    body = Report(file=kept["html"], sections=wanted, made_on=on, seq=project.seq, also=also, figures=measured(source), notes=notes)
    work.store.put(work.project_id, body, person=work.person, id="report")
    return {"file": body.file}


def form(name: str, source: Source, project: Project, made: list[Section]) -> bytes:
    """Return one form of a report.

    Raises
    ------
    BadInput
        This server can't make it.
    """
    by = authors(source.store, project.id)
    if name == "pdf":
        return pdf(page(project, made, by))
    if name == "charts":
        return archive(made)
    if name == "markdown":
        return markdown(project, made, by).encode()
    if name == "card":
        return model_card(source, project).encode()
    shown = [brief(source, measured(source))] if name == "brief" else made
    return page(project, shown, by).encode()


def written(store: Store, files: Files, project_id: str, name: str, sections: Sequence[str] = ()) -> bytes:
    """Return one form of the report of a project, with the sections named, or all.

    Raises
    ------
    BadInput
        There is no such project, form or section.
    """
    project = store.project(project_id)
    if project is None or name not in FORMS:
        raise BadInput("There is no such report.", f"The forms are {words.listed(list(FORMS))}.")
    known_sections(sections)
    source = Source(store, files, project_id)
    in_sections = name in {"html", "pdf", "markdown", "charts"}
    return form(name, source, project, made_sections(source, sections or None) if in_sections else [])
