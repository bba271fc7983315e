"""The views of the screen of data sets beside the first one, each of which answers one question."""

from collections.abc import Callable
from typing import Any

from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui.data_sets import coverage, iterations, versions

DRAW: dict[str, Callable[[Any, Record[DataVersion], Record[DataSet]], None]] = {
    "Versions": versions.draw,
    "Coverage": coverage.draw,
    "Iterations": iterations.draw,
}
