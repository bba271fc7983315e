"""Value × feasibility, as on the board with two axes."""

from components.project.rounds import Question
from components.scoping.lenses.declaration import FIVE, Lens

VALUE_FEASIBILITY = Lens(
    code="value-feasibility",
    title="Value × feasibility",
    formula="value × feasibility, each from 1 to 5",
    source="Ng, A. Machine learning in production: assess feasibility and value.",
    factors=(
        Question(name="value", title="Value", help="What it is worth if it works.", choices=FIVE),
        Question(name="feasibility", title="Feasibility", help="How likely it can be done with the data at hand.", choices=FIVE),
    ),
    score=lambda of: of["value"] * of["feasibility"],
)
