"""Column order changed. The columns come in another order, and nothing checks their names."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F02",
    title="Column order changed",
    stage="validate",
    happens="The columns come in another order, and nothing checks their names.",
    harm=0.6,
    signs={"schema": 0.05, "range": 0.5, "skew": 0.6, "score drift": 0.5},
)
