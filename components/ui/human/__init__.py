"""The views of human level beside the labels: transcripts, and bias against variance."""

from collections.abc import Callable
from typing import Any

from components.ui.human import bias, transcripts

DRAW: dict[str, Callable[[Any, str], None]] = {"From transcripts": transcripts.draw, "Bias or variance": bias.draw}
