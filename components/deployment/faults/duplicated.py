"""Requests duplicated. Requests are sent twice, and counted twice."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F10",
    title="Requests duplicated",
    stage="route",
    happens="Requests are sent twice, and counted twice.",
    harm=0.02,
    signs={"duplicate": 0.4, "overload": 0.3},
)
