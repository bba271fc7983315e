"""How the shell commands read tables and print what they found."""

import json
import math
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from components import words
from components.data import places, sources
from components.data.text_tables import ENCODINGS
from components.errors import BadInput
from components.project.settings import Settings

DATABASE = "postgresql:"
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Encoding = Annotated[str | None, typer.Option(help=f"How text is encoded: {', '.join(ENCODINGS)}; UTF-8 by default.")]


def read_table(path: Path, encoding: str | None = None) -> pd.DataFrame:
    """Return the table in a file, a folder of Parquet files or an allowed database.

    A table in a database is named as `postgresql:host/database/schema.table`; a file in another encoding is refused with the option that
    reads it.
    """
    if str(path).startswith(DATABASE):
        return _from_database(str(path).removeprefix(DATABASE))
    if path.is_dir():
        return places.read_folder(path)
    if not path.is_file():
        raise BadInput(f"There is no file {path}.", "Check the name and the folder.")
    try:
        return sources.read(path.name, path, encoding)
    except sources.WrongEncoding as error:
        raise BadInput(error.what, f"Read it with --encoding {error.offer['encoding']}, or save it as UTF-8.") from error


def read_labels(path: Path, encoding: str | None = None) -> pd.DataFrame:
    """Return labels as one row a judgement, from a table or from the export of a labelling tool."""
    from components.data import label_exports

    if path.suffix.lower() not in label_exports.ENDINGS or not path.is_file():
        return read_table(path, encoding)
    return label_exports.read(path.name, path, encoding)


def _from_database(named: str) -> pd.DataFrame:
    """Return a table of one of the databases that GROUNDWORK_DATA_DATABASES allows."""
    settings = Settings.from_environment()
    host, _, rest = named.partition("/")
    database, _, table = rest.partition("/")
    allowed = list(places.databases(settings))
    if f"{host}/{database}" not in allowed:
        known = f"Allowed are {words.listed(allowed)}." if allowed else "GROUNDWORK_DATA_DATABASES names those that may be."
        raise BadInput(f"The database “{host}/{database}” isn't among those that may be read.", known)
    offered = places.tables(places.databases(settings)[f"{host}/{database}"])
    if table not in offered:
        there = f"There are {words.listed(offered, 12)}." if offered else "Its user may read none."
        raise BadInput(f"There is no table “{table[:120]}” in {host}/{database}.", there)
    return places.read_database(f"{host}/{database}", table, settings)


def parquet(path: Path) -> Path | None:
    """Return a Parquet file that the data engine can read where it lies, however large, or nothing."""
    from components.data.engine import scannable

    return path if path.suffix.lower() == ".parquet" and path.is_file() and scannable(path) else None


def finite(value: Any) -> Any:
    """Return a value that JSON can hold: what isn't a number becomes null."""
    if isinstance(value, dict):
        return {str(key): finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [finite(inner) for inner in value]
    if hasattr(value, "item") and not isinstance(value, str):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def show(found: dict[str, Any], as_json: bool, text: str) -> None:
    """Print what was found, as JSON or as text."""
    typer.echo(json.dumps(finite(found), ensure_ascii=False, allow_nan=False) if as_json else text)
