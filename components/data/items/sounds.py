"""What is measured of a recording: how long it is, how it was sampled, whether it is cut off at the top or silent."""

import hashlib
import io
from typing import Any

import numpy as np

MEASURED = ("bytes", "seconds", "rate", "channels", "peak", "clipped", "quiet")
FULL = 0.999
QUIET = 0.001
BLOCK = 1 << 20


def measure(content: bytes) -> dict[str, Any]:
    """Return what one recording is like; only `readable` (False) and `content` where it can't be played.

    `seconds`, `rate` (samples a second), `channels`, `peak` (1 is full scale), `clipped` (share of the samples at full scale) and
    `quiet` (share of the samples under a thousandth of full scale, -60 dB).
    """
    import soundfile

    kept: dict[str, Any] = {"content": hashlib.sha256(content).hexdigest()[:16], "readable": False, "bytes": len(content)}
    try:
        with soundfile.SoundFile(io.BytesIO(content)) as sound:
            total, peak, clipped, quiet = 0, 0.0, 0, 0
            for block in sound.blocks(BLOCK, dtype="float32", always_2d=True):
                level = np.abs(block)
                total += level.size
                peak = max(peak, float(level.max(initial=0.0)))
                clipped += int((level >= FULL).sum())
                quiet += int((level < QUIET).sum())
            rate, channels = sound.samplerate, sound.channels
    except Exception:  # whatever a damaged file makes a decoder say
        return kept
    if not total:
        return kept
    return {
        **kept,
        "readable": True,
        "seconds": total / channels / rate,
        "rate": rate,
        "channels": channels,
        "peak": peak,
        "clipped": clipped / total,
        "quiet": quiet / total,
    }
