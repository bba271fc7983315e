"""The e-process gate: rolls back on evidence of harm, promotes on evidence of none, and may look after every window."""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from components.stats.sequential import GRID, log_evidence

Array = NDArray[np.float64]


class EProcess(BaseModel):
    """A decision rule on the failures of the canary and of the control that runs at the same time.

    Rolls back as soon as the evidence against "not worse" (ρ ≤ 1) reaches 1/α; promotes as soon as that against "worse by more
    than the margin" (ρ ≥ 1 + margin) does; holds otherwise. False rollbacks and false promotions each stay under α.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: ClassVar[str] = "G01"
    title: ClassVar[str] = "e-process"
    kind: Literal["e-process"] = "e-process"
    alpha: float = Field(0.05, gt=0, lt=1, title="Tolerated false rollbacks (α)")
    margin: float = Field(0.25, gt=0, le=5, title="Harm that does not matter (margin)")

    @property
    def threshold(self) -> float:
        """Log evidence at which the gate decides."""
        return float(-np.log(self.alpha))

    def evidence(self, canary: Array, stable: Array, shares: Array) -> tuple[Array, Array]:
        """Return the log evidence for rolling back and for promoting, runs × windows each."""
        harm = log_evidence(canary, stable, shares, 1.0, GRID)
        edge = 1 + self.margin
        harmless = log_evidence(canary, stable, shares, edge, edge / GRID)
        return harm, harmless
