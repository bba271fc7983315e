"""Latency. Answers slower than the objective are counted."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M10",
    title="Latency",
    stage="decision",
    watches="slow",
    says="Answers slower than the objective are counted.",
    usual=0.01,
)
