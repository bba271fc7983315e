"""Load spike. Many more requests come than planned, for a while."""

from components.deployment.faults.declaration import Fault, burst

FAULT = Fault(
    code="F18",
    title="Load spike",
    stage="route",
    happens="Many more requests come than planned, for a while.",
    harm=0.1,
    signs={"slow": 0.3, "overload": 0.8},
    course=burst,
    arm="both",
)
