"""Pixels and simple measures as features, for quick models on images."""

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import Image

from components import words
from components.errors import BadInput
from components.project.data_sets import IMAGE_FORMATS

SIDE = 16
LOOKED_AT = 128


def pixels(archive: Path, paths: Sequence[str], side: int | None = None, alive: Callable[[int], None] = lambda done: None) -> pd.DataFrame:
    """Return the brightness of each image's pixels, 0 to 1, in columns called `pixel 0`, `pixel 1` and so on.

    Parameters
    ----------
    archive : Path
        The zip that holds the images.
    paths : sequence of str
        Their names in it, one a row.
    side : int, optional
        Images are made grey and scaled to `side` × `side`; by default to the first image's size, at most 16 × 16.
    alive : callable, optional
        Called before each image with how many are done; an exception from it ends the reading.

    Raises
    ------
    BadInput
        An image isn't in the archive, or can't be read.
    """
    rows = []
    for image in _opened(archive, paths, alive):
        side = side or min(max(image.size), SIDE)
        rows.append(_grey(image, side).ravel() / 255)
    return _named(rows)


def image_features(archive: Path, paths: Sequence[str], alive: Callable[[int], None] = lambda done: None) -> tuple[pd.DataFrame, str]:
    """Return what quick models see of each image, and what that is in a sentence.

    Its grey pixels as `pixels` gives them, and simple measures of the whole image: brightness, contrast, edges (mean step from pixel
    to pixel), the mean of each colour, width and height in pixels. What is the same for all images is left out.
    """
    grids, measures, side = [], [], 0
    for image in _opened(archive, paths, alive):
        side = side or min(max(image.size), SIDE)
        grids.append(_grey(image, side).ravel() / 255)
        measures.append(_measures(image))
    pixel, measured = _named(grids), pd.DataFrame(measures)
    differing = measured.loc[:, measured.nunique() > 1]
    seen = pd.concat([pixel.loc[:, pixel.nunique() > 1], differing], axis=1)
    also = f", with {words.listed(differing.columns, most=9)}" if len(differing.columns) else ""
    return seen, f"Each image as its {side} × {side} grey pixels{also}."


def _opened(archive: Path, paths: Sequence[str], alive: Callable[[int], None]) -> Iterator[Image.Image]:
    """Open each image as colours, or say which is not there or can't be read."""
    with zipfile.ZipFile(archive) as opened:
        for done, path in enumerate(paths):
            alive(done)
            try:
                with Image.open(io.BytesIO(opened.read(path)), formats=IMAGE_FORMATS) as image:
                    ready = image.convert("L" if image.mode in {"L", "1", "I", "I;16", "F"} else "RGB")
            except KeyError:
                raise BadInput(f"The image “{path}” isn't in the archive.", "Bring the images again.") from None
            except (OSError, ValueError, SyntaxError, zipfile.BadZipFile, Image.DecompressionBombError) as error:
                raise BadInput(f"The image “{path}” can't be read.", "Mend it or leave it out, and bring the images again.") from error
            yield ready


def _grey(image: Image.Image, side: int) -> NDArray[np.float64]:
    grey = image.convert("L")
    if grey.size != (side, side):
        grey = grey.resize((side, side), Image.Resampling.BILINEAR)
    return np.asarray(grey, dtype=np.float64)


def _measures(image: Image.Image) -> dict[str, float]:
    small = image.copy()
    small.thumbnail((LOOKED_AT, LOOKED_AT))
    grey = np.asarray(small.convert("L"), dtype=np.float64) / 255
    steps = np.concatenate([np.abs(np.diff(grey, axis=axis)).ravel() for axis in (0, 1)])
    found = {"brightness": float(grey.mean()), "contrast": float(grey.std()), "edges": float(steps.mean()) if len(steps) else 0.0}
    if image.mode == "RGB":
        means = np.asarray(small, dtype=np.float64).reshape(-1, 3).mean(axis=0) / 255
        found |= dict(zip(("red", "green", "blue"), means.tolist(), strict=True))
    return found | {"width": float(image.width), "height": float(image.height)}


def _named(rows: list[NDArray[np.float64]]) -> pd.DataFrame:
    table = np.array(rows)
    return pd.DataFrame(table, columns=[f"pixel {number}" for number in range(table.shape[1])])
