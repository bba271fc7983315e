"""Decisions against labels. Bad decisions are counted against a fixed limit, whatever the other version does."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M14",
    title="Decisions against labels",
    stage="label",
    watches="wrong",
    says="Bad decisions are counted against a fixed limit, whatever the other version does.",
    usual=None,
    needs_labels=True,
)
