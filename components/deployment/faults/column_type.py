"""Column type changed. Numbers come as text, or dates in another form."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F03",
    title="Column type changed",
    stage="validate",
    happens="Numbers come as text, or dates in another form.",
    harm=0.3,
    signs={"schema": 0.8, "missing": 0.2, "score drift": 0.15},
)
