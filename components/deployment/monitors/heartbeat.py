"""Monitors are alive. A test alarm runs through every monitor, each window."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M16",
    title="Monitors are alive",
    stage="label",
    watches="silent",
    says="A test alarm runs through every monitor, each window.",
    usual=0.0,
    delay=1,
)
