"""The views of the screen of baselines beside the first one, each of which answers one question."""

from collections.abc import Callable
from typing import Any

from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui.baselines import closer, more

DRAW: dict[str, Callable[[Any, Record[DataVersion], Record[DataSet]], None]] = {
    "Look closer": closer.draw,
    "More data": more.draw,
}
