"""Worst slice. Bad decisions are counted for each slice; the worst one alarms."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M15",
    title="Worst slice",
    stage="label",
    watches="slice",
    says="Bad decisions are counted for each slice; the worst one alarms.",
    usual=None,
    needs_labels=True,
)
