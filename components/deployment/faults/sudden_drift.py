"""Sudden drift of inputs. The world changes overnight: a new camera, a new kind of customer."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F12",
    title="Sudden drift of inputs",
    stage="model",
    happens="The world changes overnight: a new camera, a new kind of customer.",
    harm=0.1,
    signs={"input drift": 0.5, "score drift": 0.2},
    arm="both",
)
