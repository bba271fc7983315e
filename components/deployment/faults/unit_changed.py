"""Unit changed. Metres instead of feet: every value is possible, and wrong."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F04",
    title="Unit changed",
    stage="validate",
    happens="Metres instead of feet: every value is possible, and wrong.",
    harm=0.35,
    signs={"range": 0.3, "input drift": 0.9, "skew": 0.9, "score drift": 0.3},
)
