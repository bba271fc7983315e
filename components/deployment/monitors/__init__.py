"""The monitors that a plan can have, each a file of its own and listed here; codes are never reused."""

from components.deployment.monitors import (
    duplicates,
    errors,
    finite,
    freshness,
    heartbeat,
    input_drift,
    labels_arrive,
    latency,
    load,
    missing,
    quality,
    ranges,
    schema,
    score_drift,
    skew,
    slices,
)
from components.deployment.monitors.declaration import Monitor

MONITORS: tuple[Monitor, ...] = (
    schema.MONITOR,
    ranges.MONITOR,
    missing.MONITOR,
    duplicates.MONITOR,
    input_drift.MONITOR,
    skew.MONITOR,
    score_drift.MONITOR,
    finite.MONITOR,
    errors.MONITOR,
    latency.MONITOR,
    load.MONITOR,
    freshness.MONITOR,
    labels_arrive.MONITOR,
    quality.MONITOR,
    slices.MONITOR,
    heartbeat.MONITOR,
)
BY_CODE = {monitor.code: monitor for monitor in MONITORS}

__all__ = ["BY_CODE", "MONITORS", "Monitor"]
