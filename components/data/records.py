"""What the data phase saves of its measurements."""

from typing import Any, ClassVar

from components.project.records import Body


class CheckRun(Body):
    """The checks of one version of a data set; saved under the version's id."""

    kind: ClassVar[str] = "check_run"
    data_version: str
    rows: int
    columns: int
    results: list[dict[str, Any]]
    seconds: float
    simulated: str = ""

    def count(self, status: str) -> int:
        """How many checks ended with a status."""
        return len({result["code"] for result in self.results if result["status"] == status})

    def firing(self) -> list[list[dict[str, Any]]]:
        """Return what fired, one list a check, in the order of the report; the most rows first in each."""
        groups: dict[str, list[dict[str, Any]]] = {}
        for result in self.results:
            if result["status"] in {"failed", "error", "warned"}:
                groups.setdefault(result["code"], []).append(result)
        return [sorted(group, key=lambda result: -result["rows"]) for group in groups.values()]


class AgreementRun(Body):
    """The agreement of one set of labels; saved under its id.

    `per_label`, `per_annotator`, `per_pair` and `confusion` hold the rows of the tables that `Agreement` gives.
    """

    kind: ClassVar[str] = "agreement_run"
    label_set: str
    items: int
    annotators: int
    labels: int
    level: str
    percent: dict[str, Any]
    cohen: dict[str, Any]
    fleiss: dict[str, Any]
    alpha: dict[str, Any]
    ac1: dict[str, Any]
    band: str | None
    too_low: bool
    why: str
    per_label: list[dict[str, Any]] = []
    per_annotator: list[dict[str, Any]] = []
    per_pair: list[dict[str, Any]] = []
    confusion: list[dict[str, Any]] = []
    simulated: str = ""
