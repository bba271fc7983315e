"""Pixels as features, for quick models on images."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

from components.errors import BadInput

SIDE = 16


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
    with zipfile.ZipFile(archive) as opened:
        for done, path in enumerate(paths):
            alive(done)
            try:
                with Image.open(io.BytesIO(opened.read(path))) as image:
                    side = side or min(max(image.size), SIDE)
                    grey = image.convert("L")
            except KeyError:
                raise BadInput(f"The image “{path}” isn't in the archive.", "Bring the images again.") from None
            except (OSError, ValueError, SyntaxError, zipfile.BadZipFile, Image.DecompressionBombError) as error:
                raise BadInput(f"The image “{path}” can't be read.", "Mend it or leave it out, and bring the images again.") from error
            if grey.size != (side, side):
                grey = grey.resize((side, side), Image.Resampling.BILINEAR)
            rows.append(np.asarray(grey, dtype=np.float64).ravel() / 255)
    table = np.array(rows)
    return pd.DataFrame(table, columns=[f"pixel {number}" for number in range(table.shape[1])])
