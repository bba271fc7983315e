"""Text badly encoded. Accents and symbols turn into other signs."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F11",
    title="Text badly encoded",
    stage="preprocess",
    happens="Accents and symbols turn into other signs.",
    harm=0.1,
    signs={"schema": 0.03, "range": 0.2, "input drift": 0.2},
)
