"""Shell commands that carry a project from one installation to another."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from components import words
from components.errors import BadInput
from components.shell.output import AsJson, show

if TYPE_CHECKING:
    from components.project.files import Files
    from components.project.store import Store

PERSON = "shell"
ENDINGS = {".html": "html", ".htm": "html", ".md": "markdown", ".pdf": "pdf", ".zip": "charts"}


@contextmanager
def installation() -> "Iterator[tuple[Store, Files]]":
    """Open the store and the files that the environment names."""
    from components.kinds import KINDS
    from components.project.files import Files
    from components.project.settings import Settings
    from components.project.store import Store

    settings = Settings.from_environment()
    store = Store(settings.database_url, KINDS)
    try:
        yield store, Files(settings.home)
    finally:
        store.close()


def project_id(store: "Store", project: str) -> str:
    """Return the id of the project that somebody named by its id or its name."""
    if store.project(project) is not None:
        return project
    named = [one.id for one in store.projects() if one.name == project]
    if len(named) == 1:
        return named[0]
    if named:
        raise BadInput(f"There are {len(named)} projects called “{project[:60]}”.", f"Name one by its id: {words.listed(named)}.")
    raise BadInput(f"There is no project “{project[:60]}”.", "Give its name, or the id that stands in the address of its screens.")


def write_whole(file: Path, text: str | bytes) -> None:
    """Write a file under a temporary name and rename it, so that nobody finds half of it; a device or a pipe is written as it is.

    Raises
    ------
    BadInput
        It can't be written.
    """
    content = text.encode() if isinstance(text, str) else text
    try:
        if file.exists() and not file.is_file():
            file.write_bytes(content)
            return
        with tempfile.NamedTemporaryFile("wb", dir=file.resolve().parent, delete=False) as arriving:
            arriving.write(content)
        Path(arriving.name).replace(file)
    except OSError as error:
        raise BadInput(f"The file {file} can't be written.", "Check the folder and its permissions.") from error


def export(
    project: Annotated[str, typer.Argument(help="Id or name of the project.")],
    file: Annotated[Path, typer.Argument(help="JSON file to write.")],
    without_files: Annotated[bool, typer.Option("--without-files", help="Leave tables and images out.")] = False,
    as_json: AsJson = False,
) -> int:
    """Write a project with its history and authors to one JSON file."""
    from components.project import exchange

    with installation() as (store, files):
        found = project_id(store, project)
        text = exchange.export_text(store, files, found, with_files=not without_files)
    write_whole(file, text)
    show({"project": found, "file": str(file), "bytes": len(text)}, as_json, f"Wrote {file}.")
    return 0


def import_(
    file: Annotated[Path, typer.Argument(help="JSON file that was exported.")],
    as_json: AsJson = False,
) -> int:
    """Bring in a project from a JSON file; where its id is taken, as a new project."""
    from components.project import exchange

    try:
        data = exchange.read_document(file.read_bytes())
    except OSError as error:
        raise BadInput(f"The file {file} can't be read.", "Check the name and the folder.") from error
    with installation() as (store, files):
        done = exchange.import_(store, files, data, PERSON)
        project = store.project(done.project_id)
    result = {"project": done.project_id, "renamed": done.renamed, "missing_files": list(done.missing_files)}
    lines = [f"Imported “{project.name if project else file.name}” as {done.project_id}."]
    if done.renamed:
        lines.append("Its id was taken: this is a new project beside the old one.")
    if done.missing_files:
        lines.append(f"The export left out {words.counted(len(done.missing_files), 'file')}: bring the data in again.")
    show(result, as_json, "\n".join(lines))
    return 0


def report(
    project: Annotated[str, typer.Argument(help="Name or id of a project.")],
    file: Annotated[Path, typer.Argument(help="Where it goes; .html, .md, .pdf and .zip (the charts) say what it is.")],
    form: Annotated[
        str, typer.Option("--form", help="html, pdf, markdown, brief, card or charts; by default what the file's ending says.")
    ] = "",
    section: Annotated[
        list[str] | None, typer.Option("--section", help="What stands in it; again for each section. All by default.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Write the report of a project as one file that opens offline: HTML, PDF, Markdown, one page, a model card, or its charts."""
    from components.report.work import written

    wanted = form or ENDINGS.get(file.suffix.lower(), "html")
    with installation() as (store, files):
        content = written(store, files, project_id(store, project), wanted, section or ())
    write_whole(file, content)
    show({"file": str(file), "bytes": len(content)}, as_json, f"{file}: {words.count(len(content) / 1024)} kB")
    return 0


def schema(
    file: Annotated[Path, typer.Argument(help="JSON file to write.")],
    as_json: AsJson = False,
) -> int:
    """Write the JSON Schema of an exported project: what each of its parts holds."""
    from components.project import exchange

    with installation() as (store, _):
        text = json.dumps(exchange.schema_of(store), indent=1)
    write_whole(file, text)
    show({"file": str(file), "bytes": len(text)}, as_json, f"Wrote {file}.")
    return 0


COMMANDS: tuple[Callable[..., int | None], ...] = (export, import_, report, schema)
