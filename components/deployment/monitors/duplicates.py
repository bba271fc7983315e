"""Duplicate requests. Requests that came before are counted."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M04",
    title="Duplicate requests",
    stage="route",
    watches="duplicate",
    says="Requests that came before are counted.",
    usual=0.005,
)
