"""Records cut off. Long inputs lose their end on the way."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F08",
    title="Records cut off",
    stage="validate",
    happens="Long inputs lose their end on the way.",
    harm=0.2,
    signs={"schema": 0.15, "missing": 0.2, "input drift": 0.2},
)
