"""Outputs are finite. An output that is no number stops the new version."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M08",
    title="Outputs are finite",
    stage="postprocess",
    watches="not finite",
    says="An output that is no number stops the new version.",
    usual=0.0,
    stops=True,
)
