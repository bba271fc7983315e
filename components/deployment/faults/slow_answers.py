"""Slow answers. The new version takes longer, and some answers come too late to be used."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F15",
    title="Slow answers",
    stage="decision",
    happens="The new version takes longer, and some answers come too late to be used.",
    harm=0.1,
    signs={"slow": 0.6},
)
