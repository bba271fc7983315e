"""Server load. Requests beyond the capacity are counted."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M11",
    title="Server load",
    stage="route",
    watches="overload",
    says="Requests beyond the capacity are counted.",
    usual=0.02,
)
