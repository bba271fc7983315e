"""What is measured of an image: its size, how bright, sharp and rich it is, and what it looks like."""

import hashlib
import io
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import Image

from components.project.data_sets import IMAGE_FORMATS

SIDE = 256
LEAST_SIDE = 32
MEASURED = ("bytes", "width", "height", "size", "aspect", "brightness", "dark", "light", "information", "sharpness")
NEAR = 3
"""Perceptual hashes of 64 bits that differ in at most so many are near duplicates."""


def measure(content: bytes) -> dict[str, Any]:
    """Return what one image is like; only `readable` (False) and `content` where it can't be drawn.

    `brightness` is the mean, `dark` the 1st and `light` the 99th percentile, from 0 (black) to 1; `information` the entropy of the grey
    levels in bits; `sharpness` the variance of the Laplacian over that of the image at a scale of at most 256 pixels, None under 32.
    """
    from imagehash import phash

    kept: dict[str, Any] = {"content": hashlib.sha256(content).hexdigest()[:16], "readable": False, "bytes": len(content)}
    try:
        with Image.open(io.BytesIO(content), formats=IMAGE_FORMATS) as image:
            width, height = image.size
            grey = image.convert("L")
    except Exception:  # whatever a damaged file makes a decoder say
        return kept
    hashed = str(phash(grey))
    scale = SIDE / max(grey.size)
    if scale < 1:
        grey = grey.resize((max(round(width * scale), 1), max(round(height * scale), 1)), Image.Resampling.BOX)
    cells = np.asarray(grey, dtype=np.float64) / 255
    dark, light = np.quantile(cells, [0.01, 0.99])
    shares = np.bincount(np.asarray(grey).ravel(), minlength=256) / cells.size
    filled = shares[shares > 0]
    return {
        **kept,
        "readable": True,
        "width": width,
        "height": height,
        "size": float(np.sqrt(width * height)),
        "aspect": min(width, height) / max(width, height),
        "brightness": float(cells.mean()),
        "dark": float(dark),
        "light": float(light),
        "information": float(-(filled * np.log2(filled)).sum()) + 0.0,
        "sharpness": _sharpness(cells),
        "hash": hashed if filled.max() < 1 else None,
    }


def _sharpness(cells: NDArray[np.float64]) -> float | None:
    variance = float(cells.var())
    if min(cells.shape) < LEAST_SIDE or variance < 1e-6:
        return None
    inner = cells[1:-1, 1:-1]
    laplacian = cells[:-2, 1:-1] + cells[2:, 1:-1] + cells[1:-1, :-2] + cells[1:-1, 2:] - 4 * inner
    return float(laplacian.var() / variance)


def near_groups(hashes: pd.Series, most: int = NEAR) -> list[int | None]:
    """Return for each image the number of its group: images linked by perceptual hashes that differ in at most `most` bits.

    Two hashes of 64 bits that differ in at most 3 are equal in one of four parts of 16 bits, so only images that share a part are held
    against each other.
    """
    known = hashes.dropna()
    codes = np.array([int(one, 16) for one in known], dtype=np.uint64)
    kinds, which = np.unique(codes, return_inverse=True)
    parent = np.arange(len(kinds))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = int(parent[place])
        return place

    for part in range(most + 1):
        bits = np.uint64(64 // (most + 1))
        piece = (kinds >> (np.uint64(part) * bits)) & ((np.uint64(1) << bits) - np.uint64(1))
        order = np.argsort(piece, kind="stable")
        starts = np.flatnonzero(np.diff(piece[order], prepend=piece[order][:1] + np.uint64(1)))
        for group in np.split(order, starts[1:]) if len(order) else []:
            for number, place in enumerate(group[:-1]):
                others = group[number + 1 :]
                for other in others[np.bitwise_count(kinds[others] ^ kinds[place]) <= most]:
                    parent[root(int(other))] = root(int(place))
    roots = np.array([root(place) for place in range(len(kinds))], dtype=np.int64)
    found: list[int | None] = [None] * len(hashes)
    for place, kind in zip(np.flatnonzero(hashes.notna()), which, strict=True):
        found[int(place)] = int(roots[kind])
    return found
