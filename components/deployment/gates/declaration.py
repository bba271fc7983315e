"""What a gate is: a rule that looks after each window, and says roll back, promote or hold."""

from typing import ClassVar, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from components.deployment.seen import Array, Counts, Seen


class Watch(Protocol):
    """A gate's memory of the runs that are still going on."""

    def look(self, seen: Seen) -> Counts:
        """Return the decision after each of some windows, runs × windows."""

    def keep(self, going: NDArray[np.bool_]) -> None:
        """Forget the runs that ended."""

    @property
    def blind(self) -> NDArray[np.bool_]:
        """Which of the runs have given nothing to judge so far: no data."""


class Gate(BaseModel):
    """A rule that decides a rollout; its fields are its settings. Adding a gate is adding one such file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: ClassVar[str]
    title: ClassVar[str]
    says: ClassVar[str]
    counts_requests: ClassVar[bool] = True
    kind: str

    @property
    def described(self) -> str:
        """The gate and its settings in a few words."""
        raise NotImplementedError

    def watch(self, runs: int) -> Watch:
        """Return what looks at the windows of this many runs as they come."""
        raise NotImplementedError

    def shared(self, metrics: int) -> Self:
        """Return the gate for each of several metrics; one that promises an α shares it out."""
        return self

    def weight(self, seen: Seen, shown: NDArray[np.int64]) -> Array:
        """Return how near the gate is to deciding after the windows `shown` (from 1): 1 rolls back, -1 promotes."""
        raise NotImplementedError
