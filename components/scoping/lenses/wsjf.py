"""Weighted shortest job first: the cost of delay ÷ the size of the job."""

from components.project.rounds import Question
from components.scoping.lenses.declaration import FIBONACCI, Lens

WSJF = Lens(
    code="wsjf",
    title="WSJF",
    formula="(value + time criticality + risk reduction or opportunity) ÷ job size",
    source="Reinertsen, D. (2009). The principles of product development flow; scale of the Scaled Agile Framework.",
    factors=(
        Question(name="user_value", title="User and business value", choices=FIBONACCI),
        Question(name="time_criticality", title="Time criticality", help="How fast the value decays with waiting.", choices=FIBONACCI),
        Question(name="risk_reduction", title="Risk reduction or opportunity", choices=FIBONACCI),
        Question(name="job_size", title="Job size", choices=FIBONACCI),
    ),
    score=lambda of: (of["user_value"] + of["time_criticality"] + of["risk_reduction"]) / of["job_size"],
)
