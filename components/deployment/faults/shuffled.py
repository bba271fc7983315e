"""Rows joined wrongly. Features of one request stand beside the key of another; every distribution looks as before."""

from components.deployment.faults.declaration import Fault

FAULT = Fault(
    code="F09",
    title="Rows joined wrongly",
    stage="preprocess",
    happens="Features of one request stand beside the key of another; every distribution looks as before.",
    harm=0.5,
    signs={"skew": 0.9, "score drift": 0.02},
)
