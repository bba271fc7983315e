"""Changing the recordings of an archive: the same bytes for the same recordings, settings and seed."""

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from components.data.archives import EPOCH
from components.data.image_steps import Augmented, free_name
from components.errors import BadInput

Samples = NDArray[np.float64]


def augmented(archive: bytes, paths: Sequence[str], copies: int, most: tuple[float, float, float], seed: int) -> Augmented:
    """Add changed copies of some recordings, as 16-bit WAV.

    `most` says by how many decibels they are louder or softer at most, which share of their length they are moved (silence follows), and
    how loud the noise on them is at most, as a share of their own root mean square.
    """
    import soundfile

    decibels, shift, noise = most
    target, rng = io.BytesIO(), np.random.default_rng(seed)
    made: list[list[str]] = [[] for _ in range(copies)]
    contents: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as opened, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        taken = set(opened.namelist())
        for path in opened.namelist():
            packed.writestr(zipfile.ZipInfo(path, EPOCH), opened.read(path))
        for path in paths:
            try:
                samples, rate = soundfile.read(io.BytesIO(opened.read(path)), always_2d=True)
            except (soundfile.SoundFileError, RuntimeError) as error:
                raise BadInput(f"The recording “{path[:80]}” can't be played.", "Replace it, and bring the recordings again.") from error
            for copy in range(copies):
                gain, moved, level = rng.uniform(-1, 1), rng.uniform(-1, 1), rng.uniform(0, 1)
                changed = _moved(samples, round(moved * shift * len(samples))) * 10 ** (gain * decibels / 20)
                loud = float(np.sqrt((changed**2).mean())) if changed.size else 0.0
                changed = changed + rng.normal(size=changed.shape) * loud * level * noise
                content = io.BytesIO()
                soundfile.write(content, np.clip(changed, -1, 1), rate, "PCM_16", format="WAV")
                name = free_name(posixpath.splitext(path)[0], copy + 1, "wav", taken)
                packed.writestr(zipfile.ZipInfo(name, EPOCH), content.getvalue())
                made[copy].append(name)
                contents[name] = hashlib.sha256(content.getvalue()).hexdigest()[:16]
    return Augmented(target.getvalue(), made, contents)


def _moved(samples: Samples, by: int) -> Samples:
    """Return samples later by so many (earlier where negative), silence in the gap."""
    found = np.zeros_like(samples)
    if by >= 0:
        found[by:] = samples[: len(samples) - by]
    else:
        found[:by] = samples[-by:]
    return found
