"""Feedback loop. Decisions change what is measured next, and the model learns from itself."""

from components.deployment.faults.declaration import Fault, gradual

FAULT = Fault(
    code="F22",
    title="Feedback loop",
    stage="model",
    happens="Decisions change what is measured next, and the model learns from itself.",
    harm=0.2,
    signs={"input drift": 0.2, "score drift": 0.2},
    course=gradual,
    arm="both",
)
