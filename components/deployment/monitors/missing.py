"""Missing values. Empty fields are counted."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M03",
    title="Missing values",
    stage="validate",
    watches="missing",
    says="Empty fields are counted.",
    usual=0.01,
)
