"""Drift of scores. The model's outputs are compared with those of the weeks before."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M07",
    title="Drift of scores",
    stage="model",
    watches="score drift",
    says="The model's outputs are compared with those of the weeks before.",
    usual=0.05,
)
