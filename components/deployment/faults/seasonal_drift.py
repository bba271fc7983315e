"""Seasonal drift of labels. The mix of outcomes comes and goes with the hour or the season."""

from components.deployment.faults.declaration import Fault, seasonal

FAULT = Fault(
    code="F14",
    title="Seasonal drift of labels",
    stage="model",
    happens="The mix of outcomes comes and goes with the hour or the season.",
    harm=0.08,
    signs={"score drift": 0.15},
    course=seasonal,
    arm="both",
)
