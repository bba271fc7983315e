"""The ways of ranking ideas, each a file of its own."""

from components.scoping.lenses.declaration import Lens
from components.scoping.lenses.rice import RICE
from components.scoping.lenses.value_feasibility import VALUE_FEASIBILITY
from components.scoping.lenses.weighted import weighted
from components.scoping.lenses.wsjf import WSJF
from components.scoping.records import Criteria

__all__ = ["LENSES", "RICE", "VALUE_FEASIBILITY", "WSJF", "Lens", "lenses_of"]

LENSES = (RICE, WSJF, VALUE_FEASIBILITY)


def lenses_of(criteria: Criteria | None) -> dict[str, Lens]:
    """Return a project's lenses by their codes; its own criteria are one where it has some."""
    every = (*LENSES, weighted(criteria)) if criteria is not None and criteria.items else LENSES
    return {lens.code: lens for lens in every}
