"""Server errors. Requests without an answer are counted."""

from components.deployment.monitors.declaration import Monitor

MONITOR = Monitor(
    code="M09",
    title="Server errors",
    stage="decision",
    watches="error",
    says="Requests without an answer are counted.",
    usual=0.002,
)
