"""How the shell commands read tables and print what they found."""

import json
import math
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from components.data import places, sources
from components.data.text_tables import ENCODINGS
from components.errors import BadInput

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Encoding = Annotated[str | None, typer.Option(help=f"How text is encoded: {', '.join(ENCODINGS)}; UTF-8 by default.")]


def read_table(path: Path, encoding: str | None = None) -> pd.DataFrame:
    """Return the table in a file or a folder of Parquet files; one in another encoding is refused with the option that reads it."""
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
