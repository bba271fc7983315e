"""Pictures resized otherwise. Another library shrinks the pictures, a little differently."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F06",
    title="Pictures resized otherwise",
    stage="preprocess",
    happens="Another library shrinks the pictures, a little differently.",
    harm=0.15,
    signs={"skew": 0.9, "score drift": 0.2},
)
