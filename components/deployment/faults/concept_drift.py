"""Gradual drift of the concept. The same inputs come to mean something else; nothing but labels shows it."""

from components.deployment.faults.declaration import Fault, gradual

FAULT = Fault(
    code="F13",
    title="Gradual drift of the concept",
    stage="model",
    happens="The same inputs come to mean something else; nothing but labels shows it.",
    harm=0.15,
    signs={"score drift": 0.03},
    course=gradual,
    arm="both",
)
