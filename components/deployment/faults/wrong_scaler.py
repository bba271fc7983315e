"""Wrong scaler. Serving scales features otherwise than training did."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F05",
    title="Wrong scaler",
    stage="preprocess",
    happens="Serving scales features otherwise than training did.",
    harm=0.4,
    signs={"skew": 0.95, "score drift": 0.5, "not finite": 0.01},
)
