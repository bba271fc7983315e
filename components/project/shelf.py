"""The records of a project, each kind read at most once: for what looks at many kinds at the same time."""

from typing import Any, TypeVar

from components.project.records import Body, Record
from components.project.store import Store

B = TypeVar("B", bound=Body)


class Shelf:
    """The records of a project as they were when each kind was first asked for."""

    def __init__(self, store: Store, project_id: str) -> None:
        self.store = store
        self.project_id = project_id
        self._kinds: dict[str, list[Record[Any]]] = {}

    def all(self, body_type: type[B]) -> list[Record[B]]:
        """Return the records of a kind, the oldest first."""
        if body_type.kind not in self._kinds:
            self._kinds[body_type.kind] = list(self.store.all(self.project_id, body_type))
        return self._kinds[body_type.kind]

    def newest(self, body_type: type[B]) -> Record[B] | None:
        """Return the record of a kind that was saved last."""
        return max(self.all(body_type), key=lambda record: record.seq, default=None)

    def get(self, body_type: type[B], id: str) -> Record[B] | None:
        """Return a record by its id."""
        return next((record for record in self.all(body_type) if record.id == id), None)
