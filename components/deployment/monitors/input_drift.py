"""Drift of inputs. Inputs are compared with those of training, once a window."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M05",
    title="Drift of inputs",
    stage="preprocess",
    watches="input drift",
    says="Inputs are compared with those of training, once a window.",
    usual=0.05,
    delay=1,
)
