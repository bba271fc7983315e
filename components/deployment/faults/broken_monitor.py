"""Broken monitor. A monitor is green because it has stopped looking."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F23",
    title="Broken monitor",
    stage="label",
    happens="A monitor is green because it has stopped looking.",
    signs={"silent": 1.0},
    arm="both",
    mutes=("monitors",),
)
