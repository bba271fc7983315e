"""One bad slice. One group of requests fails often, hidden by the average."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F24",
    title="One bad slice",
    stage="model",
    happens="One group of requests fails often, hidden by the average.",
    harm=0.05,
    signs={"slice": 0.05},
)
