"""The views of the screen of experiments, each of which answers one question."""

from collections.abc import Callable
from typing import Any

from components.ui.experiments import better, compute, difference, runs, working

DRAW: dict[str, Callable[[Any, str], None]] = {
    "Runs": runs.draw,
    "What changed": difference.draw,
    "Working version": working.draw,
    "Better data": better.draw,
    "Compute": compute.draw,
}
