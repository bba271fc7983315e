"""Timeouts and a retry storm. Timeouts are retried, and the retries make everything slower still."""

from components.deployment.faults.declaration import Fault, gradual

FAULT = Fault(
    code="F17",
    title="Timeouts and a retry storm",
    stage="decision",
    happens="Timeouts are retried, and the retries make everything slower still.",
    harm=0.3,
    signs={"error": 0.3, "slow": 0.5, "overload": 0.5, "duplicate": 0.2},
    course=gradual,
)
