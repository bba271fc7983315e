"""Reach × impact × confidence ÷ effort."""

from components.project.rounds import Question
from components.scoping.lenses.declaration import Lens, choices
from components.scoping.records import CONFIDENCES, IMPACTS

RICE = Lens(
    code="rice",
    title="RICE",
    formula="reach × impact × confidence ÷ effort",
    source="McBride, S. (2018). RICE: simple prioritization for product managers. Intercom.",
    factors=(
        Question(name="reach", title="Reach", help="People or events a quarter.", low=0, spread=True),
        Question(name="impact", title="Impact", help="On each of them.", choices=choices(IMPACTS)),
        Question(name="confidence", title="Confidence", help="How sure you are of the other three.", choices=choices(CONFIDENCES)),
        Question(name="effort", title="Effort", help="Person-months.", low=0, spread=True),
    ),
    score=lambda of: of["reach"] * of["impact"] * of["confidence"] / of["effort"],
)
