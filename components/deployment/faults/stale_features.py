"""Stale features. Features are computed from yesterday's data, or last month's."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F20",
    title="Stale features",
    stage="preprocess",
    happens="Features are computed from yesterday's data, or last month's.",
    harm=0.08,
    signs={"stale": 0.9, "score drift": 0.05},
    arm="both",
)
