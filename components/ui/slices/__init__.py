"""The views of “where to work next”: measured on predictions, typed in, and Ng's example."""

from collections.abc import Callable
from typing import Any

from components.modelling.slice_records import Slice
from components.project.data_sets import DataVersion
from components.ui import resources
from components.ui.slices import example, measured, typed

MEASURED, TYPED, EXAMPLE = "Measured", "Typed in", "Ng's speech example"
DRAW: dict[str, Callable[[Any, str], None]] = {MEASURED: measured.draw, TYPED: typed.draw, EXAMPLE: example.draw}


def views(project_id: str) -> list[str]:
    """Return the views, that first which has something to show."""
    store = resources.store()
    only_typed = not store.all(project_id, DataVersion) and any(not one.body.clauses for one in store.all(project_id, Slice))
    return [TYPED, MEASURED, EXAMPLE] if only_typed else [MEASURED, TYPED, EXAMPLE]
