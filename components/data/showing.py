"""Items of a data set as themselves: an image, a recording, a text, or the cells of a row."""

import io
import mimetypes
import threading
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from PIL import Image

from components.errors import BadInput
from components.project.data_sets import IMAGE_FORMATS, DataSet, DataVersion
from components.project.files import Files
from components.project.tables import read_table

SMALL, ENLARGED = 96, 512
SHOWN_BY_BROWSERS = {"image/png", "image/jpeg", "image/gif", "image/webp", "audio/mpeg", "audio/wav", "audio/flac", "audio/ogg"}
ALSO_CALLED = {"audio/x-wav": "audio/wav", "audio/x-flac": "audio/flac", "audio/wave": "audio/wav"}
LONG_TEXT, LONGEST, MOST_CELLS = 40, 4000, 40
_reading = threading.Lock()


@dataclass(frozen=True)
class Item:
    """An item as it is shown: by its row where it is an image or a recording, else by its text or its cells."""

    key: str
    row: int
    kind: Literal["image", "audio", "text", "row"]
    text: str = ""
    cells: tuple[tuple[str, str], ...] = ()


def keys(frame: pd.DataFrame, data_set: DataSet) -> pd.Series:
    """Return what names each row: its key, its path in the archive, or its place counted from 1."""
    for column in (data_set.id_column, "path"):
        if column in frame.columns and frame[column].notna().all() and frame[column].is_unique:
            return frame[column].astype(str)
    return pd.Series([str(place + 1) for place in range(len(frame))], index=frame.index)


def items(frame: pd.DataFrame, version: DataVersion, data_set: DataSet, rows: Sequence[int]) -> list[Item]:
    """Return rows of a version as items to be shown to somebody who judges them: what is to be predicted and the split stay hidden."""
    named = keys(frame, data_set)
    text = None if version.archive else _text_column(frame, data_set)
    hidden = {data_set.target, data_set.split_column}
    found = []
    for row in rows:
        key = str(named.iloc[row])
        if version.archive:
            found.append(Item(key, row, "audio" if version.media == "audio" else "image"))
        elif text:
            found.append(Item(key, row, "text", str(frame[text].iloc[row])[:LONGEST]))
        else:
            cells = [(str(name), _cell(frame[name].iloc[row])) for name in frame.columns if name not in hidden][:MOST_CELLS]
            found.append(Item(key, row, "row", cells=tuple(cells)))
    return found


def _cell(value: Any) -> str:
    return "–" if pd.isna(value) else str(value)[:200]


def _text_column(frame: pd.DataFrame, data_set: DataSet) -> str | None:
    """Return the column of an unstructured set that holds the longest texts."""
    if data_set.structured is not False:
        return None
    lengths = {}
    for name in frame.columns:
        if name not in {data_set.target, data_set.id_column, data_set.split_column} and pd.api.types.is_string_dtype(frame[name]):
            lengths[str(name)] = float(frame[name].head(200).dropna().astype(str).str.len().mean() or 0)
    best = max(lengths, key=lambda name: lengths[name], default=None)
    return best if best and (lengths[best] >= LONG_TEXT or len(lengths) == 1) else None


@lru_cache(maxsize=6)
def table(files: Files, sha: str) -> pd.DataFrame:
    """Return a kept table; by its content, so it never grows old. Nobody changes it."""
    return read_table(files, sha)


def media(files: Files, version: DataVersion, row: int) -> tuple[bytes, str]:
    """Return the image or the recording of a row as a browser shows it, and its type.

    Raises
    ------
    BadInput
        There is none, or it can't be read.
    """
    if not version.archive or not 0 <= row < version.rows:
        raise BadInput("There is no such item.", "Choose another one.")
    name = str(table(files, version.table)["path"].iloc[row])
    with _reading:
        archive = _archive(files.path(version.archive))
        if name not in archive.NameToInfo:
            raise BadInput(f"The item “{name[:80]}” is missing in the archive.", "The checks say which items are.")
        content = archive.read(name)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    kind = ALSO_CALLED.get(kind, kind)
    if kind.startswith("audio/"):
        return content, kind
    return _as_shown(content, kind)


@lru_cache(maxsize=4)
def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise BadInput("The images of this version aren't here.", "They were left out of an import: bring the data in again.") from error


def _as_shown(content: bytes, kind: str) -> tuple[bytes, str]:
    """Return an image as it is, but tiny ones enlarged and those that no browser shows as PNG."""
    try:
        with Image.open(io.BytesIO(content), formats=IMAGE_FORMATS) as image:
            small = max(image.size) < SMALL
            if not small and kind in SHOWN_BY_BROWSERS:
                return content, kind
            drawn = image.convert("RGBA" if "A" in image.getbands() else "RGB")
            if small:
                scale = ENLARGED / max(image.size)
                size = (max(round(image.width * scale), 1), max(round(image.height * scale), 1))
                drawn = drawn.resize(size, Image.Resampling.BICUBIC)
    except (OSError, SyntaxError, ValueError) as error:
        raise BadInput("This image can't be drawn.", "The checks say which images can't.") from error
    target = io.BytesIO()
    drawn.save(target, "PNG")
    return target.getvalue(), "image/png"
