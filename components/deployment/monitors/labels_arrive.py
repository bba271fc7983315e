"""Labels arrive. Outcomes that are due and haven't come are counted."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M13",
    title="Labels arrive",
    stage="label",
    watches="no label",
    says="Outcomes that are due and haven't come are counted.",
    usual=0.05,
    delay=1,
)
