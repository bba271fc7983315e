"""Measures every item of a data set: images and recordings in an archive, long text in a column."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from components.data.items import images, sounds, texts

Progress = Callable[[float, str], None]
BOOKKEEPING = ("path", "content", "readable", "hash", "near")
"""What names an item, or tells only whether it is another one's copy: it says nothing about what items are like."""
MEDIA = {"image": (images.measure, "images"), "audio": (sounds.measure, "recordings")}


def described(frame: pd.DataFrame, found: pd.DataFrame | None, archive: bool, media: str) -> pd.DataFrame:
    """Return a table with what its items are like in place of what they are called: brightness, length, language and so on.

    `found` is what was measured of each row's item; columns are called after the medium, such as “image brightness”.
    """
    noun = {"image": "image", "audio": "recording"}[media or "image"] if archive else "text"
    names = [] if found is None else [name for name in found.columns if name not in BOOKKEEPING]
    more = {f"{noun} {name}": found[name].to_numpy() for name in names if f"{noun} {name}" not in frame.columns}  # type: ignore[index]
    return frame.drop(columns=["path", "content"] if archive else [], errors="ignore").assign(**more)


def measured(frame: pd.DataFrame, archive: Path | None, media: str, progress: Progress) -> pd.DataFrame | None:
    """Return what was measured of each row's item, one row each, or None where there is nothing to measure.

    `media` says what the archive holds, which the column `path` points into: image or audio. Without an archive, the language of long
    text is measured.
    """
    if archive is None:
        return texts.measure(frame, progress)
    one, noun = MEDIA[media or "image"]
    rows = []
    with zipfile.ZipFile(archive) as opened:
        there = set(opened.namelist())
        for done, path in enumerate(frame["path"]):
            progress(done / len(frame), f"Looking at {len(frame):,} {noun}")
            rows.append(one(opened.read(path)) if path in there else {})
    columns = sounds.MEASURED if media == "audio" else images.MEASURED
    found = pd.DataFrame(rows, index=range(len(rows)), columns=["content", "readable", "hash", *columns])
    found = found.assign(readable=found["readable"].eq(True), **{name: found[name].astype("float64") for name in columns})
    if media != "audio":
        found = found.assign(near=pd.array(images.near_groups(found["hash"]), dtype="Int64"))
    return found.drop(columns="hash")
