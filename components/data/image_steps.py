"""Changing the images of an archive: the same bytes for the same images, settings and seed."""

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np
from PIL import Image

from components.data.archives import EPOCH
from components.errors import BadInput
from components.project.data_sets import IMAGE_FORMATS

FLAT = 1.0  # grey levels: less contrast than this is one colour, which can't be stretched


@dataclass(frozen=True)
class Rewritten:
    """An archive of changed images, what each holds, and how many differ from before."""

    archive: bytes
    contents: dict[str, str]
    changed: int


@dataclass(frozen=True)
class Augmented:
    """An archive with copies added: their paths, one list a copy, and what each holds."""

    archive: bytes
    paths: list[list[str]]
    contents: dict[str, str]


def normalised(image: Image.Image, brightness: float, contrast: float) -> Image.Image:
    """Return an image whose grey levels have this mean and standard deviation (0 to 1); of a single colour, only the mean."""
    cells = np.asarray(image, np.float64)
    spread = cells.std()
    scaled = (cells - cells.mean()) * (255 * contrast / spread if spread >= FLAT else 1.0) + 255 * brightness
    return Image.fromarray(np.clip(scaled.round(), 0, 255).astype(np.uint8))


def rewrite(archive: bytes, paths: Sequence[str], change: Callable[[Image.Image], Image.Image]) -> Rewritten:
    """Change every image of an archive that the rows name."""
    target, contents, changed = io.BytesIO(), {}, 0
    with zipfile.ZipFile(io.BytesIO(archive)) as opened, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for path in dict.fromkeys(paths):
            old = opened.read(path)
            new = _png(change(_read(path, old)))
            changed += hashlib.sha256(new).digest() != hashlib.sha256(_png(_read(path, old))).digest()
            packed.writestr(zipfile.ZipInfo(path, EPOCH), new)
            contents[path] = hashlib.sha256(new).hexdigest()[:16]
    return Rewritten(target.getvalue(), contents, changed)


def augmented(archive: bytes, paths: Sequence[str], copies: int, most: tuple[float, float, float], seed: int) -> Augmented:
    """Add changed copies of some images; `most` says how far they are turned (degrees), moved (share) and lit (share) at most."""
    degrees, shift, light = most
    target = io.BytesIO()
    made: list[list[str]] = [[] for _ in range(copies)]
    contents: dict[str, str] = {}
    rng = np.random.default_rng(seed)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        taken = set(opened.namelist())
        for path in opened.namelist():
            packed.writestr(zipfile.ZipInfo(path, EPOCH), opened.read(path))
        for path in paths:
            image = _read(path, opened.read(path))
            edge = (
                tuple(int(level) for level in np.median(_border(image), axis=0)) if image.mode == "RGB" else int(np.median(_border(image)))
            )
            stem = posixpath.splitext(path)[0]
            for copy in range(copies):
                turn, across, down, lit = rng.uniform(-1, 1, 4)
                place = (across * shift * image.width, down * shift * image.height)
                moved = image.rotate(turn * degrees, Image.Resampling.BILINEAR, translate=place, fillcolor=edge)
                bright = np.clip(np.asarray(moved, np.float64) * (1 + lit * light), 0, 255).round().astype(np.uint8)
                name = free_name(stem, copy + 1, "png", taken)
                content = _png(Image.fromarray(bright))
                packed.writestr(zipfile.ZipInfo(name, EPOCH), content)
                made[copy].append(name)
                contents[name] = hashlib.sha256(content).hexdigest()[:16]
    return Augmented(target.getvalue(), made, contents)


def free_name(stem: str, number: int, ending: str, taken: set[str]) -> str:
    """Return a name for a copy that isn't taken, and take it."""
    names = (f"{stem}-augmented{number}{again}.{ending}" for again in chain([""], (f"-{more}" for more in count(2))))
    name = next(one for one in names if one not in taken)
    taken.add(name)
    return name


def _border(image: Image.Image) -> np.ndarray:
    cells = np.asarray(image)
    channels = cells.reshape(*cells.shape[:2], -1)
    return np.concatenate([channels[0], channels[-1], channels[:, 0], channels[:, -1]])


def _read(path: str, content: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(content), formats=IMAGE_FORMATS) as image:
            return image.convert("L" if image.mode in {"1", "L", "I", "I;16", "F"} else "RGB")
    except (OSError, ValueError, SyntaxError) as error:
        raise BadInput(f"The image “{path[:80]}” can't be read.", "Replace it, and bring the images again.") from error


def _png(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
