"""Shadow: both versions answer a share of the requests, and only the current one decides."""

from typing import ClassVar

import numpy as np

from components.deployment.pairs import Paired
from components.deployment.plan import Plan
from components.deployment.reviews import draw_reviewed
from components.deployment.seen import Rates, Seen


class Shadow(Paired):
    """Compares the two on discordant pairs: requests that one version got wrong and the other right."""

    name: ClassVar[str] = "shadow"
    title: ClassVar[str] = "Shadow"
    says: ClassVar[str] = "Both versions answer, and only the current one decides: nobody is harmed."

    @staticmethod
    def draw(plan: Plan, share: float, rates: Rates, runs: int, rng: np.random.Generator) -> Seen:
        """Draw the discordant pairs, and what reviewers see of them where they have little time."""
        if plan.review is None:
            return Paired.draw(plan, share, rates, runs, rng)
        return draw_reviewed(plan, plan.review, share, rates, runs, rng)
