"""Images or recordings in a zip with a manifest: checked before they are read, kept as one canonical zip, drawn as a wall of thumbnails."""

import hashlib
import io
import lzma
import posixpath
import struct
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from PIL import Image, UnidentifiedImageError

from components.data import sources
from components.errors import BadInput
from components.project.data_sets import IMAGE_FORMATS

MOST_UNPACKED = 1024 * 1024 * 1024
MOST_RATIO = 200
MOST_FILES = 100_000
MOST_PIXELS = 64_000_000
MANIFEST_ENDINGS = (".csv", ".tsv", ".jsonl", ".parquet")
IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff")
AUDIO_ENDINGS = (".wav", ".flac", ".ogg", ".mp3", ".aiff", ".aif")
MOST_BROKEN = 0.5
EPOCH = (1980, 1, 1, 0, 0, 0)
TILE = 56
UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)


def read_archive(name: str, data: bytes | Path, encoding: str | None = None) -> tuple[pd.DataFrame, bytes]:
    """Return the manifest of a zip of images or recordings, and these as a canonical zip.

    Parameters
    ----------
    name : str
        The file's name.
    data : bytes or Path
        A zip with images or recordings and one manifest (CSV, TSV, JSON lines or Parquet) whose column `path` names them; label, split
        and any other columns beside it. A zip without manifest is read where its items lie in one folder for each label.
    encoding : str, optional
        Encoding of the manifest; UTF-8 by default.

    Returns
    -------
    frame : DataFrame
        The manifest, with the columns `content` (SHA-256 of the item, shortened; None where it is missing) and, for images that differ
        in it, `width` and `height` added unless it has them.
    archive : bytes
        A stored zip that holds just the items named, the same bytes for the same items.

    Raises
    ------
    BadInput
        Damaged, too large when unpacked, members outside the archive, most items missing or unreadable. A few that are missing or
        unreadable stay in the manifest, for the checks to find.
    """
    size = sources.size_of(name, data)
    if size > sources.MOST_BYTES:
        raise BadInput(f"{name} is over 200 MB.", "Bring a sample, or make the images smaller.")
    if size == 0:
        raise BadInput(f"{name} is empty.", "Pack images with a manifest that names their paths and labels.")
    try:
        with zipfile.ZipFile(data if isinstance(data, Path) else io.BytesIO(data)) as archive:
            members = _members(name, archive)
            frame = _manifest(name, archive, members, encoding)
            return _with_items(name, archive, members, frame)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise BadInput(f"{name} isn't a zip, is damaged, or is encrypted.", "Pack the images again without a password.") from None


