"""The report as Markdown: the same words and tables; a chart is there in words."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd

from components import __version__
from components.project.store import Project
from components.report.html import cell
from components.report.parts import Part, Section

ALIVE = re.compile(r"([\\`*_{}\[\]<>#|~$])")


def markdown(project: Project, made: Sequence[Section], authors: Sequence[str], made_at: datetime | None = None) -> str:
    """Return sections as Markdown, with what people typed as it was typed."""
    day = (made_at or datetime.now(UTC)).strftime("%-d %B %Y")
    by = f", by {', '.join(authors)}" if authors else ""
    lines = [f"# {plain(project.name)}", "", f"{day}{plain(by)}. Every figure carries its 95 % interval and what it was measured on.", ""]
    lines += [f"{number}. [{section.title}](#{section.name})" for number, section in enumerate(made, start=1)]
    for section in made:
        lines += ["", f'<a id="{section.name}"></a>', "", f"## {section.title}", "", f"*{plain(section.question)}*"]
        if section.answer:
            lines += ["", f"**{plain(section.answer)}**"]
        if not section.parts and section.missing:
            lines += ["", plain(section.missing)]
        for part in section.parts:
            lines += _part(part)
    return "\n".join([*lines, "", "---", "", f"Made with Groundwork {__version__}. Project {project.id}, state {project.seq}.", ""])


def _part(part: Part) -> list[str]:
    lines = ["", f"### {plain(part.title)}"] if part.title else []
    if part.simulated:
        lines += ["", f"`simulated` {plain(part.simulated)}"]
    if part.answer:
        lines += ["", plain(part.answer)]
    if part.method:
        lines += ["", f"*{plain(part.method)}*"]
    for picture in part.pictures:
        said = re.search(r'aria-label="([^"]*)"', picture)
        lines += ["", f"> Chart: {plain(_unescaped(said.group(1)) if said else '')}"]
    for frame in part.tables:
        lines += ["", *table(frame)]
    for text in part.notes:
        lines += ["", f"- {plain(text)}"]
    return lines


def table(frame: pd.DataFrame) -> list[str]:
    """Return a table as lines of Markdown."""
    head = "| " + " | ".join(plain(str(name)) for name in frame.columns) + " |"
    rows = ["| " + " | ".join(plain(cell(value)) for value in row) + " |" for row in frame.itertuples(index=False, name=None)]
    return [head, "|" + " --- |" * len(frame.columns), *rows]


def plain(text: str) -> str:
    """Return somebody's text so that Markdown shows it as it was typed, on one line."""
    return ALIVE.sub(r"\\\1", " ".join(text.split()))


def _unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)
