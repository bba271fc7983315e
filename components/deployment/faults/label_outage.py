"""Label outage. Outcomes stop coming in: harm goes on unseen."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F21",
    title="Label outage",
    stage="label",
    happens="Outcomes stop coming in: harm goes on unseen.",
    signs={"no label": 0.9},
    arm="both",
    mutes=("labels",),
)
