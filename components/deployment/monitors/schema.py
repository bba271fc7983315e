"""Input shape and types. Every request is held against the schema; one violation stops the new version."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M01",
    title="Input shape and types",
    stage="validate",
    watches="schema",
    says="Every request is held against the schema; one violation stops the new version.",
    usual=0.0,
    stops=True,
)
