"""Missing values. A field that was always filled comes empty."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F07",
    title="Missing values",
    stage="validate",
    happens="A field that was always filled comes empty.",
    harm=0.15,
    signs={"missing": 0.3, "score drift": 0.1},
)
