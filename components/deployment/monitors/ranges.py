"""Ranges and categories. Values outside what training saw are counted."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M02",
    title="Ranges and categories",
    stage="validate",
    watches="range",
    says="Values outside what training saw are counted.",
    usual=0.002,
)
