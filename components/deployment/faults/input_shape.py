"""Input shape changed. A field is added or dropped, or a picture has another size."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F01",
    title="Input shape changed",
    stage="validate",
    happens="A field is added or dropped, or a picture has another size.",
    harm=0.5,
    signs={"schema": 0.95, "score drift": 0.4, "error": 0.1},
)
