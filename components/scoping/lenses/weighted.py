"""A project's own criteria, each with its weight."""

from collections.abc import Mapping

from components.project.rounds import Question
from components.scoping.lenses.declaration import FIVE, Lens, Values
from components.scoping.records import Criteria


def weighted(criteria: Criteria) -> Lens:
    """Return the lens of a project's own criteria: Σ weight × rating ÷ Σ weight; a criterion that counts against an idea is reversed."""
    total = sum(one.weight for one in criteria.items)

    def score(of: Mapping[str, Values]) -> Values:
        parts = [one.weight * (6 - of[one.name] if one.against else of[one.name]) for one in criteria.items]
        result: Values = sum(parts[1:], parts[0]) / total
        return result

    parts = [f"{100 * one.weight / total:.0f} % {one.title}{' (less is better)' if one.against else ''}" for one in criteria.items]
    return Lens(
        code="weighted",
        title="Own criteria",
        formula=" + ".join(parts),
        source="The project's own criteria and weights.",
        factors=tuple(Question(name=one.name, title=one.title, choices=FIVE) for one in criteria.items),
        score=score,
    )
