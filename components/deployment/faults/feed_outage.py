"""Feed outage. A source of features is down, and defaults stand in for it."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F19",
    title="Feed outage",
    stage="preprocess",
    happens="A source of features is down, and defaults stand in for it.",
    harm=0.4,
    signs={"missing": 0.6, "stale": 0.9, "score drift": 0.2},
    arm="both",
)
