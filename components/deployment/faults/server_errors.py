"""Server errors (5xx). The new version crashes on some of the requests."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F16",
    title="Server errors (5xx)",
    stage="decision",
    happens="The new version crashes on some of the requests.",
    harm=0.25,
    signs={"error": 0.25},
)
