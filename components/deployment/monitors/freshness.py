"""Freshness. The age of features and of the model is watched."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M12",
    title="Freshness",
    stage="preprocess",
    watches="stale",
    says="The age of features and of the model is watched.",
    usual=0.001,
    delay=1,
)