def _members(name: str, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the files in a zip by their path, once it is known to be harmless."""
    infos = [info for info in archive.infolist() if not info.is_dir() and "__MACOSX" not in info.filename]
    if len(infos) > MOST_FILES:
        raise BadInput(f"{name} holds {len(infos):,} files; at most {MOST_FILES:,} can be read.", "Bring a sample.")
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * packed + 1_000_000:
        raise BadInput(
            f"{name} would unpack to {unpacked / 1024**2:,.0f} MB from {packed / 1024**2:,.1f} MB.", "Bring fewer or smaller images."
        )
    members = {}
    for info in infos:
        path = info.filename.replace("\\", "/")
        link = (info.external_attr >> 16) & 0o170000 == 0o120000
        if path.startswith("/") or ":" in path.split("/")[0] or ".." in path.split("/") or link:
            raise BadInput(f"{name} holds the path “{path[:80]}”, which leads outside the archive.", "Pack the folder of images itself.")
        if posixpath.normpath(path) in members:
            raise BadInput(f"{name} holds the path “{path[:80]}” twice.", "Pack the folder of images again.")
        members[posixpath.normpath(path)] = info
    return members


def _manifest(name: str, archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], encoding: str | None) -> pd.DataFrame:
    found = sorted((path for path in members if path.lower().endswith(MANIFEST_ENDINGS)), key=lambda path: (path.count("/"), path))
    if not found:
        return _by_folder(name, members)
    frame = sources.read(posixpath.basename(found[0]), archive.read(members[found[0]]), encoding)
    if "path" not in frame.columns:
        raise BadInput(f"The manifest {found[0]} has no column “path”.", "Name each image's place in the zip in a column called path.")
    folder = posixpath.dirname(found[0])
    paths = [posixpath.normpath(str(path).replace("\\", "/")) for path in frame["path"]]
    return frame.assign(path=[path if path in members else posixpath.normpath(posixpath.join(folder, path)) for path in paths])


def _by_folder(name: str, members: dict[str, zipfile.ZipInfo]) -> pd.DataFrame:
    """Return a manifest where there is none: the folder of an image is its label, if the images lie in several folders."""
    images = sorted(path for path in members if path.lower().endswith((*IMAGE_ENDINGS, *AUDIO_ENDINGS)))
    labels = [posixpath.basename(posixpath.dirname(path)) for path in images]
    if not images:
        raise BadInput(
            f"{name} holds no images and no recordings.",
            f"Pack images ({', '.join(IMAGE_ENDINGS)}) or recordings ({', '.join(AUDIO_ENDINGS)}) and a manifest.csv with a column “path”.",
        )
    if not all(labels) or len(set(labels)) < 2:
        raise BadInput(
            f"{name} has no manifest.", "Add a manifest.csv with the columns path and label, or put the images of each label into a folder."
        )
    return pd.DataFrame({"path": images, "label": labels})


def media_of(frame: pd.DataFrame) -> str:
    """Return what the archive of a manifest holds: image, or audio where most paths end like recordings."""
    sounds = sum(str(path).lower().endswith(AUDIO_ENDINGS) for path in frame["path"])
    return "audio" if sounds > len(frame) / 2 else "image"


def _with_items(
    name: str, archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], frame: pd.DataFrame
) -> tuple[pd.DataFrame, bytes]:
    image = media_of(frame) == "image"
    noun = "images" if image else "recordings"
    missing = [path for path in frame["path"] if path not in members]
    if len(missing) > MOST_BROKEN * len(frame):
        raise BadInput(
            f"The manifest names {len(missing):,} {noun} that aren't in {name}; first “{missing[0][:80]}”.",
            "Add them, or take their rows out of the manifest.",
            missing[:6],
        )
    sizes: list[tuple[int, int] | None] = []
    contents: list[str | None] = []
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        written: set[str] = set()
        for path in frame["path"]:
            if path not in members:
                sizes.append(None)
                contents.append(None)
                continue
            content = archive.read(members[path])
            sizes.append(_size(path, content) if image else None)
            contents.append(hashlib.sha256(content).hexdigest()[:16])
            if path not in written:
                packed.writestr(zipfile.ZipInfo(path, EPOCH), content)
                written.add(path)
    broken = [path for path, size in zip(frame["path"], sizes, strict=True) if size is None]
    if image and len(broken) > MOST_BROKEN * len(frame):
        raise BadInput(
            f"{len(broken):,} of the {len(frame):,} images can't be read; first “{broken[0][:80]}”.",
            "Replace them, or take their rows out of the manifest.",
            broken[:6],
        )
    known = {size for size in sizes if size is not None}
    differing = {"width": _side(sizes, 0), "height": _side(sizes, 1)} if len(known) > 1 else {}
    measured = {**differing, "content": pd.Series(contents, index=frame.index, dtype=object)}
    return frame.assign(**{column: cells for column, cells in measured.items() if column not in frame.columns}), target.getvalue()


def _side(sizes: list[tuple[int, int] | None], side: int) -> list[int] | list[float]:
    """Return widths or heights: whole numbers, or with NaN where an image is missing or can't be read."""
    if None in sizes:
        return [float("nan") if size is None else float(size[side]) for size in sizes]
    return [size[side] for size in sizes if size is not None]


def _size(path: str, content: bytes) -> tuple[int, int] | None:
    """Return the size of an image that can be drawn, None for one that can't.

    Raises
    ------
    BadInput
        It would fill the memory.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a size that is looked at here, and of notes that a damaged image holds
            with Image.open(io.BytesIO(content), formats=IMAGE_FORMATS) as image:
                size = image.size
                if size[0] * size[1] > MOST_PIXELS:
                    raise BadInput(f"The image “{path[:80]}” has {size[0] * size[1] / 1e6:,.0f} million pixels.", "Make it smaller.")
                image.draft("L", (TILE, TILE))
                image.load()
                return size
    except BadInput:
        raise
    except Image.DecompressionBombError:
        raise BadInput(f"The image “{path[:80]}” is far too large.", "Make it smaller.") from None
    except UNREADABLE:
        return None


def item(archive: Path, path: str) -> bytes | None:
    """Return what an archive holds under a path; None where it holds nothing."""
    with zipfile.ZipFile(archive) as opened:
        return opened.read(path) if path in opened.namelist() else None


def wall(archive: Path, paths: Sequence[str], columns: int = 15, tile: int = TILE) -> Image.Image:
    """Return images of an archive side by side in one picture; the place of one that is missing or can't be read stays empty."""
    rows = -(-len(paths) // columns)
    picture = Image.new("RGB", (columns * (tile + 6) - 6, max(rows, 1) * (tile + 6) - 6), (127, 127, 127))
    mask = Image.new("L", picture.size, 0)
    with zipfile.ZipFile(archive) as opened:
        for number, path in enumerate(paths):
            try:
                with Image.open(io.BytesIO(opened.read(path)), formats=IMAGE_FORMATS) as image:
                    small = image.convert("RGB")
            except (KeyError, *UNREADABLE):
                continue
            else:
                scale = tile / max(small.size)
                method = Image.Resampling.NEAREST if scale > 2 else Image.Resampling.LANCZOS
                small = small.resize((max(round(small.width * scale), 1), max(round(small.height * scale), 1)), method)
            place = (number % columns * (tile + 6), number // columns * (tile + 6))
            picture.paste(small, place)
            mask.paste(255, (*place, place[0] + small.width, place[1] + small.height))
    picture.putalpha(mask)
    return picture
