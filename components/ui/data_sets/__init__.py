"""The views of the screen of data sets beside the first one, each of which answers one question."""

from collections.abc import Callable
from typing import Any

from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui.data_sets import coverage, iterations, versions
from components.ui.data_sets.then import go_on

__all__ = ["DRAW", "go_on"]

DRAW: dict[str, Callable[[Any, Record[DataVersion], Record[DataSet]], None]] = {
    "Versions": versions.draw,
    "Coverage": coverage.draw,
    "Iterations": iterations.draw,
}
