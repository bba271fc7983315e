"""Shell commands for whoever runs the server: a backup of everything, and back; who owns a project."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from components import words
from components.errors import BadInput
from components.shell.output import AsJson, show
from components.shell.project import PERSON, installation, project_id


def backup(
    file: Annotated[Path, typer.Argument(help="Zip archive to write.")],
    as_json: AsJson = False,
) -> int:
    """Write everything of this installation to one archive; the server may go on running."""
    from components.project.backup import back_up
    from components.project.settings import Settings

    with installation() as (store, files):
        done = back_up(store, files, file, Settings.from_environment().home)
    held = words.listed([words.counted(done.projects, "project"), words.counted(done.records, "record"), words.counted(done.files, "file")])
    said = f"Wrote {file}: {held}."
    show({"file": str(file), **done.__dict__}, as_json, said)
    return 0


def restore(
    file: Annotated[Path, typer.Argument(help="Archive that `backup` wrote.")],
    as_json: AsJson = False,
) -> int:
    """Bring a backup into an installation that has no project yet, on SQLite or PostgreSQL; stop the server first."""
    from components.project import backup as archives
    from components.project.settings import Settings

    with installation() as (store, files):
        done = archives.restore(store, files, file, Settings.from_environment().home)
    show({"file": str(file), **done.__dict__}, as_json, f"Restored {words.counted(done.projects, 'project')} from {file}.")
    return 0


def owner(
    project: Annotated[str, typer.Argument(help="Name or id of a project.")],
    person: Annotated[str, typer.Argument(help="Name or id of somebody who changed something in it.")],
    as_json: AsJson = False,
) -> int:
    """Make somebody an owner of a project, as when its last one is gone."""
    with installation() as (store, _):
        id_ = project_id(store, project)
        found = [one for one in store.people(id_) if person in {one.id, one.name}]
        if len(found) != 1:
            known = words.listed([f"{one.name} ({one.id})" for one in store.people(id_)], most=12)
            raise BadInput(f"{words.count(len(found))} people here are called “{person[:60]}”.", f"Those who changed something: {known}.")
        store.make_owner(id_, found[0].id, by=PERSON)
    show({"project": id_, "owner": found[0].id}, as_json, f"{found[0].name} owns {project} now.")
    return 0


COMMANDS: tuple[Callable[..., int | None], ...] = (backup, restore, owner)
